"""Take the records of folders for feeds of items, under the guards that hold for all that is made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.formats.item_of_record import feed_of_records
from feeds.model.selection import Selection
from feeds.parsers import Parsed
from feeds.planning.feeds import FeedPlan, head_of_everything
from feeds.publish.inputs import FeedInput
from feeds.publish.rendering import loaded
from feeds.publish.secret_guard import refuse_leaks
from feeds.store.store import HERE, Reading, RecordStore, with_store

T = TypeVar("T")


class RecordsFeed(NamedTuple):
    """The feed of a folder's records, its problems, and what raises CouldNotRunError for bytes that hold a secret."""

    read: FeedInput
    problems: tuple[Problem, ...]
    refuse_leaks: Callable[[str, bytes], None]


class Wanted(NamedTuple):
    """Which records are wanted, at which time, and how they are read."""

    selection: Selection
    now: datetime
    reading: Reading = HERE
    format_name: str = "atom"


def with_records(
    configs: Sequence[Config],
    wanted: Wanted,
    use: Callable[[Sequence[RecordsFeed]], T],
    found: Sequence[RecordsFeed] = (),
) -> T:
    """Return what is made of the feeds of several folders while their secrets are known."""
    if not configs:
        return use(found)
    config, *others = configs

    def with_store_of_one(store: RecordStore) -> T:
        return with_records(others, wanted, use, [*found, _feed_of(store, config, wanted)])

    return with_store(config, with_store_of_one, wanted.now, wanted.reading)


def _feed_of(store: RecordStore, config: Config, wanted: Wanted) -> RecordsFeed:
    choice = store.queries.choose(wanted.selection, wanted.now)
    plan = FeedPlan(head_of_everything(store.queries, config), choice, len(choice))
    feed = feed_of_records(loaded(plan), FORMATS[wanted.format_name])

    def refuse(name: str, content: bytes) -> None:
        refuse_leaks(store.index, name, content)

    return RecordsFeed(FeedInput(str(config.source), b"", Parsed(feed, format="records")), store.problems, refuse)
