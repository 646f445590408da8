"""Make one feed of several: each item once, newest first, and each with the feed that it is from."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from feeds.model.feed import Feed
from feeds.model.global_id import global_id
from feeds.model.item import Item, Source
from feeds.model.selection import LONG_AGO
from feeds.url_identity import normal_url

_MOST_TITLES = 3
# What a head says goes on as the source of each item, or as what items do not say themselves, or in the new head.
_OF_SOURCE = ("id", "link", "title", "updated", "url")
_OF_ITEMS = ("authors", "language")
_LOST = frozenset(Feed._fields) - {"items", "is_archive", "is_expired", *_OF_SOURCE, *_OF_ITEMS}


class Repeats(NamedTuple):
    """The numbers of the items of a feed that a merge leaves out, and of those whose texts no item that is kept has."""

    items: tuple[int, ...]
    others: tuple[int, ...]


def merge_losses(feed: Feed, feeds: Sequence[Feed], losses: frozenset[str]) -> frozenset[str]:
    """Return the paths of what one of several feeds loses in a merge, in a format with some losses."""
    lost = {path for path in losses if path.startswith("item")} | {f"feed.{name}" for name in _LOST} | {"item.id_local"}
    for name in (*_OF_SOURCE, *_OF_ITEMS):
        whole = f"feed.{name}"
        each = [_losses_at(place, whole, losses) for place in _places_of(name, feed, feeds)]
        lost |= set.intersection(*each) if each else {whole}
    return frozenset(lost)


def _places_of(name: str, feed: Feed, feeds: Sequence[Feed]) -> Iterator[str]:
    """Yield where a field of one of several heads goes on: items that say it themselves do not take it."""
    if (name == "title" and feed.title in _titles(feeds)) or (name == "language" and _language(feeds)):
        yield f"feed.{name}"
    if not all(item.source if name in _OF_SOURCE else getattr(item, name) for item in feed.items):
        yield f"item.source.{name}" if name in _OF_SOURCE else f"item.{name}"


def _losses_at(place: str, name: str, losses: frozenset[str]) -> set[str]:
    """Return what is lost of a field at another place, as paths of the field."""
    inner = {name + path.removeprefix(place) for path in losses if path.startswith((f"{place}.", f"{place}_"))}
    return {name} if any(f"{place}.".startswith(f"{path}.") for path in losses) else inner


def merge(feeds: Sequence[Feed], title: str) -> Feed:
    """Return the items of several feeds in one, newest first; of one feed all as it is, but for a title given.

    Of two with the same id, or of two feeds with the same address, the first goes out. Ids that are no URI mean
    something in their own feed only, so they are compared there, and made unique for all.
    """
    if len(feeds) == 1:
        return feeds[0]._replace(title=title or feeds[0].title)
    distinct = (item for *_, item in _distinct(feeds))
    found = sorted(distinct, key=lambda item: item.published or item.updated or LONG_AGO, reverse=True)
    return Feed(title=title or _title(feeds), items=tuple(found), language=_language(feeds), is_foreign=True)


def repeats_of(feeds: Sequence[Feed]) -> list[Repeats]:
    """Return which items of each feed a merge leaves out, because they were there before."""
    if len(feeds) == 1:
        return [Repeats((), ())]
    kept = {(number, at) for number, at, _ in _distinct(feeds)}
    gone = [[at for at in range(len(feed.items)) if (number, at) not in kept] for number, feed in enumerate(feeds)]
    texts = {text for number, at in kept for text in _texts(feeds[number].items[at])} if any(gone) else set()
    return [
        Repeats(tuple(each), tuple(at for at in each if not _texts(feed.items[at]) <= texts))
        for feed, each in zip(feeds, gone, strict=True)
    ]


def _texts(item: Item) -> set[str]:
    return {item.title, *(text.value for text in (item.summary, item.content) if text)} - {""}


def _distinct(feeds: Iterable[Feed]) -> Iterator[tuple[int, int, Item]]:
    """Yield each item once, with the number of its feed and its own."""
    ids, links = set[str](), set[str]()
    for number, feed in enumerate(feeds):
        source = _source(feed)
        own = set[str]()  # items of one feed that have ids may share an address
        for at, item in enumerate(feed.items):
            identity, link = global_id(item.id, feed), normal_url(item.link)
            unique = item if identity == item.id else item._replace(id=identity, is_permalink=False)
            if identity not in ids and link not in (links if identity else links | own):
                yield number, at, _from(unique, feed, source)
            ids |= {identity} - {""}
            own |= {link} - {""}
        links |= own


def _source(feed: Feed) -> Source:
    """Return a feed as the source of its items, with the elements that RFC 4287 wants there (section 4.2.11)."""
    return Source(feed.title, feed.url, feed.link, feed.id or feed.url or feed.link, feed.last_change)


def _from(item: Item, feed: Feed, source: Source) -> Item:
    """Return an item that says where it is from, and who wrote it."""
    language = item.language or feed.language
    return item._replace(source=item.source or source, authors=item.authors or feed.authors, language=language)


def _language(feeds: Iterable[Feed]) -> str:
    languages = {feed.language for feed in feeds}
    return languages.pop() if len(languages) == 1 else ""


def _title(feeds: Sequence[Feed]) -> str:
    others = len({feed.title for feed in feeds} - {""}) - _MOST_TITLES
    return ", ".join(_titles(feeds)) + (f" and {others} more" if others > 0 else "")


def _titles(feeds: Sequence[Feed]) -> list[str]:
    return list(dict.fromkeys(feed.title for feed in feeds if feed.title))[:_MOST_TITLES]
