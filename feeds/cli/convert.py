"""Run `feeds convert`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

import feeds
from feeds.cli.options import BaseUrl, ConfigFile, FormatName, Jobs, selecting
from feeds.cli.screen import finish, show_problems, write
from feeds.cli.settings import configured, processes, warn_of_preview
from feeds.selection import Selection


@selecting
def convert(
    *,
    source: Annotated[Path, typer.Argument(help="Folder of records, or one record.")],
    to: Annotated[FormatName, typer.Option("--to", help="The format.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.", metavar="FILE")] = None,
    base_url: BaseUrl = None,
    jobs: Jobs = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Write one feed of what is selected to standard output, or to a file."""
    config = configured(config_file, source=source, base_url=base_url)
    if to is not FormatName.CSV:
        warn_of_preview(config)
    content, problems = feeds.convert(config, str(to), now, selection, output, jobs=processes(jobs))
    show_problems(problems)
    if not output:
        write(content)
    finish(problems)
