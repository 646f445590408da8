"""Find what a format requires and a feed does not have, so that it is added."""

from collections.abc import Callable
from typing import NamedTuple

from feeds.model.feed import Feed
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


_LACKS: dict[str, Callable[[Feed], bool]] = {
    "author": lambda feed: author_of_all(feed) is not None,
    "feed id": lambda feed: not (feed.id or feed.url or feed.link),
    "feed link": lambda feed: bool(feed.url and not feed.link),
    "feed updated": lambda feed: feed.last_change is None,
}


def additions_of(feed: Feed, required: frozenset[str]) -> list[Addition]:
    """Return what is added to a feed in a format that requires what `_LACKS` and `_missing` find."""
    heads = sorted(required & _LACKS.keys())
    found = {name: Addition(name, 1, None) for name in heads if _LACKS[name](feed)}
    for number, item in enumerate(feed.items):
        for name in sorted(required & _missing(item)):
            former = found.get(name, Addition(name, 0, number))
            found[name] = former._replace(times=former.times + 1)
    return list(found.values())


def _missing(item: Item) -> set[str]:
    has_text = any(text and text.value for text in (item.content, item.summary))
    has = {
        "content": has_text,
        "description": bool(item.title or has_text),
        "enclosure type": all(file.type for file in item.enclosures),
        "id": bool(item.id),
        "published": bool(item.published or not item.updated),
        "updated": bool(item.updated or item.published),
    }
    return {name for name, is_there in has.items() if not is_there}
