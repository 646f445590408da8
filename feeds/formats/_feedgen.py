"""Use feedgen where it is sound, and set right what it gets wrong.

feedgen writes the head of a channel, titles, guids, categories and content. Its hooks receive the finished lxml
elements, which is where links, dates, authors and Media RSS are put: feedgen drops rel and type of an Atom
entry's links, sends dates through the process's locale, and drops RSS authors without an e-mail address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.formats.content import content_html, lead_of
from feeds.model.feed import Feed
from feeds.model.record import Image, Record
from feeds.urls import image_type

MEDIA = "http://search.yahoo.com/mrss/"
DC = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"

Correct = Callable[[Any], object]
Namespaces = dict[str, str]


class _Hook(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """Hand the finished element to whoever sets it right."""

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
    """Return a feedgen channel with the head that RSS and Atom share; `correct` gets its finished element."""
    channel = FeedGenerator()
    channel.register_extension("hook", _Hook, _Hook)
    channel.hook.namespaces = namespaces
    channel.hook.correct = correct
    channel.id(feed.id)
    channel.title(feed.title)
    channel.updated(feed.updated)
    channel.lastBuildDate(feed.updated)
    channel.generator("feeds")
    if feed.language:
        channel.language(feed.language)
    return channel


def add_entry(channel: FeedGenerator, record: Record, correct: Correct) -> FeedEntry:
    """Append a record with what RSS and Atom share; `correct` gets the finished element."""
    entry = channel.add_entry(order="append")
    entry.hook.correct = correct
    entry.id(record.id)
    entry.title(record.title)
    entry.content(content_html(record), type="html")
    return entry


def used_namespaces(feed: Feed) -> Namespaces:
    """Return the extensions' namespaces that a feed needs."""
    needs_media = any(item.images or item.player for item in feed.items)
    return ({"media": MEDIA} if needs_media else {}) | ({"fh": HISTORY} if feed.current else {})


def with_stylesheet(document: bytes, feed: Feed) -> bytes:
    """Return a document that names its stylesheet, if it has one (Associating Style Sheets with XML, section 3)."""
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


def add_history(parent: Any, feed: Feed, suffix: str, link: str) -> None:
    """Append links to older items, and what marks an archive document (RFC 5005, section 4)."""
    if feed.previous:
        child(parent, link, rel="prev-archive", href=feed.previous_url(suffix))
    if feed.current:
        child(parent, link, rel="current", href=feed.current_url(suffix))
        child(parent, f"{{{HISTORY}}}archive")


def add_media(parent: Any, record: Record) -> None:
    """Append Media RSS 1.5.1: one bare media:content an image, and the player of a video; the first has a thumbnail."""
    lead = lead_of(record)
    if record.player:
        length = {"duration": str(record.duration)} if record.duration else {}
        content = child(parent, f"{{{MEDIA}}}content", medium="video", **length)
        child(content, f"{{{MEDIA}}}player", url=record.player)
        _add_thumbnail(content, lead)
    for image in record.images:
        content = _add_image(parent, image, record)
        if image is lead and not record.player:
            _add_thumbnail(content, lead)


def _add_thumbnail(content: Any, image: Image | None) -> None:
    if image:
        child(content, f"{{{MEDIA}}}thumbnail", url=image.url, **_sides(image))


def _sides(image: Image) -> dict[str, str]:
    sides = {"width": image.width, "height": image.height}
    return {name: str(value) for name, value in sides.items() if value}


def _add_image(parent: Any, image: Image, record: Record) -> Any:
    media_type = image_type(image.url)
    kind = {"type": media_type} if media_type else {}
    content = child(parent, f"{{{MEDIA}}}content", url=image.url, **kind, medium="image", **_sides(image))
    child(content, f"{{{MEDIA}}}title", image.title or record.title, type="plain")
    credit = image.attribution or (record.provider.name if record.provider else "")
    if credit:
        child(content, f"{{{MEDIA}}}credit", credit)
    return content


def lead_enclosure(record: Record) -> tuple[str, str] | None:
    """Return address and media type of the first image, if the address tells its type."""
    media_type = image_type(record.images[0].url) if record.images else ""
    return (record.images[0].url, media_type) if media_type else None
