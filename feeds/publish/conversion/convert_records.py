"""Convert selected records to one feed."""

from datetime import datetime

from feeds.config.readers import refuse_invalid
from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.locations import Location
from feeds.model.selection import EVERYTHING_PUBLISHED, Selection
from feeds.planning.feeds import plan_of_everything
from feeds.publish.conversion.conversion_rules import NOTHING_SELECTED, conversion_problem
from feeds.publish.conversion.record_losses import record_losses
from feeds.publish.conversion.records_feed import feed_of
from feeds.publish.output.write_output import write_output
from feeds.publish.render_files import table_content
from feeds.publish.secret_guard import refuse_leaks
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
    refuse_invalid(config, now, selection.since, selection.until)
    with open_store(config, now, reading) as store:
        plan, kind = plan_of_everything(store, config, selection, now), FORMATS[format_name]
        is_table = kind.role == "table"
        content = b"".join(table_content(plan, config) if is_table else kind.render(feed_of(plan, kind)))
        refuse_leaks(store.index, output.name if output else f"the {format_name} feed", content)
        if output:
            write_output(output, [content], kind.media_type, lambda: config)
        problems = [*store.problems, *record_losses(plan, kind)]
        if selection != EVERYTHING_PUBLISHED and not plan.records:
            source = str(config.published_source)
            problems.append(conversion_problem(source, NOTHING_SELECTED, "no record is selected"))
        return content, tuple(problems)
