"""Collect the items of a feed and its older documents for an import, each once."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from feeds.diagnostics.problem import Problem, Span
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.markup_text import as_plain
from feeds.publish.conversion.inputs import FeedInput
from feeds.publish.importing.feed_history import History
from feeds.publish.importing.item_needs import date_of, fallback_dates, substitutes_of
from feeds.url_identity import normal_url
from feeds.urls import split

_DIGITS = 16


class ImportEntry(NamedTuple):
    """An item to be imported, with its document and the line on which it begins.

    `feed_key` says which feed it is from, in later imports too; `fallback_date` is the date of an item that has none.
    """

    item: Item
    source: FeedInput
    line: int
    feed_key: str
    fallback_date: datetime

    @property
    def feed(self) -> Feed:
        """Return the feed of the item."""
        return self.source.parsed.feed

    @property
    def span(self) -> Span:
        """Return where the item begins."""
        return Span(self.line, 1, self.line, 1)

    @property
    def identity(self) -> str:
        """Return the id of the item; if it is no URI, and so valid in its own feed only, hashed with the feed's key."""
        item = self.item
        if ":" in item.id:
            return item.id
        date = item.published or item.updated
        name = item.link or f"{item.title or as_plain(item.content)} {date.isoformat() if date else ''}"
        return uuid5(NAMESPACE_URL, f"{self.feed_key} {item.id}" if item.id else name).urn

    @property
    def order(self) -> tuple[datetime, str]:
        """Return the sort key: oldest first, then by id."""
        return date_of(self.item, self.fallback_date)[0], self.identity

    @property
    def substitutes(self) -> Iterator[str]:
        """Yield what the record says that the item does not."""
        return substitutes_of(self.item, self.feed, self.fallback_date)

    @property
    def size(self) -> int:
        """Return the number of characters of its texts."""
        return sum(len(text.value) for text in (self.item.content, self.item.summary) if text)

    @property
    def digest(self) -> str:
        """Return a digest of everything in the item."""
        return short_digest(repr(self.item).encode(errors="replace"))


def entries_of(history: History) -> tuple[list[ImportEntry], list[Problem]]:
    """Return all items, oldest first, each as in the newest document, and the problems of others with the same id."""
    found, repeats = dict[str, ImportEntry](), list[Problem]()
    key = _key_of(history.documents[0].parsed.feed) if history.documents else ""
    for document in history.documents:
        parsed, dates = document.parsed, fallback_dates(document.parsed.feed)
        lines = parsed.lines if len(parsed.lines) == len(parsed.feed.items) else (1,) * len(parsed.feed.items)
        for item, line, date in zip(parsed.feed.items, lines, dates, strict=True):
            entry = ImportEntry(item, document, line, key, date)
            first = found.setdefault(entry.identity, entry)
            if first.source is document and first.item != item:
                repeats.append(_repeat(entry, first))
    return sorted(found.values(), key=lambda entry: entry.order), repeats


def _repeat(entry: ImportEntry, first: ImportEntry) -> Problem:
    message, remedy = f"another item with the id of that on line {first.line} is left out", "give each item its own id"
    return Problem(entry.source.name, entry.span, "repeated-item", message, remedy, "warning")


def short_digest(content: bytes) -> str:
    """Return a digest of content."""
    return sha256(content).hexdigest()[:_DIGITS]


def _key_of(feed: Feed) -> str:
    """Return the key of a feed: its id, else its normalized site, else its title."""
    if feed.id and feed.id not in {feed.link, feed.url}:
        return feed.id
    parts = split(normal_url(feed.link or feed.url))
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}" or feed.title
