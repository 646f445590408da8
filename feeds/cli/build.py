"""Define the options of `feeds build`."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from feeds.cli.building import run_build
from feeds.cli.options import BaseUrl, ConfigFile, Executor, FormatName, Jobs, NoCache, Source, selecting
from feeds.selection import Selection


@selecting
def build(
    *,
    source: Source = None,
    output: Annotated[str | None, typer.Option(help="Folder for the feeds, or its address.", metavar="FOLDER")] = None,
    base_url: BaseUrl = None,
    formats: Annotated[list[FormatName] | None, typer.Option("--format", help="Only this format; repeatable.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Publish nothing if a record has an error.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Write every configured feed in every format: the main job."""
    run_build(
        sys.argv[1:],
        source=source,
        output=output,
        base_url=base_url,
        formats=tuple(str(name) for name in formats or ()),
        strict=strict,
        dry_run=dry_run,
        use_cache=not no_cache,
        jobs=jobs,
        executor=executor,
        config_file=config_file,
        selection=selection,
        now=now,
    )
