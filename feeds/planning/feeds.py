"""Plan the feeds, and the items of each."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import NamedTuple

from feeds.config.settings import Config, FeedConfig, TopicConfig
from feeds.diagnostics.wording import did_you_mean, quote
from feeds.formats import FORMATS
from feeds.model.channel import Channel, FeedFormat
from feeds.model.selection import Selection
from feeds.model.topic import Topic, list_topics, shared_slugs, topic_key, topic_slugs
from feeds.planning.feeds_by import feeds_by
from feeds.store.record_list import RecordList
from feeds.store.record_store import RecordStore


class FeedPlan(NamedTuple):
    """A planned feed: its channel without items, all its records, and how many of them subscribers get at once.

    `topic` is set for the feed of a topic. The newest `recent` records are kept regardless of limits and size;
    `usual_limit` is the limit without them.
    """

    channel: Channel
    records: RecordList
    limit: int
    topic: str = ""
    recent: int = 0
    usual_limit: int = 0

    @property
    def name(self) -> str:
        """Return the name of the feed."""
        return self.channel.name

    @property
    def may_be_cut(self) -> bool:
        """Return whether subscribers may get fewer items, to keep a file small."""
        return not self.channel.current and self.limit > self.least

    @property
    def least(self) -> int:
        """Return how many items subscribers get however large they are."""
        return max(1, self.recent)


def plan_feeds(store: RecordStore, config: Config, selection: Selection, now: datetime) -> list[FeedPlan]:
    """Return every configured feed: of everything selected, of each topic, and the user's own.

    `selection` narrows all feeds; its limit applies to each feed.
    """
    everything = store.select(selection._replace(limit=None), now)
    by_topic = everything.by_topic()
    counts = {name: len(records) for name, records in by_topic.items()}
    topics = [topic.name for topic in list_topics(counts) if not why_no_feed(topic, config.topics)]
    limit = selection.limit or config.limit
    channel = _channel_of_everything(store, config)
    plans = [FeedPlan(channel, everything, limit)]
    plans += [FeedPlan(_of_topic(channel, topic), by_topic[topic], limit, topic) for topic in topics]
    plans = [_with_recent(plan, config.keep, now) for plan in plans]
    for own in config.feeds:
        own_plans = _plans_of_user(channel, own, everything.narrowed(_selection_of(own)), own.limit or limit)
        plans += [_with_recent(plan, own.keep or config.keep, now) for plan in own_plans]
    if selection.limit:
        plans = [plan._replace(limit=plan.usual_limit or plan.limit, recent=0) for plan in plans]
    return [_on_site(set(topics), plan) for plan in plans] if "html" in config.formats else plans


def plan_of_everything(store: RecordStore, config: Config, selection: Selection, now: datetime) -> FeedPlan:
    """Return the feed of everything selected, all of which subscribers get at once."""
    records = store.select(selection, now)
    return FeedPlan(_channel_of_everything(store, config), records, len(records))


def _plans_of_user(channel: Channel, own: FeedConfig, records: RecordList, limit: int) -> list[FeedPlan]:
    if not own.by:  # where no number is set, a feed stays even when it is empty
        has_enough = own.min_items == 1 or len(records) >= own.min_items
        return [FeedPlan(_of_user(channel, own), records, limit)] if has_enough else []
    return [FeedPlan(each, some, limit) for each, some in feeds_by(own, channel, records)]


def _with_recent(plan: FeedPlan, keep: timedelta | None, now: datetime) -> FeedPlan:
    """Return a feed that keeps recent records, even beyond its limit."""
    recent = plan.records.count_since(now - keep) if keep else 0
    return plan._replace(limit=max(plan.limit, recent), recent=recent, usual_limit=plan.limit) if recent else plan


def load_items(plan: FeedPlan) -> Channel:
    """Return the channel of a feed with its items."""
    items = tuple(plan.records[: plan.limit].records())
    slugs = plan.channel.topic_slugs
    return plan.channel._replace(
        items=items,
        topic_slugs={topic: slugs[topic] for item in items for topic in item.topics if topic in slugs},
    )


def _channel_of_everything(store: RecordStore, config: Config) -> Channel:
    """Return the channel of the feed of everything, the base of all other channels."""
    kinds = (kind for name, kind in FORMATS.items() if name in config.formats and kind.role == "subscription")
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
        podcast=config.podcast,
        # Slugs come from all records, so that a feed's address does not depend on the selection.
        topic_slugs=topic_slugs(set(store.unified.values())),
        formats=tuple(FeedFormat(kind.label, kind.suffix, kind.media_type) for kind in kinds),
    )


def topic_warnings(names: Iterable[str]) -> list[str]:
    """Return warnings about topics with the same slug, and how each is published."""
    distinct = set(names)
    slugs = topic_slugs(distinct)
    return [
        f"the topics {', '.join(group)} have the same slug; they are published as "
        f"{', '.join(f'topics/{slugs[name]}' for name in group)}; set an alias if they are one topic"
        for _, group in shared_slugs(distinct)
    ]


def absent_topics(named: Iterable[str], names: Collection[str]) -> list[str]:
    """Return warnings about topics that a selection names and no record has."""
    keys = {topic_key(name) for name in names}
    return [
        f"no record has the topic {quote(name)}; "
        + (did_you_mean(name, sorted(names)) or "`feeds topics --status all` prints those that records have")
        for name in dict.fromkeys(named)
        if topic_key(name) not in keys
    ]


def why_no_feed(topic: Topic, rule: TopicConfig) -> str:
    """Return why a topic gets no feed of its own, or "" if it does."""
    if _matches(topic.name, rule.exclude):
        return "named under exclude"
    if not _matches(topic.name, rule.include):
        return "not named under include"
    return f"fewer items than min_items = {rule.min_items}" if topic.records < rule.min_items else ""


def _on_site(with_page: set[str], plan: FeedPlan) -> FeedPlan:
    """Return a feed with the topics of its items that have pages, for links."""
    shown = tuple(sorted(with_page.intersection(plan.records[: plan.limit].topics())))
    return plan._replace(channel=plan.channel._replace(has_site=True, shown_topics=shown))


def _of_topic(channel: Channel, topic: str) -> Channel:
    name, title = f"topics/{channel.topic_slugs[topic]}", f"{channel.title}: {topic}"
    return channel._replace(name=name, title=title, description="")


def _of_user(channel: Channel, own: FeedConfig) -> Channel:
    return channel._replace(name=own.name, title=own.title or own.name, description=own.description)


def _selection_of(own: FeedConfig) -> Selection:
    return Selection(topics=own.topics, exclude_topics=own.exclude_topics, type=own.type, min_quality=own.min_quality)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(topic_key(name), topic_key(pattern)) for pattern in patterns)
