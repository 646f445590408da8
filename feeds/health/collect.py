"""Look how healthy the feeds of a configuration are: the records, and what lies in the output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from feeds.config.settings import Config
from feeds.formats import FORMATS
from feeds.health.report import (
    FeedHealth,
    FileCounts,
    Health,
    Item,
    PublishedFile,
    Spelling,
    TopicWithoutFeed,
    lacks_of,
    tallies_by_file,
    tallies_by_rule,
)
from feeds.health.rhythm import Calendar, calendar_of, rhythm_of
from feeds.model.selection import Selection
from feeds.model.topic import list_topics, topic_key
from feeds.planning.feeds import FeedPlan, plan_feeds, why_no_feed
from feeds.publish.target import Target, target_at
from feeds.store.statistics import WHAT_MAY_LACK, RankedItem, count_files, lacking, newest, oldest, respelled
from feeds.store.store import RecordStore


def check_up(store: RecordStore, config: Config, selection: Selection, now: datetime) -> Health:
    """Return how the feeds that `feeds build` would make of a selection do at an instant.

    An earlier choice is then no longer valid. Raises CouldNotRunError when storage elsewhere cannot be looked at.
    """
    plans = plan_feeds(store.queries, config, selection, now)
    everything = next(plans)
    calendar = calendar_of([*everything.choice.instants()])
    target = target_at(config)
    feeds = [_feed_health(plan, config, target, calendar) for plan in (everything, *plans)]
    topics = list_topics(everything.choice.topic_counts())
    alone = ((topic, why_no_feed(topic, config.topics)) for topic in topics)
    latest, earliest = newest(store.index), oldest(store.index)
    return Health(
        title=everything.head.title,
        now=now,
        selected=tuple(_narrowing(selection)),
        calendar=calendar,
        feeds=tuple(feeds),
        file_counts=_whereabouts(store, selection, now, feeds[0].rhythm.items),
        newest=_item(latest) if latest else None,
        oldest=_item(earliest) if earliest else None,
        lacks=lacks_of(WHAT_MAY_LACK, ((_item(placed), lacks) for placed, lacks in lacking(store.index))),
        topics_without_feed=tuple(
            TopicWithoutFeed(topic.name, topic.count, reason) for topic, reason in alone if reason
        ),
        single_topics=tuple(topic.name for topic in topics if topic.count == 1),
        spellings=tuple(_spellings(store, config)),
        rules=tallies_by_rule(store.problems),
        files=tallies_by_file(store.problems),
    )


def _feed_health(plan: FeedPlan, config: Config, target: Target, calendar: Calendar) -> FeedHealth:
    instants = [*plan.choice.instants()]
    files = []
    for kind in (FORMATS[name] for name in config.formats):
        name = kind.file_name(plan.head.name)
        budget = config.max_bytes if kind.role == "subscription" else None
        files.append(PublishedFile(name, kind.name, target.size(name), budget))
    title = plan.head.title.removeprefix(f"{config.title}: ")
    return FeedHealth(plan.head.name, title, rhythm_of(instants), calendar.bars(instants), tuple(files))


def _narrowing(selection: Selection) -> Iterator[str]:
    for field in fields(selection):
        value = getattr(selection, field.name)
        if value != field.default:
            told = ", ".join(value) if isinstance(value, tuple) else value
            yield f"{field.name.replace('_', ' ')} {told}"


def _item(placed: RankedItem) -> Item:
    return Item(placed.path, placed.title, placed.published)


def _whereabouts(store: RecordStore, selection: Selection, now: datetime, on_show: int) -> FileCounts:
    files, records = count_files(store.index)
    groups = [*store.queries.status_counts(selection, now)]
    wanted = [group for group in groups if selection.status in {"all", group.status}]
    scheduled = [group for group in wanted if group.is_scheduled]
    counts = {
        "on_show": on_show,
        "scheduled": sum(group.records for group in scheduled),
        "expired": sum(group.records for group in wanted if group.has_expired and not group.is_scheduled),
        "unpublished": sum(group.records for group in groups if group not in wanted and group.status == "unpublished"),
    }
    due = min((group.first for group in scheduled), default=None)
    return FileCounts(**counts, next_due=due, not_selected=records - sum(counts.values()), held_back=files - records)


def _spellings(store: RecordStore, config: Config) -> Iterator[Spelling]:
    aliases = {topic_key(name) for name in config.topics.aliases}
    for written, published, records in respelled(store.index):
        yield Spelling(written, published, records, topic_key(written) in aliases)
