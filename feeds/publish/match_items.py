"""Pair the items of two feeds by id, and the rest by page or title."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar


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
    """Match the items of two feeds; each list is in the order of its feed.

    An item without an id is matched by page or title; if only one of two has an id, it does not count as changed.
    """
    before, after = _by_key(old), _by_key(new)
    missing = {key: item for key, item in before.items() if key not in after}
    added = {key: item for key, item in after.items() if key not in before}
    found = dict(_renamed(missing, added))
    pairs = [(before[key], after[other]) for key, other in found.items()]
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


def _renamed(missing: Mapping[str, T], added: Mapping[str, T]) -> Iterator[tuple[str, str]]:
    """Pair missing keys with added ones of items with the same page, or else the same title."""
    by_link = {item.link: key for key, item in added.items() if item.link}
    by_title = {item.title: key for key, item in added.items() if item.title}
    taken = set()
    for key, item in missing.items():
        other = by_link.get(item.link) or by_title.get(item.title)
        if other and other not in taken:
            taken.add(other)
            yield key, other
