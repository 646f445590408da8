"""Make one feed of what is selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.formats.channel_feed import feed_of_items
from feeds.locations import Address, Place
from feeds.model.selection import EVERYTHING_PUBLISHED, Selection
from feeds.planning.feeds import FeedPlan, channel_of_everything, load_items
from feeds.publish.atomic_write import differs, remove_left_behind, replace_file
from feeds.publish.render_files import table_content
from feeds.publish.secret_guard import refuse_leaks
from feeds.publish.transaction import open_dry_run
from feeds.records.item_of_record import items_of_records
from feeds.store.open_store import HERE, Reading, open_store
from feeds.store.record_store import RecordStore


def convert(
    config: Config,
    format_name: str,
    now: datetime,
    selection: Selection = EVERYTHING_PUBLISHED,
    output: Place | None = None,
    *,
    reading: Reading = HERE,
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return one feed of what a selection wants, in one format, and the problems; write it to `output` if given.

    Without a limit in the selection the feed holds everything. Raises CouldNotRunError as `build` does.
    """
    with open_store(config, now, reading) as store:
        content = _content(store, config, format_name, selection, now)
        refuse_leaks(store.index, output.name if output else f"the {format_name} feed", content)
        if output:
            _write(output, content, FORMATS[format_name].media_type, config)
        return content, store.problems


def _content(store: RecordStore, config: Config, format_name: str, selection: Selection, now: datetime) -> bytes:
    records, kind = store.select(selection, now), FORMATS[format_name]
    plan = FeedPlan(channel_of_everything(store, config), records, len(records))
    if kind.role == "table":
        return b"".join(table_content(plan, config))
    channel = load_items(plan)
    return b"".join(kind.render(feed_of_items(channel, kind, items_of_records(channel))))


def _write(output: Place, content: bytes, media_type: str, config: Config) -> None:
    if isinstance(output, Address):
        _put(output, content, media_type, config)
        return
    remove_left_behind(output)
    if differs(output, [content]):
        replace_file(output, [content])


def _put(output: Address, content: bytes, media_type: str, config: Config) -> None:
    with open_dry_run(replace(config, output=output.parent)) as transaction:
        transaction.stage(output.name, [content], media_type)
        if not transaction.is_as_published(output.name):
            transaction.put_in_place(output.name)
