"""Find the items that a change would make unread again, because they come under another id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.config import Config
from feeds.publishing.difference import differences_of
from feeds.publishing.index.identifying import ids_by_path
from feeds.publishing.manifest import ListedFeed, ListedItem, Manifest
from feeds.publishing.planning import plan_feeds
from feeds.publishing.rendering import Rendering
from feeds.publishing.stock import HERE, Reading, Stock, with_stock
from feeds.selection import EVERYTHING_PUBLISHED


@dataclass(frozen=True, slots=True)
class Survey:
    """Hold the items that subscribers would get of each feed, and the ids of records by their paths."""

    manifest: Manifest
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnreadItem:
    """Name an item that comes under another id, and the feeds that it is in."""

    item: ListedItem
    former_id: str
    feeds: tuple[str, ...]


def survey(config: Config, now: datetime, reading: Reading = HERE) -> Survey:
    """Return what a build would publish, without rendering anything. Raises CouldNotRun as a build does."""

    def use(stock: Stock) -> Survey:
        plans = plan_feeds(stock.shelf, config, EVERYTHING_PUBLISHED, now)
        feeds = {plan.head.name: Rendering(plan, config).listed_feed(plan.limit) for plan in plans}
        return Survey(Manifest({}, feeds), ids_by_path(stock.index, config.source))

    return with_stock(config, use, reading)


def unread_again(former: Survey, now: Survey) -> list[UnreadItem]:
    """Return the items that subscribers have under another id, found by path, page or title."""
    former_ids = {now.ids[path]: old for path, old in former.ids.items() if now.ids.get(path, old) != old}
    for difference in differences_of(former.manifest, now.manifest):
        for old, new in difference.renamed:
            former_ids.setdefault(new.id, old.id)
    found: dict[str, UnreadItem] = {}
    for name, feed in sorted(now.manifest.feeds.items()):
        for item in feed.items:
            if item.id in former_ids and _had(former.manifest.feeds.get(name), former_ids[item.id]):
                known = found.setdefault(item.id, UnreadItem(item, former_ids[item.id], ()))
                found[item.id] = replace(known, feeds=(*known.feeds, name))
    return list(found.values())


def _had(feed: ListedFeed | None, identity: str) -> bool:
    return feed is not None and any(item.id == identity for item in feed.items)
