"""Decide which feeds there are and what is in each. Pure: records and configuration in, feeds out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase

from feeds.config import Config, OwnFeed, TopicFeeds
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
    everything = feed_of_everything(records, config, replace(selection, limit=None), now)
    limit = selection.limit or config.limit
    return [
        PlannedFeed(everything, limit),
        *(PlannedFeed(feed, limit) for feed in _topic_feeds(everything, config.topics)),
        *(PlannedFeed(_own_feed(everything, own, now), own.limit or limit) for own in config.feeds),
    ]


def feed_of_everything(records: Sequence[Record], config: Config, selection: Selection, now: datetime) -> Feed:
    """Return the feed of all that is selected, with the head that the configuration gives to every feed."""
    return Feed(
        name="all",
        title=config.title,
        description=config.description,
        base_url=config.served_at,
        home_page=config.home_page or config.served_at,
        items=tuple(select(records, selection, now)),
        language=config.language,
        author=config.author or config.title,
        icon=config.icon,
        hub=config.hub,
        # Slugs come from all records, so that what happens to be selected today does not move a feed.
        topic_slugs=topic_slugs({name for record in records for name in record.topics}),
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


def _topic_feeds(everything: Feed, rule: TopicFeeds) -> Iterator[Feed]:
    for topic in list_topics(everything.items):
        wanted = _matches(topic.name, rule.include) and not _matches(topic.name, rule.exclude)
        if wanted and topic.count >= rule.min_items:
            yield replace(
                everything,
                name=f"topics/{everything.topic_slugs[topic.name]}",
                title=f"{everything.title}: {topic.name}",
                description="",
                items=tuple(item for item in everything.items if topic.name in item.topics),
            )


def _own_feed(everything: Feed, own: OwnFeed, now: datetime) -> Feed:
    wanted = Selection(
        topics=own.topics,
        exclude_topics=own.exclude_topics,
        status="all",  # what may go out has been decided for everything
        type=own.type,
        min_quality=own.min_quality,
    )
    return replace(
        everything,
        name=own.name,
        title=own.title or own.name,
        description=own.description,
        items=tuple(select(everything.items, wanted, now)),
    )


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(topic_key(name), topic_key(pattern)) for pattern in patterns)
