"""Read JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from feeds.lazy_pattern import lazy_pattern
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.parts import Image
from feeds.parsers.encoding import decode
from feeds.parsers.json_item import authors_of, extensions_of, item_of
from feeds.parsers.json_place import Place
from feeds.parsers.json_reader import JsonReader
from feeds.parsers.json_value import Values
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.parser import FeedDocument

_VERSION = lazy_pattern(r"https?://(?:www\.)?jsonfeed\.org/version/([\d.]+)/?")
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_MICROFORMATS = lazy_pattern(r'"type"\s*:\s*\[\s*"h-(?:feed|entry)"')
_HEAD = {
    *("version", "title", "home_page_url", "feed_url", "description", "next_url", "icon", "favicon"),
    *("authors", "author", "language", "expired", "hubs", "items"),
}
_GHOSTS = ("the document is an export of Ghost, not a feed", "give the site's feed, as in https://example.org/rss/")


def sniff(data: bytes) -> bool:
    """Return whether a document is a JSON object."""
    return bool(_START.match(data))


def parse(document: FeedDocument, notes: Notes) -> Parsed | None:
    """Return the feed in a document, or None and note a problem."""
    text, encoding, _ = decode(document.data)
    if not encoding.startswith("utf-"):
        notes.add("bad-encoding", f"the document is not UTF-8; it was read as {encoding}", "write UTF-8")
    notes.count("values", text.count(","))
    items = _Items(notes, document.url)
    try:
        reader = JsonReader(text, "items", items.take, partial(_note_repeated, notes))
        data = reader.read()
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        message = getattr(error, "msg", "it is nested too deep or has too long a number")
        notes.problems.clear()
        notes.add("not-a-feed", f"JSON: {message}", "write valid JSON", line, column)
        return None
    feed = data if isinstance(data, dict) else {}
    found = _VERSION.fullmatch(str(feed.get("version")))
    version = found[1] if found else ""
    if not version and _MICROFORMATS.search(text):
        notes.problems.clear()
        notes.add("not-a-feed", "the JSON document is of microformats, not a feed", "give the page that it was made of")
        return None
    if not version and not isinstance(feed.get("items"), list):
        is_ghosts = isinstance(feed.get("db"), list)
        notes.add("not-a-feed", *(_GHOSTS if is_ghosts else ("the JSON document has no items", "give a JSON Feed")))
        return None
    head = Values(feed, notes, "the feed", document.url, Place(text, 0, len(text), 1, 0, reader.keys))
    if feed.get("items"):  # written twice, or no list
        return parsed_object(head)._replace(version=version)
    made, lines = items.finish(head)
    return Parsed(_feed(head, made), (), "json", version, lines)


def parsed_object(values: Values) -> Parsed:
    """Return the feed in an object whose items are all in memory, such as one made of a page."""
    items = _Items(values.notes, values.base)
    for each in values.objects("items"):
        items.take(each.data, None, values.data)
    made, lines = items.finish(values)
    return Parsed(_feed(values, made), (), "json", "", lines)


def _note_repeated(notes: Notes, key: str, place: Place) -> None:
    message = f"there are several {key[:60]!r} in one object; the last is read"
    notes.add("not-kept", message, "give each a name of its own", *place.search(key))


class _Items:
    """The items of a feed, read while the document is decoded, so that only one is in memory as JSON.

    Where the base of their URLs is not known yet, as `home_page_url` comes after them, they wait for it.
    """

    def __init__(self, notes: Notes, url: str) -> None:
        self._notes, self._url = notes, url
        self._found: list[Item] = []
        self._waiting: list[Values] = []
        self._lines: list[int] = []
        self._has_others = False

    def take(self, value: Any, place: Place | None, head: dict[str, Any]) -> None:
        """Take an item; `head` has the values of the feed that precede it."""
        if not isinstance(value, dict):
            self._has_others = True
            return
        self._notes.count("items")
        self._lines.append(place.line if place else 1)
        base = self._url or str(head.get("home_page_url") or "")
        item = Values(value, self._notes, f"item {len(self._lines)}", base, place)
        if item.base and not self._waiting:
            self._found.append(item_of(item))
        else:
            self._waiting.append(item)

    def finish(self, head: Values) -> tuple[tuple[Item, ...], tuple[int, ...]]:
        """Return the items and their lines, those that waited for the base of URLs in `head` too."""
        if self._has_others:
            head.note("items", "a list of objects", "not all kept")
        base = head.base or head.name("home_page_url")
        for item in self._waiting:
            item.base = base
            self._found.append(item_of(item))
            item.data.clear()
        return tuple(self._found), tuple(self._lines)


def _feed(values: Values, items: tuple[Item, ...]) -> Feed:
    icon, favicon = values.address("icon"), values.address("favicon")
    return Feed(
        title=values.text("title"),
        items=items,
        link=values.address("home_page_url"),
        url=values.address("feed_url"),
        description=values.text("description"),
        language=values.name("language"),
        authors=tuple(authors_of(values)),
        icon=favicon,
        logo=Image(icon) if icon and icon != favicon else None,
        hubs=tuple(_hubs(values)),
        next_url=values.address("next_url"),
        extensions=extensions_of(values, _HEAD),
        is_expired=values.truth("expired"),
        is_foreign=True,
    )


def _hubs(values: Values) -> Iterator[str]:
    """Yield the hubs of WebSub, the only ones in other formats."""
    for hub in values.objects("hubs"):
        hub.note_others({"type", "url"})
        kind, url = hub.text("type"), hub.text("url")
        if url and kind.lower() in {"", "websub"}:
            yield url
        else:
            what, reason = (f"the hub {url}", f"it is of the type {kind}") if url else ("a hub", "it has no url")
            values.note_dropped("hubs", what, reason)
