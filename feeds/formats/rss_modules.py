"""Write what RSS has no element for with its modules: Dublin Core, Atom, iTunes."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from feeds.dates import format_rfc822, format_rfc3339
from feeds.formats._feedgen import as_attributes, child, has_extension
from feeds.formats.atom_parts import add_links, add_persons, add_source
from feeds.lazy_pattern import lazy_pattern
from feeds.model.feed import Feed
from feeds.model.item import Item, Link, Source
from feeds.model.parts import Enclosure, Image, Person
from feeds.text import is_email
from feeds.xml_namespaces import ATOM, DC, ITUNES, PODCAST

_ODD_NAME = lazy_pattern(r"""^[\s<>()\[\]",;:-]|[\s<>()\[\]",;:-]$|@""")
_ATOM = f"{{{ATOM}}}"
_DC = f"{{{DC}}}"


def uses_dublin_core(feed: Feed) -> bool:
    """Return whether a feed or one of its items says what RSS has no element for but Dublin Core has."""
    people = [feed.authors_of(item) for item in feed.items]
    if not feed.is_foreign:
        return not all(map(_is_one_mailbox, people)) or any(
            item.language not in {"", feed.language} for item in feed.items
        )
    contributors = (*feed.contributors, *(person for item in feed.items for person in item.contributors))
    return (
        not all(_is_one_mailbox(mailboxes(authors)) for authors in (feed.authors, *people) if authors)
        or not all(map(_has_details, contributors))
        or any(item.rights or item.language for item in feed.items)
    )


def uses_atom(feed: Feed) -> bool:
    """Return whether an item says what RSS has no element for but Atom has."""
    return feed.is_foreign and any(
        (item.source and _has_atom_source(item.source))
        or (item.updated and item.updated != item.published)
        or any(map(_has_details, (*item.contributors, *feed.authors_of(item))))
        or any(_links(item))
        for item in feed.items
    )


def add_authors(parent: Any, authors: tuple[Person, ...], element: str = "author") -> None:
    """Append a single author with an e-mail address as RSS does, else dc:creator for each; never both."""
    if _is_one_mailbox(authors):
        child(parent, element, _mailbox(authors[0]))
        return
    for person in authors:
        child(parent, f"{_DC}creator", _mailbox(person))


@lru_cache(maxsize=256)  # of a few authors there are many items
def mailboxes(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Return persons; one that would be misread as `a@b (name)` loses the e-mail address."""
    return tuple(each._replace(email="") if _would_be_misread(each) else each for each in people)


def add_foreign(parent: Any, item: Item, authors: tuple[Person, ...]) -> None:
    """Append what an item of another program's feed says beyond the elements of RSS."""
    for number, person in enumerate(authors):
        if _has_details(person) and (not number or _would_be_misread(person)):
            add_persons(parent, "author", [person], _ATOM)
        elif _has_details(person):  # the W3C's validator allows one atom:author in an item
            facts = {"role": "author", "group": "writing", "href": person.url, "img": person.avatar}
            child(parent, f"{{{PODCAST}}}person", person.name or person.email, **as_attributes(facts))
    if item.source:
        url = item.source.url or item.source.link
        if url:  # required
            child(parent, "source", item.source.title, url=url)
        if _has_atom_source(item.source):
            add_source(parent, item.source, _ATOM)
    _add_contributors(parent, item.contributors)
    for name, value in (("rights", item.rights), ("language", item.language)):
        if value:
            child(parent, f"{_DC}{name}", value)
    if item.updated and item.updated != item.published:
        child(parent, f"{_ATOM}updated", format_rfc3339(item.updated))
    add_links(parent, _links(item), _ATOM)


def add_foreign_head(channel: Any, feed: Feed) -> None:
    """Append what the head of another program's feed says, with the modules where RSS has no element for it."""
    if feed.published:
        child(channel, "pubDate", format_rfc822(feed.published))
    add_authors(channel, mailboxes(feed.authors), "managingEditor")
    # Once more as in Atom: most readers know dc:creator only.
    add_persons(channel, "author", filter(_has_details, feed.authors), _ATOM)
    _add_contributors(channel, feed.contributors)
    if feed.logo:
        _add_image(channel, feed.logo, feed)
    if feed.icon:
        child(channel, f"{_ATOM}icon", feed.icon)
    if feed.id and feed.id not in {feed.url, feed.link}:
        child(channel, f"{_ATOM}id", feed.id)
    add_links(channel, feed.links, _ATOM)


@lru_cache(maxsize=256)
def _is_one_mailbox(authors: tuple[Person, ...]) -> bool:
    return len(authors) == 1 and is_email(authors[0].email)


def _mailbox(person: Person) -> str:
    if person.email and person.name:
        return f"{person.email} ({person.name})"
    return person.label


def _add_contributors(parent: Any, contributors: tuple[Person, ...]) -> None:
    for person in contributors:
        if _has_details(person):
            add_persons(parent, "contributor", [person], _ATOM)
        else:
            child(parent, f"{_DC}contributor", _mailbox(person))


def _has_details(person: Person) -> bool:
    return bool(person.avatar or (person.url and (person.name or person.email)) or _would_be_misread(person))


def _has_atom_source(source: Source) -> bool:
    return not (source.url or source.link) or any(source._replace(title="", url=""))


def _would_be_misread(person: Person) -> bool:
    """Return whether a name and an address in one text, as in RSS, would be read as others."""
    return bool(person.name and person.email and (_ODD_NAME.search(person.name) or not is_email(person.email)))


def add_duration(parent: Any, item: Item) -> None:
    """Append the duration of the enclosure."""
    first = item.enclosures[0] if item.enclosures else Enclosure("")
    if first.duration and not has_extension(item, ITUNES, "duration"):
        child(parent, f"{{{ITUNES}}}duration", str(round(first.duration)))


def _links(item: Item) -> Iterable[Link]:
    if item.via not in {"", item.link}:
        yield Link(item.via, "via")
    for article in item.related:
        yield Link(article.url, "related", article.type, article.title, article.language)
    yield from item.links


def _add_image(channel: Any, logo: Image, feed: Feed) -> None:
    image = child(channel, "image")
    values = {"url": logo.url, "title": logo.title or feed.title, "link": logo.link or feed.link}
    values |= as_attributes({"width": logo.width, "height": logo.height})
    for name, value in (values | {"description": logo.description}).items():
        if value or name != "description":
            child(image, name, value)
