"""Compare published feeds with new ones item by item, as subscribers see them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from feeds.publish.manifest import Manifest, ManifestFeed, ManifestItem
from feeds.publish.match_items import match_items

if TYPE_CHECKING:
    from feeds.publish.item_fields import FieldChange

_NOTHING = ManifestFeed(0)


class Difference(NamedTuple):
    """The items of one feed that are new, removed or changed, and those that get another id.

    The latter become unread again for every subscriber; each is paired with its former item. `fields` are the changed
    fields by item id, if known.
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
    """Yield the oldest items, which newer ones have pushed beyond a feed's limit and which do not count as removed."""
    if new.total > len(new.items):
        for item in reversed(old.items):
            if item.id not in missing:
                return
            yield item.id
