"""Decide which feeds there are and what is in each. Pure: records and configuration in, feeds out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase

from feeds.config import Config, OwnFeed
from feeds.feed import Feed
from feeds.formats.format import Format
from feeds.record import Record
from feeds.selection import Selection, select
from feeds.topic import list_topics, shared_slugs, topic_key, topic_slugs


@dataclass(frozen=True, slots=True)
class PlannedFeed:
    """Pair a feed that holds all its items with the number of items that subscribers get at once."""

    feed: Feed
    limit: int

    def for_format(self, kind: Format) -> Feed:
        """Return the feed as a format shows it."""
        return self.feed if kind.carries_all else replace(self.feed, items=self.feed.items[: self.limit])


def plan_feeds(records: Sequence[Record], config: Config, selection: Selection, now: datetime) -> list[PlannedFeed]:
    """Return every configured feed: of everything selected, of each topic, and the user's own.

    `records` have unified topics; `selection` narrows all feeds, but for its limit, which is each feed's.
    """
    chosen = select(records, replace(selection, limit=None), now)
    limit = selection.limit or config.limit
    everything = new_feed(config, "all", config.title, config.description, chosen)
    return [
        PlannedFeed(everything, limit),
        *(PlannedFeed(feed, limit) for feed in _topic_feeds(records, chosen, config)),
        *(_own_feed(own, chosen, config, now, limit) for own in config.feeds),
    ]


def new_feed(config: Config, name: str, title: str, description: str, items: Sequence[Record]) -> Feed:
    """Return a feed with the head that the configuration gives to all feeds."""
    return Feed(
        name=name,
        title=title,
        description=description,
        base_url=config.served_at,
        home_page=config.home_page or config.served_at,
        items=tuple(items),
        language=config.language,
        author=config.author or config.title,
        icon=config.icon,
        hub=config.hub,
    )


def topic_warnings(records: Sequence[Record]) -> list[str]:
    """Say which topics would share a file name, and how each is published instead."""
    names = {name for record in records for name in record.topics}
    slugs = topic_slugs(names)
    return [
        f"the topics {', '.join(group)} have the same short name; they are published as "
        f"{', '.join(f'topics/{slugs[name]}' for name in group)}; set an alias if they are one topic"
        for _, group in shared_slugs(names)
    ]


def _topic_feeds(records: Sequence[Record], chosen: Sequence[Record], config: Config) -> list[Feed]:
    # Slugs come from all records, so that what happens to be selected today does not move a feed.
    slugs = topic_slugs({name for record in records for name in record.topics})
    rule = config.topics
    feeds = []
    for topic in list_topics(chosen):
        if _matches(topic.name, rule.include) and not _matches(topic.name, rule.exclude):
            items = [record for record in chosen if topic.name in record.topics]
            if len(items) >= rule.min_items:
                title = f"{config.title}: {topic.name}"
                feeds.append(new_feed(config, f"topics/{slugs[topic.name]}", title, "", items))
    return feeds


def _own_feed(own: OwnFeed, chosen: Sequence[Record], config: Config, now: datetime, limit: int) -> PlannedFeed:
    wanted = Selection(
        topics=own.topics,
        exclude_topics=own.exclude_topics,
        status="all",  # what may go out has been decided for `chosen`
        type=own.type,
        min_quality=own.min_quality,
    )
    feed = new_feed(config, own.name, own.title or own.name, own.description, select(chosen, wanted, now))
    return PlannedFeed(feed, own.limit or limit)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(topic_key(name), topic_key(pattern)) for pattern in patterns)
