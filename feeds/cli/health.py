"""Run `feeds health`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.display import finish, show_problems, with_progress
from feeds.cli.options import ConfigFile, Executor, Jobs, NoCache, Preset, Source, parse_file, selecting
from feeds.cli.screen import note
from feeds.cli.settings import configured, executor_for
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.health.collect import collect_health
from feeds.health.page import render_health
from feeds.locations import lies_in, resolved
from feeds.model.selection import Selection
from feeds.publish.atomic_write import remove_left_behind, replace_file
from feeds.publish.secret_guard import refuse_leaks
from feeds.sources.files import SUFFIXES
from feeds.store.open_store import Reading, open_store


@selecting
def health(
    *,
    source: Source = None,
    report: Annotated[
        Path,
        typer.Option("--report", "-o", parser=parse_file, help="Page to write.", metavar="FILE"),
    ] = Path("health.html"),
    no_cache: NoCache = False,
    preset: Preset = None,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Write a page for curators.

    It shows items and rhythm, sizes, what items lack, topics without a feed, and problems by rule.

    Example: feeds health news --report health.html
    """
    config = configured(config_file, use_cache=not no_cache, source=source, preset=preset)
    refuse_among_records(report, config)

    with open_store(config, now, Reading(executor_for(jobs, executor), with_progress)) as store:
        page, problems = render_health(collect_health(store, config, selection, now)), store.problems
        refuse_leaks(store.index, str(report), page)
    remove_left_behind(report)
    replace_file(report, [page])
    show_problems(problems, config.source)
    note(f"wrote {report}")
    finish(problems)


def refuse_among_records(path: Path, config: Config) -> None:
    """Raise CouldNotRunError when a page would be taken for a record by the next run, or be written over one."""
    looks_like_one = path.name.lower().endswith(SUFFIXES) and not path.name.startswith(".")
    if looks_like_one and lies_in(resolved(path), resolved(config.source)) and not _is_left_out(path, config):
        raise CouldNotRunError(f"{path}: in {config.source} it would be taken for a record; name a file elsewhere")


def _is_left_out(path: Path, config: Config) -> bool:
    """Return whether a file lies in the output, where that is a folder of the source and so is not searched."""
    source, output = resolved(config.source), resolved(config.output)
    return output != source and lies_in(output, source) and lies_in(resolved(path), output)
