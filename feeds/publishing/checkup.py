"""Look how healthy the feeds of a configuration are: the records, and what lies in the output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from feeds.config import Config
from feeds.formats import FORMATS
from feeds.publishing.index.figures import WHAT_MAY_LACK, Placed, count_files, lacking, newest, oldest, respelled
from feeds.publishing.outlet import Outlet, outlet_at
from feeds.publishing.planning import PlannedFeed, plan_feeds, why_no_feed
from feeds.publishing.stock import Stock
from feeds.selection import Selection
from feeds.site.health import (
    FeedHealth,
    Health,
    Item,
    LonelyTopic,
    PublishedFile,
    Spelling,
    Whereabouts,
    lacks_of,
    tallies_by_file,
    tallies_by_rule,
)
from feeds.site.rhythm import Calendar, calendar_of, rhythm_of
from feeds.topic import list_topics, topic_key


def check_up(stock: Stock, config: Config, selection: Selection, now: datetime) -> Health:
    """Return how the feeds that `feeds build` would make of a selection do at an instant.

    An earlier choice is then no longer valid. Raises CouldNotRun when storage elsewhere cannot be looked at.
    """
    plans = plan_feeds(stock.shelf, config, selection, now)
    everything = next(plans)
    calendar = calendar_of([*everything.choice.instants()])
    outlet = outlet_at(config)
    feeds = [_feed_health(plan, config, outlet, calendar) for plan in (everything, *plans)]
    topics = list_topics(everything.choice.topic_counts())
    alone = ((topic, why_no_feed(topic, config.topics)) for topic in topics)
    latest, earliest = newest(stock.index), oldest(stock.index)
    return Health(
        title=everything.head.title,
        now=now,
        selected=tuple(_narrowing(selection)),
        calendar=calendar,
        feeds=tuple(feeds),
        whereabouts=_whereabouts(stock, selection, now, feeds[0].rhythm.items),
        newest=_item(latest) if latest else None,
        oldest=_item(earliest) if earliest else None,
        lacks=lacks_of(WHAT_MAY_LACK, ((_item(placed), lacks) for placed, lacks in lacking(stock.index))),
        lonely_topics=tuple(LonelyTopic(topic.name, topic.count, reason) for topic, reason in alone if reason),
        single_topics=tuple(topic.name for topic in topics if topic.count == 1),
        spellings=tuple(_spellings(stock, config)),
        rules=tallies_by_rule(stock.problems),
        files=tallies_by_file(stock.problems),
    )


def _feed_health(plan: PlannedFeed, config: Config, outlet: Outlet, calendar: Calendar) -> FeedHealth:
    instants = [*plan.choice.instants()]
    files = []
    for kind in (FORMATS[name] for name in config.formats):
        name = kind.file_name(plan.head.name)
        budget = config.max_bytes if kind.role == "subscription" else None
        files.append(PublishedFile(name, kind.name, outlet.size(name), budget))
    title = plan.head.title.removeprefix(f"{config.title}: ")
    return FeedHealth(plan.head.name, title, rhythm_of(instants), calendar.bars(instants), tuple(files))


def _narrowing(selection: Selection) -> Iterator[str]:
    for field in fields(selection):
        value = getattr(selection, field.name)
        if value != field.default:
            told = ", ".join(value) if isinstance(value, tuple) else value
            yield f"{field.name.replace('_', ' ')} {told}"


def _item(placed: Placed) -> Item:
    return Item(placed.path, placed.title, placed.published)


def _whereabouts(stock: Stock, selection: Selection, now: datetime, on_show: int) -> Whereabouts:
    files, records = count_files(stock.index)
    groups = [*stock.shelf.standings(selection, now)]
    wanted = [group for group in groups if selection.status in {"all", group.status}]
    scheduled = [group for group in wanted if group.is_scheduled]
    counts = {
        "on_show": on_show,
        "scheduled": sum(group.records for group in scheduled),
        "expired": sum(group.records for group in wanted if group.has_expired and not group.is_scheduled),
        "unpublished": sum(group.records for group in groups if group not in wanted and group.status == "unpublished"),
    }
    due = min((group.first for group in scheduled), default=None)
    return Whereabouts(**counts, next_due=due, not_selected=records - sum(counts.values()), held_back=files - records)


def _spellings(stock: Stock, config: Config) -> Iterator[Spelling]:
    aliases = {topic_key(name) for name in config.topics.aliases}
    for written, published, records in respelled(stock.index):
        yield Spelling(written, published, records, topic_key(written) in aliases)
