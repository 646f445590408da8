"""Compare what is published with what would be, item by item, as subscribers see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from feeds.publish.manifest import Manifest, ManifestFeed, ManifestItem

_NOTHING = ManifestFeed(0)


@dataclass(frozen=True, slots=True)
class Difference:
    """Name the items of one feed that are new, removed or changed, and those that come back under another id.

    The latter are unread again for every subscriber; each is paired with what it was.
    """

    feed: str
    new: tuple[ManifestItem, ...] = ()
    removed: tuple[ManifestItem, ...] = ()
    changed: tuple[ManifestItem, ...] = ()
    renamed: tuple[tuple[ManifestItem, ManifestItem], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether subscribers see any difference."""
        return bool(self.new or self.removed or self.changed or self.renamed)


def differences_of(former: Manifest, manifest: Manifest) -> Iterator[Difference]:
    """Yield the differences of all feeds that have any, by the feeds' names."""
    for name in sorted({*former.feeds, *manifest.feeds}):
        difference = _difference(name, former.feeds.get(name, _NOTHING), manifest.feeds.get(name, _NOTHING))
        if difference:
            yield difference


def _difference(name: str, old: ManifestFeed, new: ManifestFeed) -> Difference:
    before = {item.id: item for item in old.items}
    after = {item.id: item for item in new.items}
    missing = {key: item for key, item in before.items() if key not in after}
    added = {key: item for key, item in after.items() if key not in before}
    renamed = dict(_renamed(missing, added))
    pushed_out = set(_pushed_out(old, new, missing))
    return Difference(
        name,
        tuple(item for key, item in added.items() if key not in renamed.values()),
        tuple(item for key, item in missing.items() if key not in renamed and key not in pushed_out),
        tuple(item for key, item in after.items() if key in before and item.digest != before[key].digest),
        tuple((before[key], after[other]) for key, other in renamed.items()),
    )


def _renamed(missing: Mapping[str, ManifestItem], added: Mapping[str, ManifestItem]) -> Iterator[tuple[str, str]]:
    """Pair ids that are missing with new ids of items that lead to the same page, or else have the same title."""
    by_link = {item.link: key for key, item in added.items()}
    by_title = {item.title: key for key, item in added.items()}
    taken = set()
    for key, item in missing.items():
        other = by_link.get(item.link) or by_title.get(item.title)
        if other and other not in taken:
            taken.add(other)
            yield key, other


def _pushed_out(old: ManifestFeed, new: ManifestFeed, missing: Mapping[str, ManifestItem]) -> Iterator[str]:
    """Yield the oldest items that newer ones have pushed beyond a feed's limit: those are not removed."""
    if new.total > len(new.items):
        for item in reversed(old.items):
            if item.id not in missing:
                return
            yield item.id
