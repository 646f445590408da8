"""Write RSS 2.0 (RSS 2.0.11, and the RSS Advisory Board's best-practices profile)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from feeds.dates import format_rfc822
from feeds.formats import _feedgen
from feeds.formats.content import excerpt_html
from feeds.model.feed import Feed
from feeds.model.record import Provider, Record

_ATOM_LINK = f"{{{_feedgen.ATOM}}}link"


def render(feed: Feed) -> Iterator[bytes]:
    """Yield an RSS 2.0 document."""
    namespaces = _feedgen.used_namespaces(feed) | ({"dc": _feedgen.DC} if feed.items else {})
    channel = _feedgen.generator(feed, namespaces, partial(_correct_channel, feed))
    channel.description(feed.description or feed.title)
    channel.link(href=feed.url("rss"), rel="self", type="application/rss+xml")
    channel.link(href=feed.home_page, rel="alternate")
    for item in feed.items:
        _add_item(channel, item, feed)
    yield _feedgen.with_stylesheet(channel.rss_str(pretty=True), feed)


def _add_item(channel: Any, record: Record, feed: Feed) -> None:
    entry = _feedgen.add_entry(channel, record, partial(_correct_item, record, feed.author_of(record)))
    entry.link(href=record.link, rel="alternate")
    if record.excerpt:
        entry.description(excerpt_html(record), isSummary=True)
    for topic in record.topics:
        entry.category(term=feed.term(topic), label=topic, scheme=feed.scheme)
    enclosure = _feedgen.lead_enclosure(record)
    if enclosure:
        url, media_type = enclosure
        entry.enclosure(url, "0", media_type)


def _correct_channel(feed: Feed, rss: Any) -> None:
    channel = rss.find("channel")
    built = channel.find("lastBuildDate")
    if feed.items:
        built.text = format_rfc822(feed.updated)
    else:
        channel.remove(built)
    if feed.hub:
        _feedgen.child(channel, _ATOM_LINK, rel="hub", href=feed.hub)
    _feedgen.add_history(channel, feed, "rss", _ATOM_LINK)


def _correct_item(record: Record, author: Provider, item: Any) -> None:
    if not record.excerpt:
        item.find("description").tag = f"{{{_feedgen.CONTENT}}}encoded"  # where feedgen puts content that stands alone
    _feedgen.child(item, "pubDate", format_rfc822(record.published))
    _feedgen.child(item, f"{{{_feedgen.DC}}}creator", author.name)
    _feedgen.add_media(item, record)
