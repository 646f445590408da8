"""Write Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from feeds.dates import format_rfc3339
from feeds.formats import _feedgen
from feeds.model.feed import Feed
from feeds.model.record import Record


def render(feed: Feed) -> Iterator[bytes]:
    """Yield an Atom document."""
    channel = _feedgen.generator(feed, _feedgen.used_namespaces(feed), partial(_correct_feed, feed))
    channel.link(href=feed.url("atom"), rel="self", type="application/atom+xml")
    channel.link(href=feed.home_page, rel="alternate", type="text/html")
    if feed.hub:
        channel.link(href=feed.hub, rel="hub")
    channel.author(name=feed.author)
    if feed.description:
        channel.subtitle(feed.description)
    if feed.icon:
        channel.icon(feed.icon)
    for item in feed.items:
        _add_entry(channel, item, feed)
    yield _feedgen.with_stylesheet(channel.atom_str(pretty=True), feed)


def _add_entry(channel: Any, record: Record, feed: Feed) -> None:
    entry = _feedgen.add_entry(channel, record, partial(_correct_entry, record))
    entry.updated(record.updated)
    entry.published(record.published)
    if record.excerpt:
        entry.summary(record.excerpt, type="text")
    author = feed.author_of(record)
    entry.author(name=author.name, uri=author.url or None)
    for topic in record.topics:
        entry.category(term=feed.term(topic), label=topic, scheme=feed.scheme)


def _correct_feed(feed: Feed, element: Any) -> None:
    for text in element.findall("title") + element.findall("subtitle"):
        text.set("type", "text")
    element.find("updated").text = format_rfc3339(feed.updated)
    _feedgen.add_history(element, feed, "atom", "link")


def _correct_entry(record: Record, entry: Any) -> None:
    entry.find("title").set("type", "text")
    entry.find("updated").text = format_rfc3339(record.updated)
    entry.find("published").text = format_rfc3339(record.published)
    _feedgen.child(entry, "link", rel="alternate", type="text/html", href=record.link)
    if record.original_url not in {"", record.link}:
        _feedgen.child(entry, "link", rel="via", href=record.original_url)
    enclosure = _feedgen.lead_enclosure(record)
    if enclosure:
        url, media_type = enclosure
        _feedgen.child(entry, "link", rel="enclosure", type=media_type, href=url)
    for article in record.related:
        _feedgen.child(entry, "link", rel="related", href=article.link, title=article.title)
    _feedgen.add_media(entry, record)
