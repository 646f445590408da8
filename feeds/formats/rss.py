"""Write RSS 2.0 (RSS 2.0.11, and the RSS Advisory Board's best-practices profile)."""

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

from feeds.dates import format_rfc822
from feeds.formats import _feedgen
from feeds.formats.atom_parts import add_links
from feeds.formats.loss import Losses
from feeds.formats.media_rss import add_enclosures, add_media
from feeds.formats.rss_modules import (
    add_authors,
    add_duration,
    add_foreign,
    add_foreign_head,
    mailboxes,
    uses_atom,
    uses_dublin_core,
)
from feeds.formats.uris import head_with_uris, item_with_uris
from feeds.media_types import assumed_type
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.markup_text import as_blocks, plain_title
from feeds.model.parts import Enclosure
from feeds.model.players_first import players_first
from feeds.xml_namespaces import ATOM, CONTENT, DC, XML_LANG

_ATOM = f"{{{ATOM}}}"
_ENCODED = f"{{{CONTENT}}}encoded"

LOSSES: Losses = frozenset(
    {
        *("feed.generator.url", "feed.generator.version"),
        *("feed.categories.term", "feed.extensions.json", "feed.extensions.own", "feed.is_expired"),
        *("feed.published.fraction", "feed.updated.fraction", "item.published.fraction"),
        *("item.categories.term", "item.extensions.json", "item.extensions.own"),
        *("item.title_markup", "item.plain_content"),
        *("item.images.description", "item.images.link", "item.player.duration", "item.player.poster"),
        *("item.related.author", "item.related.published", "item.related.summary"),
    }
)
REQUIRED = frozenset({"description", "enclosure type", "feed link", "feed title", "published"})


def render(feed: Feed) -> Iterator[bytes]:
    """Yield an RSS 2.0 document."""
    feed = head_with_uris(feed) if feed.is_foreign else feed
    namespaces = _feedgen.used_namespaces(feed, has_enclosures=False) | ({"dc": DC} if uses_dublin_core(feed) else {})
    channel = _feedgen.generator(feed, namespaces, partial(_correct_channel, feed, {*namespaces, *_prefixes(feed)}))
    channel.description(_feedgen.NOTHING)
    if feed.url and not _feedgen.has_link(feed.links, "self", feed.url):
        channel.link(href=feed.url, rel="self", type="application/rss+xml")
    channel.link(href=feed.link or feed.url or _feedgen.NOTHING, rel="alternate")
    for category in feed.categories:
        channel.category(term=category.term, label=category.name, scheme=category.scheme or None)
    if feed.rights:
        channel.copyright(feed.rights)
    head = _feedgen.with_stylesheet(channel.rss_str(pretty=True), feed)
    yield from _feedgen.document(channel, head, (_item(item, feed) for item in feed.items))


def _prefixes(feed: Feed) -> Iterator[str]:
    """Yield the prefixes that feedgen always declares, if items are written with them."""
    if any(map(_is_encoded, feed.items)):
        yield "content"
    if uses_atom(feed):
        yield "atom"


def _item(item: Item, feed: Feed) -> Any:
    item = item_with_uris(item) if feed.is_foreign else item
    if item.enclosures[1:]:
        item = item._replace(enclosures=players_first(item.enclosures))
    entry = _feedgen.entry_of(item, partial(_correct_item, item, feed))
    entry.guid(item.id or _feedgen.NOTHING, permalink=item.is_permalink and "://" in (item.id or ""))
    if item.summary:
        entry.description(as_blocks(item.summary), isSummary=True)
    return entry.rss_entry()


def _correct_channel(feed: Feed, of_items: set[str], rss: Any) -> None:
    channel = rss.find("channel")
    built = channel.find("lastBuildDate")
    if feed.updated:
        built.text = format_rfc822(feed.updated)
    else:
        channel.remove(built)
    for hub in _feedgen.unwritten_hubs(feed):
        _feedgen.child(channel, f"{_ATOM}link", rel="hub", href=hub)
    _feedgen.add_history(channel, feed, f"{_ATOM}link")
    channel.find("description").text = feed.description or ("" if feed.is_foreign else feed.title) or None
    if feed.is_foreign:
        add_foreign_head(channel, feed)
        _protect_title(channel, feed.title)
    else:
        add_links(channel, feed.links, _ATOM)
    _feedgen.add_extensions(channel, feed.extensions)
    _feedgen.blank_title(channel)
    _feedgen.drop_empty(channel, "link")
    _feedgen.drop_namespaces(rss, of_items)


def _correct_item(item: Item, feed: Feed, element: Any) -> None:
    _correct_content(item, element)
    if feed.is_foreign:
        _protect_title(element, item.title)
    if item.link:
        element.insert(1, _feedgen.child(element, "link", item.link))
    for category in item.categories:
        scheme = {"domain": category.scheme} if category.scheme else {}
        _feedgen.child(element, "category", category.name, **scheme)
    if comments := item.comments or _feedgen.kept_replies(item):
        _feedgen.child(element, "comments", comments)
    if item.enclosures and (item.enclosures[0].type or feed.is_foreign):
        _add_enclosure(element, item.enclosures[0])
    if date := item.published or item.updated:  # the only date that most readers of RSS show
        _feedgen.child(element, "pubDate", format_rfc822(date))
    authors = feed.authors_of(item)
    add_authors(element, mailboxes(authors) if feed.is_foreign else authors)
    add_media(element, item, "" if feed.is_foreign else item.title)
    add_enclosures(element, item)
    add_duration(element, item)
    if feed.is_foreign:
        add_foreign(element, item, authors)
    elif item.language not in {"", feed.language}:
        _feedgen.child(element, f"{{{DC}}}language", item.language)  # RSS itself has it for channels only
    _feedgen.add_extensions(element, item.extensions)
    if not (item.title and item.id):  # to search takes as long as to write an element
        _feedgen.drop_empty(element, "title", "guid")


def _protect_title(parent: Any, title: str) -> None:
    """Escape a title twice that would be read as HTML."""
    if plain_title(title) != title:
        parent.find("title").text = escape(title, quote=False)


def _add_enclosure(element: Any, file: Enclosure) -> None:
    media_type = file.type or assumed_type(file.url)
    _feedgen.child(element, "enclosure", url=file.url, length=str(file.length or 0), type=media_type)


def _correct_content(item: Item, element: Any) -> None:
    """Rename content that feedgen put into the description; drop its placeholder."""
    has_summary = bool(item.summary and item.summary.value)
    if has_summary and _is_encoded(item) and not any(text and text.language for text in (item.content, item.summary)):
        return
    content = element.find(_ENCODED if has_summary else "description")
    if item.content and item.content.language:
        content.set(XML_LANG, item.content.language)
    if item.summary and item.summary.value and item.summary.language:
        element.find("description").set(XML_LANG, item.summary.language)
    if not (item.content and item.content.value):
        content.text = None
        if item.title or has_summary:  # else the empty description stays, as RSS requires one of them
            element.remove(content)
    elif _is_encoded(item):
        content.tag = _ENCODED


def _is_encoded(item: Item) -> bool:
    """Return whether the content is beside the description; it is that of an item that has no title either."""
    return bool(item.content and item.content.value and (item.title or (item.summary and item.summary.value)))
