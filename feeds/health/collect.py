"""Collect the health of the feeds of a configuration, from the records and the output."""

import os
from collections.abc import Iterator
from datetime import datetime

from feeds.config.settings import Config
from feeds.formats import FORMATS
from feeds.health.report import (
    FeedHealth,
    FileCounts,
    FileHealth,
    Health,
    ItemRef,
    Spelling,
    TopicWithoutFeed,
    lacks_of,
    tallies_by_file,
    tallies_by_rule,
)
from feeds.health.rhythm import Calendar, calendar_of, rhythm_of
from feeds.model.record import Record
from feeds.model.selection import EVERYTHING_PUBLISHED, Selection
from feeds.model.topic import list_topics, topic_key
from feeds.planning.feeds import FeedPlan, plan_feeds, why_no_feed
from feeds.publish.output.target import Target, target_at
from feeds.store.record_list import RecordList
from feeds.store.record_store import RecordStore

PARTS = ("image", "excerpt", "topic", "provider")


def collect_health(store: RecordStore, config: Config, selection: Selection, now: datetime) -> Health:
    """Return the health of the feeds that a build of a selection would publish at an instant.

    Raises CouldNotRunError if object storage cannot be read.
    """
    plans = plan_feeds(store, config, selection, now)
    channel, everything = plans[0].channel, plans[0].records
    calendar = calendar_of([*everything.instants()])
    target = target_at(config)
    topics = list_topics(everything.topic_counts())
    alone = ((topic, why_no_feed(topic, config.topics)) for topic in topics)
    return Health(
        title=channel.title,
        now=now,
        selected=tuple(_filters_in_words(selection)),
        calendar=calendar,
        feeds=tuple(_feed_health(plan, config, target, calendar) for plan in plans),
        file_counts=_file_counts(store, selection, now, len(everything)),
        newest=_first(everything[:1]),
        oldest=_first(everything[-1:]),
        lacks=lacks_of(PARTS, _lacking(everything)),
        topics_without_feed=tuple(
            TopicWithoutFeed(topic.name, topic.records, reason) for topic, reason in alone if reason
        ),
        single_topics=tuple(topic.name for topic in topics if topic.records == 1),
        spellings=tuple(_spellings(store, config)),
        rules=tallies_by_rule(store.problems),
        files=tallies_by_file(store.problems),
    )


def _feed_health(plan: FeedPlan, config: Config, target: Target, calendar: Calendar) -> FeedHealth:
    instants = [*plan.records.instants()]
    files = []
    for kind in (FORMATS[name] for name in config.formats):
        name = kind.file_name(plan.name)
        budget = config.max_bytes if kind.role == "subscription" else None
        files.append(FileHealth(name, kind.name, target.size(name), budget))
    title = plan.channel.title.removeprefix(f"{config.title}: ")
    return FeedHealth(plan.name, title, rhythm_of(instants), calendar.bars(instants), tuple(files))


def _filters_in_words(selection: Selection) -> Iterator[str]:
    for name, value in selection._asdict().items():
        if value != getattr(EVERYTHING_PUBLISHED, name):
            listed = ", ".join(value) if isinstance(value, tuple) else value
            yield f"{name.replace('_', ' ')} {listed}"


def _first(records: RecordList) -> ItemRef | None:
    return next((item for item, _ in _items(records)), None)


def _items(records: RecordList) -> Iterator[tuple[ItemRef, Record]]:
    for path, record in zip(records.paths(), records.records(), strict=True):
        yield ItemRef(os.fsdecode(path), record.title, record.published), record


def _lacking(records: RecordList) -> Iterator[tuple[ItemRef, list[str]]]:
    """Yield each record that lacks some of PARTS, newest first, with the missing parts."""
    for item, record in _items(records):
        values = (record.images, record.excerpt, record.topics, record.provider)
        lacks = [what for what, value in zip(PARTS, values, strict=True) if not value]
        if lacks:
            yield item, lacks


def _file_counts(store: RecordStore, selection: Selection, now: datetime, published: int) -> FileCounts:
    files, records = store.count_files()
    groups = [*store.status_counts(selection, now)]
    wanted = [group for group in groups if selection.status in {"all", group.status}]
    scheduled = [group for group in wanted if group.is_scheduled]
    counts = {
        "published": published,
        "scheduled": sum(group.records for group in scheduled),
        "expired": sum(group.records for group in wanted if group.has_expired and not group.is_scheduled),
        "unpublished": sum(group.records for group in groups if group not in wanted and group.status == "unpublished"),
    }
    due = min((group.first for group in scheduled), default=None)
    return FileCounts(**counts, next_due=due, not_selected=records - sum(counts.values()), held_back=files - records)


def _spellings(store: RecordStore, config: Config) -> Iterator[Spelling]:
    """Yield the spellings of topics that are published under another name, ordered by that name."""
    aliases = {topic_key(name) for name in config.topics.aliases}
    for written, name in sorted(store.unified.items(), key=lambda pair: pair[::-1]):
        if written != name:
            yield Spelling(written, name, store.topic_counts[written], topic_key(written) in aliases)
