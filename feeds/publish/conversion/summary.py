"""Describe a document in a few lines, as `feeds convert` does without a format."""

import re
from collections import Counter
from collections.abc import Iterator

from feeds.dates import format_rfc3339
from feeds.model.feed import Feed
from feeds.parsers.parsed import Parsed

_NAMES = {
    "rss": "RSS",
    "rdf": "RSS (RDF)",
    "atom": "Atom",
    "json": "JSON Feed",
    "csv": "CSV",
    "hfeed": "h-feed",
    "opml": "OPML",
}
_ELEMENT = re.compile(r"<([A-Za-z_][^\s/>]*)")
_COUNTED = ("authors", "contributors", "categories", "enclosures", "images", "related", "links")
_PRESENT = ("content", "summary", "rights", "source", "comments", "player")


def summary_of(parsed: Parsed) -> Iterator[str]:
    """Yield the lines that describe a document."""
    yield f"format: {_NAMES[parsed.format]} {parsed.version}".rstrip()
    if parsed.feed.title:
        yield f"title: {' '.join(parsed.feed.title.split())}"
    if parsed.format == "opml":
        yield f"feeds: {len(parsed.subscriptions)}"
    else:
        yield from summary_of_items(parsed.feed)


def summary_of_items(feed: Feed) -> Iterator[str]:
    """Yield the number of items, their period, and their contents."""
    yield f"items: {len(feed.items)}"
    dates = [instant for item in feed.items if (instant := item.published or item.updated)]
    if dates:
        yield f"newest: {format_rfc3339(max(dates))}"
        yield f"oldest: {format_rfc3339(min(dates))}"
    if held := _held(feed):
        yield f"holds: {', '.join(f'{name} x{count}' for name, count in held.items() if count)}"


def _held(feed: Feed) -> Counter[str]:
    held: Counter[str] = Counter()
    for item in feed.items:
        held.update({name: 1 for name in _PRESENT if getattr(item, name)})
        held.update({name: len(parts) for name in _COUNTED if (parts := getattr(item, name))})
    for extension in (*feed.extensions, *(each for item in feed.items for each in item.extensions)):
        held.update([extension.name] if extension.json else _ELEMENT.findall(extension.xml))
    return held
