"""Turn folders of records into feeds of items, guarded against leaks."""

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
from feeds.publish.inputs import FeedInput
from feeds.publish.record_losses import record_losses
from feeds.publish.secret_guard import refuse_leaks
from feeds.records.item_of_record import items_of_records
from feeds.store.open_store import HERE, Reading, open_store
from feeds.store.record_store import RecordStore


class RecordsFeed(NamedTuple):
    """The feed of a folder's records, its problems, and a guard that raises CouldNotRunError for a leaked secret."""

    read: FeedInput
    problems: tuple[Problem, ...]
    refuse_leaks: Callable[[str, bytes], None]


class RecordsRequest(NamedTuple):
    """Which records to select, at what time, how to read them, and the target format, if any."""

    selection: Selection
    now: datetime
    reading: Reading = HERE
    format_name: str = ""


@contextmanager
def open_records(configs: Iterable[Config], request: RecordsRequest) -> Iterator[list[RecordsFeed]]:
    """Open folders of records as feeds, whose guards work as long as their stores are open."""
    with ExitStack() as stores:
        opened = ((stores.enter_context(open_store(each, request.now, request.reading)), each) for each in configs)
        yield [_feed_of(store, config, request) for store, config in opened]


def _feed_of(store: RecordStore, config: Config, request: RecordsRequest) -> RecordsFeed:
    plan = plan_of_everything(store, config, request.selection, request.now)
    feed = feed_of(plan, FORMATS[request.format_name or "atom"])
    lost = tuple(record_losses(plan, FORMATS[request.format_name])) if request.format_name else ()
    read = FeedInput(str(config.published_source), b"", Parsed(feed, format="records"), lost=lost)
    return RecordsFeed(read, store.problems, partial(refuse_leaks, store.index))


def feed_of(plan: FeedPlan, kind: Format) -> Feed:
    """Return a planned feed with its items, for a format."""
    channel = load_items(plan)
    return feed_of_items(channel, kind, items_of_records(channel))
