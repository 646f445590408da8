"""Run `feeds health`."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from feeds.cli.display import exit_with_status_of, print_problems
from feeds.cli.kept_files import refuse_place
from feeds.cli.options import parse_file, takes
from feeds.cli.record_options import ALL_RECORDS, RecordOptions
from feeds.cli.screen import note
from feeds.health.collect import collect_health
from feeds.health.page import render_health
from feeds.publish.files.atomic_write import write_file
from feeds.publish.secret_guard import refuse_leaks
from feeds.store.open_store import open_store


class HealthOptions(NamedTuple):
    """The options of `feeds health`."""

    source: str | None = None
    report: Path = Path("health.html")
    records: RecordOptions = ALL_RECORDS


@takes(
    HealthOptions,
    report=Annotated[Path, typer.Option("--report", "-o", parser=parse_file, help="Page to write.", metavar="FILE")],
)
def health(options: HealthOptions) -> None:
    """Write a page on the health of feeds.

    It shows how often items come, file sizes, what items lack, topics without a feed, and problems by rule.

    Example: feeds health news --report health.html
    """
    config, now, report = options.records.config(source=options.source), options.records.instant, options.report
    refuse_place(report, config, options.records.config_file)

    with open_store(config, now, options.records.reading) as store:
        page = render_health(collect_health(store, config, options.records.selection, now))
        problems = store.problems
        refuse_leaks(store.index, str(report), page)
    write_file(report, [page])
    print_problems(problems, config.published_source)
    note(f"wrote {report}")
    exit_with_status_of(problems)
