"""Render a feed in each format; the table FORMATS is the whole list of them."""

from __future__ import annotations

from feeds.formats import atom, csv_table, html_page, json_feed, rss
from feeds.formats.format import Format
from feeds.model.feed import Feed

FORMATS: dict[str, Format] = {
    "rss": Format("rss", "rss", "application/rss+xml", rss.render, "RSS", rss.LOSSES),
    "atom": Format("atom", "atom", "application/atom+xml", atom.render, "Atom", atom.LOSSES),
    "json": Format("json", "json", "application/feed+json", json_feed.render, "JSON", json_feed.LOSSES),
    "csv": Format("csv", "csv", "text/csv", csv_table.render, "CSV", csv_table.LOSSES, role="table"),
    "html": Format("html", "html", "text/html", html_page.render, "HTML", html_page.LOSSES, role="page"),
}


def render(feed: Feed, format_name: str) -> bytes:
    """Return a feed as the bytes of a format: `rss`, `atom`, `json`, `csv` or `html`; KeyError for any other name."""
    return b"".join(FORMATS[format_name].render(feed))
