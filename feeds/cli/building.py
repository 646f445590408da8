"""Build feeds, say what changed, and remember the run in case the next one finds everything as it is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import feeds
from feeds.cli.display import finish, problem_lines, status_of, with_progress
from feeds.cli.replay import Answer, remember
from feeds.cli.screen import print_line, say, warning
from feeds.cli.settings import configured, preview_warnings, spread_over
from feeds.config import CONFIG_FILES
from feeds.instant import format_rfc3339
from feeds.publishing.building import Built
from feeds.publishing.index.identity import program_files
from feeds.publishing.stock import Reading
from feeds.selection import EVERYTHING_PUBLISHED, Selection
from feeds.text import counted, printable


def run_build(
    words: Sequence[str],
    *,
    source: str | None = None,
    output: str | None = None,
    base_url: str | None = None,
    formats: tuple[str, ...] = (),
    strict: bool = False,
    dry_run: bool = False,
    use_cache: bool = True,
    jobs: int | None = None,
    executor: str | None = None,
    config_file: Path | None = None,
    selection: Selection = EVERYTHING_PUBLISHED,
    now: datetime | None = None,
) -> None:
    """Do what `feeds build` is asked to by the words of the command line, and exit."""
    config = configured(
        config_file, use_cache=use_cache, source=source, output=output, base_url=base_url, formats=formats
    )
    due = now or datetime.now(UTC)
    reading = Reading(spread_over(jobs, executor), with_progress)
    built = feeds.build(config, due, selection, strict=strict, dry_run=dry_run, reading=reading)
    beside = [*map(warning, preview_warnings(config)), *problem_lines(built.problems), *map(warning, built.warnings)]
    for line in beside:
        print_line(line, sys.stderr)
    for line in _changes(built, dry_run=dry_run):
        say(line)
    if not dry_run and not any(word.startswith("--now") for word in words):
        _remember(words, built, beside, config_file, due)
    finish(built.problems)


def _changes(built: Built, *, dry_run: bool) -> list[str]:
    changed = [file for file in built.files if file.has_changed]
    verb = "would write" if dry_run else "wrote"
    lines = [f"{verb} {file.path.as_posix()} ({counted(file.items, 'item')})" for file in changed]
    if built.files:
        lines.append(f"{counted(len(changed), 'file')} changed, {len(built.files) - len(changed)} unchanged")
    else:
        lines.append("nothing published: there are errors, and --strict was given")
    if built.next_due:
        lines.append(f"next scheduled record: {format_rfc3339(built.next_due)}")
    return lines


def _remember(words: Sequence[str], built: Built, beside: list[str], config_file: Path | None, now: datetime) -> None:
    """Remember what the run would say if it found everything as it is now."""
    if not built.origin.clock:
        return
    same = replace(built, files=tuple(replace(file, has_changed=False) for file in built.files))
    result = [printable(line) for line in _changes(same, dry_run=False)]
    until = _nanoseconds(built.next_due) if built.next_due else sys.maxsize
    answer = Answer(result, beside, status_of(built.problems), _nanoseconds(now), until)
    configuration = [str(config_file)] if config_file else list(CONFIG_FILES)
    read = [*configuration, *program_files(), *built.origin.paths]
    with suppress(OSError):  # it costs the next run time, and nothing else
        remember(words, answer, read, [str(file.path) for file in built.files], built.origin.clock)


def _nanoseconds(instant: datetime) -> int:
    return int(instant.timestamp()) * 1_000_000_000
