"""Render a feed in each format; the table FORMATS is the whole list of them."""

from __future__ import annotations

from feeds.feed import Feed
from feeds.formats import atom, csv_table, json_feed, rss
from feeds.formats.format import Format

FORMATS: dict[str, Format] = {
    "rss": Format("rss", "rss", "application/rss+xml", rss.render),
    "atom": Format("atom", "atom", "application/atom+xml", atom.render),
    "json": Format("json", "json", "application/feed+json", json_feed.render),
    "csv": Format("csv", "csv", "text/csv", csv_table.render, role="table"),
}


def render(feed: Feed, format_name: str) -> bytes:
    """Return a feed as the bytes of a format: `rss`, `atom`, `json` or `csv`; KeyError for any other name."""
    return b"".join(FORMATS[format_name].render(feed))
