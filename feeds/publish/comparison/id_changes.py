"""Find the items that a change would make unread again, because their ids change."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.model.item import Item
from feeds.model.selection import EVERYTHING_PUBLISHED
from feeds.planning.feeds import plan_feeds
from feeds.publish.comparison.manifest_diff import differences_of
from feeds.publish.comparison.match_items import Identified, Matches, match_items
from feeds.publish.output.manifest import Manifest, ManifestFeed, ManifestItem, manifest_feed
from feeds.publish.secret_guard import refuse_leaks
from feeds.store.assign_ids import ids_by_path
from feeds.store.open_store import Reading, open_store


class Snapshot(NamedTuple):
    """The items of each feed, the ids of records by path, and doubts about ids."""

    manifest: Manifest
    ids: Mapping[str, str]
    doubts: tuple[Problem, ...] = ()


class UnreadItem(NamedTuple):
    """An item whose id changes, and its feeds."""

    item: ManifestItem
    former_id: str
    feeds: tuple[str, ...]


def take_snapshot(config: Config, now: datetime, reading: Reading, *, is_shown: bool = True) -> Snapshot:
    """Return what a build would publish, without rendering it.

    Raises CouldNotRunError as a build does, and if an item that may be shown contains a secret value.
    """
    with open_store(config, now, reading) as store:
        plans = plan_feeds(store, config, EVERYTHING_PUBLISHED, now)
        manifest = Manifest({}, {plan.name: manifest_feed(plan) for plan in plans})
        if is_shown:
            refuse_leaks(store.index, "the list of items", manifest.to_json())
        doubts = tuple(problem for problem in store.problems if problem.rule == "uncertain-id")
        return Snapshot(manifest, ids_by_path(store.index, config.source), doubts)


def unread_again(former: Snapshot, now: Snapshot) -> list[UnreadItem]:
    """Return the items whose former ids differ, matched by path, page or title."""
    still = set(now.ids.values())
    former_ids = {now.ids[path]: old for path, old in former.ids.items() if path in now.ids and old not in still}
    for difference in differences_of(former.manifest, now.manifest):
        for old, new in difference.renamed:
            former_ids.setdefault(new.id, old.id)
    found: dict[str, UnreadItem] = {}
    for name, feed in sorted(now.manifest.feeds.items()):
        for item in feed.items:
            if item.id in former_ids and _had(former.manifest.feeds.get(name), former_ids[item.id]):
                known = found.setdefault(item.id, UnreadItem(item, former_ids[item.id], ()))
                found[item.id] = known._replace(feeds=(*known.feeds, name))
    return list(found.values())


def match_live(live: Iterable[Item], planned: Iterable[ManifestItem]) -> Matches[Identified]:
    """Match the items of a feed of any program, each by its id, else its address, with planned ones."""
    by_id = {item.id or item.link: item for item in live}
    return match_items([item._replace(id=identity) for identity, item in by_id.items()], planned)


def _had(feed: ManifestFeed | None, identity: str) -> bool:
    return feed is not None and any(item.id == identity for item in feed.items)
