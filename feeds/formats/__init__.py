"""Render a feed in each format; the table FORMATS lists them all."""

from feeds.formats.format import Format
from feeds.model.feed import Feed

FORMATS: dict[str, Format] = {
    "rss": Format("rss", "rss", "application/rss+xml", "feeds.formats.rss", "RSS"),
    "atom": Format("atom", "atom", "application/atom+xml", "feeds.formats.atom", "Atom"),
    "json": Format("json", "json", "application/feed+json", "feeds.formats.json_feed", "JSON"),
    "csv": Format("csv", "csv", "text/csv", "feeds.formats.csv_table", "CSV", role="table"),
    "html": Format("html", "html", "text/html", "feeds.formats.html_page", "HTML", role="page"),
}
OPML = "text/x-opml"  # the media type of lists of feeds


def render(feed: Feed, format_name: str) -> bytes:
    """Return a feed as bytes in `rss`, `atom`, `json`, `csv` or `html`. Raises KeyError for any other name."""
    return b"".join(FORMATS[format_name].render(feed))
