"""Define the options of `feeds build`."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from feeds.cli.options import (
    BaseUrl,
    ConfigFile,
    Executor,
    FormatName,
    Jobs,
    LogFormat,
    NoCache,
    Preset,
    RunReport,
    Source,
    selecting,
)
from feeds.cli.run_build import BuildOptions, run_build
from feeds.model.selection import Selection


@selecting
def build(
    *,
    source: Source = None,
    output: Annotated[str | None, typer.Option(help="Folder for the feeds, or its address.", metavar="FOLDER")] = None,
    base_url: BaseUrl = None,
    preset: Preset = None,
    formats: Annotated[
        list[FormatName] | None,
        typer.Option("--format", help="Only this format: rss, atom, json, csv or html; repeatable.", metavar="FORMAT"),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Publish nothing if a record has an error.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which files would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Only say what would change, item by item.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Publish even if a feed loses most of its items.")] = False,
    report: RunReport = None,
    log_format: LogFormat = "text",
    no_cache: NoCache = False,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Write every configured feed in every format: the main job.

    Example: feeds build news --base-url https://example.org/feeds/
    """
    run_build(
        BuildOptions(
            sys.argv[1:],
            source=source,
            output=output,
            base_url=base_url,
            preset=preset,
            formats=tuple(str(name) for name in formats or ()),
            strict=strict,
            dry_run="items" if diff else "files" if dry_run else "none",
            force=force,
            use_cache=not no_cache,
            jobs=jobs,
            executor=executor,
            config_file=config_file,
            report=report,
            log_format=log_format,
            selection=selection,
            now=now,
        )
    )
