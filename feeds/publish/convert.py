"""Make one feed of what is selected."""

from __future__ import annotations

from datetime import datetime

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.formats.item_of_record import feed_of_records
from feeds.locations import Place
from feeds.model.selection import EVERYTHING_PUBLISHED, Selection
from feeds.planning.feeds import FeedPlan, head_of_everything
from feeds.publish.rendering import Rendering, loaded
from feeds.publish.secret_guard import refuse_leaks
from feeds.publish.write_output import write_output
from feeds.store.store import HERE, Reading, RecordStore, with_store


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

    def use(store: RecordStore) -> tuple[bytes, tuple[Problem, ...]]:
        everything = store.queries.choose(selection, now)
        plan = FeedPlan(head_of_everything(store.queries, config), everything, len(everything))
        kind = FORMATS[format_name]
        rendering = Rendering(plan, config)
        is_table = kind.role == "table"
        parts = rendering.table() if is_table else kind.render(feed_of_records(loaded(plan), kind))
        content = b"".join(parts)
        refuse_leaks(store.index, output.name if output else f"the {format_name} feed", content)
        if output:
            write_output(output, content, kind.media_type, lambda: config)
        return content, store.problems

    return with_store(config, use, now, reading)
