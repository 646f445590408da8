"""Compare two feeds item by item, as subscribers see them."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.publish.comparison.item_fields import FieldChange, field_changes
from feeds.publish.comparison.match_items import match_items


class ItemChange(NamedTuple):
    """An item of two feeds: the old one, the new one, and the fields that differ."""

    old: Item
    new: Item
    fields: tuple[FieldChange, ...] = ()


class Move(NamedTuple):
    """An item whose position among the others changed from `old` to `new`, counted from 1."""

    item: Item
    old: int
    new: int


class FeedDifference(NamedTuple):
    """The difference of two feeds; items with another id become unread again for every subscriber."""

    new: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    changed: tuple[ItemChange, ...] = ()
    renamed: tuple[ItemChange, ...] = ()
    moved: tuple[Move, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return any(self)


def feed_difference(old: Feed, new: Feed, without: Collection[str] = ()) -> FeedDifference:
    """Return the difference of two feeds, without some fields of their items."""
    found = match_items(old.items, new.items)
    both, renamed = (
        tuple(ItemChange(one, other, field_changes((old, one), (new, other), without)) for one, other in pairs)
        for pairs in (found.both, found.renamed)
    )
    changed = tuple(change for change in both if change.fields)
    return FeedDifference(found.new, found.removed, changed, renamed, _moves(old, new, (*found.both, *found.renamed)))


def _moves(old: Feed, new: Feed, pairs: Sequence[tuple[Item, Item]]) -> tuple[Move, ...]:
    """Return the fewest moves that explain the order of the items of both feeds."""
    before = {id(item): position for position, item in enumerate(old.items, start=1)}
    after = {id(item): position for position, item in enumerate(new.items, start=1)}
    pairs_in_order = sorted((after[id(other)], before[id(one)], other) for one, other in pairs)
    rising = _rising([position for _, position, _ in pairs_in_order])
    return tuple(Move(item, was, position) for position, was, item in pairs_in_order if was not in rising)


def _rising(positions: Sequence[int]) -> set[int]:
    """Return the longest increasing subsequence of distinct numbers."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for position in positions:
        at = bisect_left(ends, position)
        before[position] = ends[at - 1] if at else None
        ends[at : at + 1] = [position]
    found, last = set(), ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
