"""Run `feeds build`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import feeds
from feeds.cli.options import BaseUrl, ConfigFile, FormatName, Jobs, Source, selecting
from feeds.cli.screen import finish, say, show_problems, warn, with_progress
from feeds.cli.settings import configured, processes, warn_of_preview
from feeds.instant import format_rfc3339
from feeds.selection import Selection
from feeds.text import counted

if TYPE_CHECKING:
    from feeds.publishing.building import Built


@selecting
def build(
    *,
    source: Source = None,
    output: Annotated[Path | None, typer.Option(help="Folder for the feeds.", metavar="FOLDER")] = None,
    base_url: BaseUrl = None,
    formats: Annotated[list[FormatName] | None, typer.Option("--format", help="Only this format; repeatable.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Publish nothing if a record has an error.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    jobs: Jobs = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Write every configured feed in every format: the main job."""
    config = configured(
        config_file, source=source, output=output, base_url=base_url, formats=tuple(str(name) for name in formats or ())
    )
    warn_of_preview(config)
    built = feeds.build(
        config, now, selection, strict=strict, dry_run=dry_run, jobs=processes(jobs), track=with_progress
    )
    show_problems(built.problems)
    for warning in built.warnings:
        warn(warning)
    _summarise(built, dry_run=dry_run)
    finish(built.problems)


def _summarise(built: Built, *, dry_run: bool) -> None:
    changed = [file for file in built.files if file.has_changed]
    for file in changed:
        say(f"{'would write' if dry_run else 'wrote'} {file.path.as_posix()} ({counted(file.items, 'item')})")
    if not built.files:
        say("nothing published: there are errors, and --strict was given")
    else:
        say(f"{counted(len(changed), 'file')} changed, {len(built.files) - len(changed)} unchanged")
    if built.next_due:
        say(f"next scheduled record: {format_rfc3339(built.next_due)}")
