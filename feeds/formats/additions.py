"""Find what a format requires and a feed does not have, so that it is added."""

from typing import NamedTuple

from feeds.model.feed import NEVER, Feed
from feeds.model.item import Item
from feeds.model.parts import Person


class Addition(NamedTuple):
    """What is added, how often, and the number of the first such item, None for the feed's head."""

    name: str
    times: int
    item: int | None


def author_of_all(feed: Feed) -> Person | None:
    """Return the author that a feed of Atom is given (RFC 4287, section 4.1.1): its title, if an item has none."""
    if feed.authors or all(feed.authors_of(item) for item in feed.items):
        return None
    return Person(feed.title or "-")


def has_text(item: Item) -> bool:
    """Return whether an item has a content or a summary; in RSS it needs one of them or a title."""
    return any(text and text.value for text in (item.content, item.summary))


def additions_of(feed: Feed, required: frozenset[str]) -> list[Addition]:
    """Return what is added to a feed in a format that requires what `_missing_head` and `_missing` find."""
    found = {name: Addition(name, 1, None) for name in sorted(required & _missing_head(feed))}
    for number, item in enumerate(feed.items):
        for name in sorted(required & _missing(item)):
            former = found.get(name, Addition(name, 0, number))
            found[name] = former._replace(times=former.times + 1)
    return list(found.values())


def _missing_head(feed: Feed) -> set[str]:
    has = {
        "author": not author_of_all(feed),
        "feed id": bool(feed.id or feed.url or feed.link),
        "feed link": bool(feed.link or not feed.url),
        "feed updated": feed.newest > NEVER,
    }
    return {name for name, is_there in has.items() if not is_there}


def _missing(item: Item) -> set[str]:
    has = {
        "content": has_text(item),
        "description": bool(item.title or has_text(item)),
        "enclosure type": all(file.type for file in item.enclosures),
        "id": bool(item.id),
        "published": bool(item.published or not item.updated),
        "updated": bool(item.updated or item.published),
    }
    return {name for name, is_there in has.items() if not is_there}
