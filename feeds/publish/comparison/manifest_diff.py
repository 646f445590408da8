"""Compare published feeds with new ones item by item, as subscribers see them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from feeds.publish.comparison.match_items import match_items
from feeds.publish.output.manifest import Manifest, ManifestFeed, ManifestItem

if TYPE_CHECKING:
    from feeds.publish.comparison.item_fields import FieldChange

_NOTHING = ManifestFeed(0)


class Difference(NamedTuple):
    """What changes in one feed for its subscribers: items that are new, removed or changed.

    Items that are `renamed`, each a pair of the former and the new one, get another id, and so are unread again for
    every subscriber. `fields` are the changed fields of items by their ids, if known.
    """

    feed: str
    new: tuple[ManifestItem, ...] = ()
    removed: tuple[ManifestItem, ...] = ()
    changed: tuple[ManifestItem, ...] = ()
    renamed: tuple[tuple[ManifestItem, ManifestItem], ...] = ()
    fields: Mapping[str, tuple[FieldChange, ...]] = {}

    def __bool__(self) -> bool:
        """Return whether subscribers see any difference."""
        return bool(self.new or self.removed or self.changed or self.renamed)


def differences_of(former: Manifest, manifest: Manifest) -> Iterator[Difference]:
    """Yield the differences of all feeds that have any, in the order of their names."""
    for name in sorted({*former.feeds, *manifest.feeds}):
        difference = _difference(name, former.feeds.get(name, _NOTHING), manifest.feeds.get(name, _NOTHING))
        if difference:
            yield difference


def _difference(name: str, old: ManifestFeed, new: ManifestFeed) -> Difference:
    found = match_items(old.items, new.items)
    pushed_out = set(_pushed_out(old, new, {item.id for item in found.removed} | {one.id for one, _ in found.renamed}))
    return Difference(
        name,
        found.new,
        tuple(item for item in found.removed if item.id not in pushed_out),
        tuple(other for one, other in found.both if one.digest != other.digest),
        found.renamed,
    )


def _pushed_out(old: ManifestFeed, new: ManifestFeed, missing: Collection[str]) -> Iterator[str]:
    """Yield the ids of the oldest items that newer ones have pushed beyond the limit; these do not count as removed."""
    if new.total > len(new.items):
        for item in reversed(old.items):
            if item.id not in missing:
                return
            yield item.id
