"""Convert selected records to one feed."""

from datetime import datetime

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.formats.channel_feed import feed_of_items
from feeds.formats.format import Format
from feeds.locations import Location
from feeds.model.selection import EVERYTHING_PUBLISHED, Selection
from feeds.planning.feeds import FeedPlan, channel_of_everything, load_items
from feeds.publish.conversion_rules import NOTHING_SELECTED, conversion_problem
from feeds.publish.record_losses import record_losses
from feeds.publish.render_files import table_content
from feeds.publish.secret_guard import refuse_leaks
from feeds.publish.write_output import write_output
from feeds.records.item_of_record import items_of_records
from feeds.store.open_store import HERE, Reading, open_store


def convert(
    config: Config,
    format_name: str,
    now: datetime,
    selection: Selection = EVERYTHING_PUBLISHED,
    output: Location | None = None,
    *,
    reading: Reading = HERE,
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the selected records as a feed in one format, and all problems; write it to `output` if given.

    Each kind of content that the format cannot represent is a problem too. Without a limit in the selection the feed
    holds everything. Raises CouldNotRunError as `build` does.
    """
    with open_store(config, now, reading) as store:
        records, kind = store.select(selection, now), FORMATS[format_name]
        plan = FeedPlan(channel_of_everything(store, config), records, len(records))
        content = _content(plan, kind, config)
        refuse_leaks(store.index, output.name if output else f"the {format_name} feed", content)
        if output:
            write_output(output, [content], kind.media_type, lambda: config)
        nothing = _nothing_selected(config) if selection != EVERYTHING_PUBLISHED and not records else ()
        return content, (*store.problems, *record_losses(plan, kind), *nothing)


def _nothing_selected(config: Config) -> tuple[Problem, ...]:
    return (conversion_problem(str(config.published_source), NOTHING_SELECTED, "no record is selected"),)


def _content(plan: FeedPlan, kind: Format, config: Config) -> bytes:
    if kind.role == "table":
        return b"".join(table_content(plan, config))
    channel = load_items(plan)
    return b"".join(kind.render(feed_of_items(channel, kind, items_of_records(channel))))
