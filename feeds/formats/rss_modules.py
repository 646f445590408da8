"""Write what RSS has no element for with its modules: Dublin Core, Atom, iTunes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feeds.dates import format_rfc822, format_rfc3339
from feeds.formats._feedgen import ATOM, DC, ITUNES, child, has_extension
from feeds.formats.media_rss import add_enclosures
from feeds.model.feed import Feed
from feeds.model.item import Enclosure, Image, Item, Link
from feeds.model.person import Person

_ATOM = f"{{{ATOM}}}"
_DC = f"{{{DC}}}"


def add_authors(parent: Any, authors: tuple[Person, ...], element: str = "author") -> None:
    """Append a single author with an e-mail address as RSS does, else dc:creator for each; never both."""
    if len(authors) == 1 and authors[0].email:
        child(parent, element, _mailbox(authors[0]))
        return
    for person in authors:
        child(parent, f"{_DC}creator", _mailbox(person))


def add_foreign(parent: Any, item: Item) -> None:
    """Append the rest of an item."""
    if not item.enclosures[:1] or not item.enclosures[0].type:
        _drop_type(parent)
    add_enclosures(parent, item)
    _add_duration(parent, item)
    if item.source:
        child(parent, "source", item.source.title, url=item.source.url or item.source.link)
    _add_dublin_core(parent, item.contributors, item.rights, item.language)
    if item.updated and item.updated != item.published:
        child(parent, f"{_ATOM}updated", format_rfc3339(item.updated))
    add_links(parent, _links(item))


def add_foreign_head(channel: Any, feed: Feed) -> None:
    """Append the rest of a channel."""
    if feed.published:
        child(channel, "pubDate", format_rfc822(feed.published))
    add_authors(channel, feed.authors, "managingEditor")
    _add_dublin_core(channel, feed.contributors, "", "")
    if feed.logo:
        _add_image(channel, feed.logo, feed)
    if feed.icon:
        child(channel, f"{_ATOM}icon", feed.icon)
    if feed.id and feed.id not in {feed.url, feed.link}:
        child(channel, f"{_ATOM}id", feed.id)
    add_links(channel, feed.links)


def add_language(parent: Any, language: str) -> None:
    """Append the language of an item, which RSS itself has for channels only."""
    child(parent, f"{_DC}language", language)


def _mailbox(person: Person) -> str:
    if person.email and person.name:
        return f"{person.email} ({person.name})"
    return person.name or person.email or person.url


def _add_dublin_core(parent: Any, contributors: tuple[Person, ...], rights: str, language: str) -> None:
    for person in contributors:
        child(parent, f"{_DC}contributor", _mailbox(person))
    for name, value in (("rights", rights), ("language", language)):
        if value:
            child(parent, f"{_DC}{name}", value)


def _drop_type(parent: Any) -> None:
    enclosure = parent.find("enclosure")
    if enclosure is not None:
        enclosure.attrib.pop("type", None)


def _add_duration(parent: Any, item: Item) -> None:
    first = item.enclosures[0] if item.enclosures else Enclosure("")
    if first.duration and not has_extension(item, ITUNES, "duration"):
        child(parent, f"{{{ITUNES}}}duration", f"{first.duration:g}")


def _links(item: Item) -> Iterable[Link]:
    if item.via not in {"", item.link}:
        yield Link(item.via, "via")
    for article in item.related:
        yield Link(article.url, "related", article.type, article.title, article.language)
    yield from item.links


def add_links(parent: Any, links: Iterable[Link]) -> None:
    """Append links as in Atom."""
    for link in links:
        facts = {"rel": link.rel, "type": link.type, "hreflang": link.language, "href": link.href}
        facts |= {"title": link.title, "length": link.length}
        child(parent, f"{_ATOM}link", **{name: value for name, value in facts.items() if value})


def _add_image(channel: Any, logo: Image, feed: Feed) -> None:
    image = child(channel, "image")
    values = {"url": logo.url, "title": logo.title or feed.title, "link": logo.link or feed.link}
    values |= {name: str(side) for name, side in (("width", logo.width), ("height", logo.height)) if side}
    for name, value in (values | {"description": logo.description}).items():
        if value or name != "description":
            child(image, name, value)
