"""Pair the items of two feeds: by id, and those under another id by their page or title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Identified(Protocol):
    """What two feeds say of an item, for it to be the same one."""

    @property
    def id(self) -> str: ...  # noqa: D102 - the names say it
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def link(self) -> str: ...  # noqa: D102


T = TypeVar("T", bound=Identified)


@dataclass(frozen=True, slots=True)
class Matches(Generic[T]):
    """Items that are in both of two feeds, those with another id, those that are new, and those that are gone."""

    both: tuple[tuple[T, T], ...] = ()
    renamed: tuple[tuple[T, T], ...] = ()
    new: tuple[T, ...] = ()
    gone: tuple[T, ...] = ()


def match_items(old: Iterable[T], new: Iterable[T]) -> Matches[T]:
    """Return which items of a feed are which of another, each list in the order of its feed.

    An item without an id is known by its page or title; where only one of two has an id, that is no other one.
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
    """Return items by their ids; of several with one id each has a key of its own."""
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
    """Pair keys that are missing with new ones of items that lead to the same page, or else have the same title."""
    by_link = {item.link: key for key, item in added.items() if item.link}
    by_title = {item.title: key for key, item in added.items() if item.title}
    taken = set()
    for key, item in missing.items():
        other = by_link.get(item.link) or by_title.get(item.title)
        if other and other not in taken:
            taken.add(other)
            yield key, other
