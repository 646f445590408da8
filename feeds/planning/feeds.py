"""Decide which feeds there are and what is in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from functools import partial

from feeds.config.settings import Config, FeedConfig, TopicConfig
from feeds.formats import FORMATS
from feeds.model.channel import Channel, Offer
from feeds.model.selection import Selection
from feeds.model.topic import Topic, list_topics, shared_slugs, topic_key, topic_slugs
from feeds.planning.feeds_by import feeds_by
from feeds.store.query import RecordQuery, StoreQueries


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """Name a feed by its head, all its items, and how many of them subscribers get at once.

    `topic` is the topic that it is of, if it is of one. So many of the items as are `kept` stay however large they
    are; `usual_limit` is the limit without them.
    """

    head: Channel
    choice: RecordQuery
    limit: int
    topic: str = ""
    kept: int = 0
    usual_limit: int = 0


def plan_feeds(queries: StoreQueries, config: Config, selection: Selection, now: datetime) -> Iterator[FeedPlan]:
    """Yield every configured feed: of everything selected, of each topic, and the user's own.

    `selection` narrows all feeds, but for its limit, which is each feed's.
    """
    head, everything = head_of_everything(queries, config), queries.choose(replace(selection, limit=None), now)
    topics = list(_wanted_topics(everything, config.topics))
    plans = _plans(head, everything, topics, config, selection.limit or config.limit)
    kept = (plan if selection.limit else _with_kept(plan, keep, now) for plan, keep in plans)
    yield from map(partial(_on_site, set(topics)), kept) if "html" in config.formats else kept


def _plans(
    head: Channel, everything: RecordQuery, topics: Iterable[str], config: Config, limit: int
) -> Iterator[tuple[FeedPlan, timedelta | None]]:
    """Yield feeds, each with how long its items stay however many there are."""
    yield FeedPlan(head, everything, limit), config.keep
    for topic in topics:
        name, title = f"topics/{head.topic_slugs[topic]}", f"{head.title}: {topic}"
        head_of_topic = replace(head, name=name, title=title, description="")
        yield FeedPlan(head_of_topic, everything.of_topic(topic), limit, topic), config.keep
    for own in config.feeds:
        chosen, keep = everything.narrowed(_own_selection(own)), own.keep or config.keep
        feeds = feeds_by(own, head, chosen) if own.by else [(_own_head(head, own), chosen)]
        yield from ((FeedPlan(own_head, items, own.limit or limit), keep) for own_head, items in feeds)


def _with_kept(plan: FeedPlan, keep: timedelta | None, now: datetime) -> FeedPlan:
    """Return a feed that holds what was published lately, also beyond its limit."""
    kept = plan.choice.count_since(now - keep) if keep else 0
    return replace(plan, limit=max(plan.limit, kept), kept=kept, usual_limit=plan.limit) if kept else plan


def head_of_everything(queries: StoreQueries, config: Config) -> Channel:
    """Return the head of the feed of everything, which the configuration gives to every feed."""
    kinds = (kind for name, kind in FORMATS.items() if name in config.formats and kind.role == "subscription")
    offers = tuple(Offer(kind.label, kind.suffix, kind.media_type) for kind in kinds)
    return Channel(
        name="all",
        title=config.title,
        description=config.description,
        base_url=config.served_at,
        home_page=config.home_page or config.served_at,
        items=(),
        language=config.language,
        author=config.author or config.title,
        icon=config.icon,
        hub=config.hub,
        # Slugs come from all records, so that what happens to be selected today does not move a feed.
        topic_slugs=topic_slugs(set(queries.unified.values())),
        offers=offers,
    )


def topic_warnings(names: Iterable[str]) -> list[str]:
    """Say which topics would share a file name, and how each is published instead."""
    distinct = set(names)
    slugs = topic_slugs(distinct)
    return [
        f"the topics {', '.join(group)} have the same short name; they are published as "
        f"{', '.join(f'topics/{slugs[name]}' for name in group)}; set an alias if they are one topic"
        for _, group in shared_slugs(distinct)
    ]


def why_no_feed(topic: Topic, rule: TopicConfig) -> str:
    """Say why a topic gets no feed of its own; nothing if it gets one."""
    if _matches(topic.name, rule.exclude):
        return "named under exclude"
    if not _matches(topic.name, rule.include):
        return "not named under include"
    return f"fewer items than min_items = {rule.min_items}" if topic.count < rule.min_items else ""


def _wanted_topics(everything: RecordQuery, rule: TopicConfig) -> Iterator[str]:
    for topic in list_topics(everything.topic_counts()):
        if not why_no_feed(topic, rule):
            yield topic.name


def _on_site(with_page: set[str], plan: FeedPlan) -> FeedPlan:
    """Return a feed that knows which topics of its items have pages: those it links to."""
    shown = tuple(topic for topic in plan.choice.topics(plan.limit) if topic in with_page)
    return replace(plan, head=replace(plan.head, has_site=True, shown_topics=shown))


def _own_head(head: Channel, own: FeedConfig) -> Channel:
    return replace(head, name=own.name, title=own.title or own.name, description=own.description)


def _own_selection(own: FeedConfig) -> Selection:
    return Selection(topics=own.topics, exclude_topics=own.exclude_topics, type=own.type, min_quality=own.min_quality)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(topic_key(name), topic_key(pattern)) for pattern in patterns)
