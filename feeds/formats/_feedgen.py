"""Render feeds with feedgen, and correct what it gets wrong.

feedgen writes the head of a channel, titles, guids, categories and content. Hooks receive the finished lxml
elements and add links, dates, authors and Media RSS: feedgen drops rel and type of an Atom
entry's links, formats dates in the locale of the process, and drops RSS authors without an e-mail address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.formats.identity import feed_id, item_id
from feeds.model.feed import NEVER, Feed
from feeds.model.item import Extension, Item
from feeds.model.markup_text import as_html
from feeds.model.xml_extension import element_of

MEDIA = "http://search.yahoo.com/mrss/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
DC = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ATOM = "http://www.w3.org/2005/Atom"
NOTHING = "\ue000"  # private use area: in no text of a feed
HISTORY = "http://purl.org/syndication/history/1.0"

_MOST_PREFIXES = 50  # at the root; any others are declared where they are used
Correct = Callable[[Any], object]
Namespaces = dict[str, str]


class _Hook(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """An extension of feedgen that passes the finished element to a callback."""

    correct: Correct
    namespaces: Namespaces

    def __init__(self) -> None:
        self.correct = lambda _: None
        self.namespaces = {}

    def extend_ns(self) -> Namespaces:
        return self.namespaces

    def extend_rss(self, element: Any) -> None:
        self.correct(element)

    extend_atom = extend_rss


def generator(feed: Feed, namespaces: Namespaces, correct: Correct) -> FeedGenerator:
    """Return a feedgen channel with the head that RSS and Atom share; `correct` receives its element."""
    channel = FeedGenerator()
    channel.register_extension("hook", _Hook, _Hook)
    channel.hook.namespaces = namespaces
    channel.hook.correct = correct
    channel.id(feed_id(feed))
    channel.title(feed.title or NOTHING)
    channel.updated(NEVER)  # feedgen requires a date with an offset; it is replaced later
    channel.lastBuildDate(NEVER)
    channel.generator("feeds")
    if feed.language:
        channel.language(feed.language)
    return channel


def add_entry(channel: FeedGenerator, item: Item, correct: Correct) -> FeedEntry:
    """Append an item with what RSS and Atom share; `correct` receives its element."""
    entry = channel.add_entry(order="append")
    entry.hook.correct = correct
    entry.id(item_id(item))
    entry.title(item.title or NOTHING)
    entry.content(as_html(item.content) or NOTHING, type="html")
    return entry


def drop_empty(element: Any, *tags: str) -> None:
    """Remove the placeholder elements that feedgen requires but the feed lacks."""
    for tag in tags:
        found = element.find(tag)
        if found is not None and found.text == NOTHING:
            element.remove(found)


def drop_namespaces(root: Any) -> None:
    """Remove the declarations of namespaces that nothing is in."""
    etree.cleanup_namespaces(root)


def used_namespaces(feed: Feed) -> Namespaces:
    """Return the extension namespaces of a feed; if two share a prefix, the first keeps it."""
    used = {"media": MEDIA} if any(map(_needs_media, feed.items)) else {}
    used |= {"fh": HISTORY} if feed.is_archive or feed.is_complete else {}
    taken = {"atom", "content", "dc", "xml"}
    for extensions in (feed.extensions, *(item.extensions for item in feed.items)):
        for each in extensions:
            if each.xml and each.namespace and each.prefix and each.prefix not in taken and len(used) < _MOST_PREFIXES:
                used.setdefault(each.prefix, each.namespace)
    return used


def _needs_media(item: Item) -> bool:
    return bool(item.images or item.player or item.enclosures[1:])


def with_stylesheet(document: bytes, feed: Feed) -> bytes:
    """Return a document with a link to its stylesheet, if any (Associating Style Sheets with XML, section 3)."""
    if not feed.stylesheet:
        return document
    declaration, end, rest = document.partition(b"?>\n")
    sheet = f'<?xml-stylesheet type="text/css" href="{feed.stylesheet}"?>\n'
    return declaration + end + sheet.encode() + rest


def child(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    """Append a new element to another."""
    element = etree.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def add_history(parent: Any, feed: Feed, link: str) -> None:
    """Append links to older items, and the mark of an archive or complete feed (RFC 5005)."""
    if feed.next_url:
        child(parent, link, rel="next", href=feed.next_url)
    if feed.previous_url:
        child(parent, link, rel="prev-archive", href=feed.previous_url)
    if feed.is_archive:
        child(parent, link, rel="current", href=feed.current_url)
        child(parent, f"{{{HISTORY}}}archive")
    if feed.is_complete:
        child(parent, f"{{{HISTORY}}}complete")


def add_extensions(parent: Any, extensions: tuple[Extension, ...], *, core: bool) -> None:
    """Append elements of other namespaces verbatim, and with `core` those of RSS that have no field."""
    for each in extensions:
        if each.xml and (each.namespace or core):
            parent.append(element_of(each.xml))


def has_extension(item: Item, namespace: str, *names: str) -> bool:
    """Return whether an item has a verbatim element of a namespace: with one of the names, if any are given."""
    wanted = namespace.lower().rstrip("/")
    return any(
        each.namespace.lower().rstrip("/") == wanted and (not names or each.name in names) for each in item.extensions
    )
