"""Turn folders of records into feeds of items, guarded against leaks."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.formats.channel_feed import feed_of_items
from feeds.model.selection import Selection
from feeds.parsers import Parsed
from feeds.planning.feeds import FeedPlan, channel_of_everything, load_items
from feeds.publish.inputs import FeedInput
from feeds.publish.record_losses import record_losses
from feeds.publish.secret_guard import refuse_leaks
from feeds.records.item_of_record import items_of_records
from feeds.store.open_store import HERE, Reading, open_store
from feeds.store.record_store import RecordStore

T = TypeVar("T")


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


def with_records(
    configs: Sequence[Config],
    request: RecordsRequest,
    use: Callable[[Sequence[RecordsFeed]], T],
    found: Sequence[RecordsFeed] = (),
) -> T:
    """Return the result of `use` on the feeds of folders, called while their stores are open to guard it."""
    if not configs:
        return use(found)
    config, *others = configs

    with open_store(config, request.now, request.reading) as store:
        return with_records(others, request, use, [*found, _feed_of(store, config, request)])


def _feed_of(store: RecordStore, config: Config, request: RecordsRequest) -> RecordsFeed:
    records = store.select(request.selection, request.now)
    plan = FeedPlan(channel_of_everything(store, config), records, len(records))
    channel = load_items(plan)
    feed = feed_of_items(channel, FORMATS[request.format_name or "atom"], items_of_records(channel))
    lost = tuple(record_losses(plan, FORMATS[request.format_name])) if request.format_name else ()

    def refuse(name: str, content: bytes) -> None:
        refuse_leaks(store.index, name, content)

    read = FeedInput(str(config.published_source), b"", Parsed(feed, format="records"), lost=lost)
    return RecordsFeed(read, store.problems, refuse)
