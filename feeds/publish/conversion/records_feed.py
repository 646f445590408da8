"""Open folders of records as inputs of a conversion, each with a guard against leaks of its secrets."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from typing import NamedTuple

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.formats.channel_feed import feed_of_items
from feeds.formats.format import Format
from feeds.model.feed import Feed
from feeds.model.selection import Selection
from feeds.parsers import Parsed
from feeds.planning.feeds import FeedPlan, load_items, plan_of_everything
from feeds.publish.conversion.inputs import FeedInput
from feeds.publish.conversion.record_losses import record_losses
from feeds.publish.secret_guard import refuse_leaks
from feeds.records.item_of_record import items_of_records
from feeds.store.open_store import Reading, open_store
from feeds.store.record_store import RecordStore


class RecordsFeed(NamedTuple):
    """The feed of a folder's records, and the problems of these.

    `refuse_leaks` raises CouldNotRunError if a named content holds a secret value of one of the records.
    """

    read: FeedInput
    problems: tuple[Problem, ...]
    refuse_leaks: Callable[[str, bytes], None]


@contextmanager
def open_records(
    configs: Iterable[Config], selection: Selection, now: datetime, reading: Reading, format_name: str = ""
) -> Iterator[list[RecordsFeed]]:
    """Open folders of records as feeds; given a format, also find what that loses of them.

    The guards of the feeds work as long as the context is open.
    """
    with ExitStack() as stores:
        opened = [(stores.enter_context(open_store(config, now, reading)), config) for config in configs]
        yield [
            _records_feed(store, config, plan_of_everything(store, config, selection, now), format_name)
            for store, config in opened
        ]


def _records_feed(store: RecordStore, config: Config, plan: FeedPlan, format_name: str) -> RecordsFeed:
    feed = feed_of(plan, FORMATS[format_name or "atom"])
    lost = tuple(record_losses(plan, FORMATS[format_name])) if format_name else ()
    read = FeedInput(str(config.published_source), b"", Parsed(feed, format="records"), lost=lost)
    return RecordsFeed(read, store.problems, partial(refuse_leaks, store.index))


def feed_of(plan: FeedPlan, kind: Format) -> Feed:
    """Return a planned feed with its items, as it is rendered in a format."""
    channel = load_items(plan)
    return feed_of_items(channel, kind, items_of_records(channel))
