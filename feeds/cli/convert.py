"""Run `feeds convert`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

import feeds
from feeds.cli.display import finish, show_problems, with_progress
from feeds.cli.options import BaseUrl, ConfigFile, Executor, FormatName, Jobs, NoCache, Preset, selecting
from feeds.cli.screen import warn, write
from feeds.cli.settings import config_warnings, configured, spread_over
from feeds.locations import place_of
from feeds.model.selection import Selection
from feeds.store.store import Reading


@selecting
def convert(
    *,
    source: Annotated[str, typer.Argument(help="Folder of records, or one record; or its address.")],
    to: Annotated[FormatName, typer.Option("--to", help="The format.")],
    output: Annotated[str | None, typer.Option("-o", "--output", help="Write to a file.", metavar="FILE")] = None,
    base_url: BaseUrl = None,
    preset: Preset = None,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Write one feed of what is selected to standard output, or to a file."""
    config = configured(config_file, use_cache=not no_cache, source=source, base_url=base_url, preset=preset)
    if to is not FormatName.CSV:
        for text in config_warnings(config):
            warn(text)
    place = place_of(output) if output else None
    content, problems = feeds.convert(
        config, str(to), now, selection, place, reading=Reading(spread_over(jobs, executor), with_progress)
    )
    show_problems(problems, config.source)
    if not output:
        write(content)
    finish(problems)
