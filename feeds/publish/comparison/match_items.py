"""Pair the items of two feeds by id, and the rest by page or title."""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar

from feeds.url_identity import normal_url
from feeds.urls import split


class Identified(Protocol):
    """The fields that identify an item in two feeds."""

    @property
    def id(self) -> str: ...  # noqa: D102 - obvious
    @property
    def title(self) -> str: ...  # noqa: D102 - the same
    @property
    def link(self) -> str: ...  # noqa: D102 - the same


T = TypeVar("T", bound=Identified)


class Matches(NamedTuple, Generic[T]):
    """The items of two feeds: common ones, those with another id, new ones and removed ones."""

    both: tuple[tuple[T, T], ...] = ()
    renamed: tuple[tuple[T, T], ...] = ()
    new: tuple[T, ...] = ()
    removed: tuple[T, ...] = ()


def match_items(old: Iterable[T], new: Iterable[T]) -> Matches[T]:
    """Match the items of two feeds by id, the others by a page or title that only one of each feed has.

    Two that match by page or title are `renamed`, unless one of them has no id: then they are in `both`. Each list is
    in the order of its feed.
    """
    before, after = _by_key(old), _by_key(new)
    missing = {key: item for key, item in before.items() if key not in after}
    added = {key: item for key, item in after.items() if key not in before}
    found = _renamed(missing, added)
    pairs = [(before[key], after[found[key]]) for key in missing if key in found]
    same = {id(other): one for one, other in pairs if not (one.id and other.id)}
    both = ((before[key] if key in before else same.get(id(item)), item) for key, item in after.items())
    return Matches(
        tuple((one, other) for one, other in both if one is not None),
        tuple((one, other) for one, other in pairs if one.id and other.id),
        tuple(item for key, item in added.items() if key not in found.values()),
        tuple(item for key, item in missing.items() if key not in found),
    )


def _by_key(items: Iterable[T]) -> dict[str, T]:
    """Return items by id; several with one id get distinct keys."""
    keyed: dict[str, T] = {}
    for item in items:
        name = item.id or item.link or item.title
        key, number = name, 1
        while key in keyed:
            number += 1
            key = f"{name} {number}"
        keyed[key] = item
    return keyed


def _renamed(missing: Mapping[str, T], added: Mapping[str, T]) -> dict[str, str]:
    """Return the keys of added items by those of missing ones, if both have the same page, else the same title."""
    pages = _pairs(missing, added, _page)
    taken = {*pages, *pages.values()}
    rest, others = ({key: item for key, item in items.items() if key not in taken} for items in (missing, added))
    return pages | _pairs(rest, others, _title)


def _pairs(missing: Mapping[str, T], added: Mapping[str, T], feature: Callable[[T], str]) -> dict[str, str]:
    there, here = _single(missing, feature), _single(added, feature)
    return {key: here[name] for name, key in there.items() if name in here}


def _single(items: Mapping[str, T], feature: Callable[[T], str]) -> dict[str, str]:
    """Return the keys of items by a feature that no other of them has."""
    keys: dict[str, list[str]] = {}
    for key, item in items.items():
        keys.setdefault(feature(item), []).append(key)
    return {name: found[0] for name, found in keys.items() if name and len(found) == 1}


def _page(item: Identified) -> str:
    """Return a key of the page of an item, without scheme, `www` and trailing slash."""
    parts = split(normal_url(item.link))
    path = parts.path.removesuffix("index.html").rstrip("/")
    return f"{parts.netloc.removeprefix('www.')}{path}?{parts.query}" if item.link else ""


def _title(item: Identified) -> str:
    return " ".join(item.title.casefold().split())
