"""Check records, mend them if that is wanted, and report what is wrong."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import feeds
from feeds.checking.reports.report import Report, Style, counts_of
from feeds.cli.display import finish, show_counts, show_report, terminal
from feeds.cli.screen import FOUND_PROBLEMS, leave, warn, write
from feeds.cli.settings import configured, spread_over
from feeds.problem import CouldNotRun, Problem
from feeds.text import counted

if TYPE_CHECKING:
    from feeds.config import Config

AskedStyle = Literal["auto", "text", "json", "github", "sarif"]
Mending = Literal["none", "fix", "diff"]


def run_validation(
    paths: Sequence[Path],
    *,
    schema: Path | None = None,
    config_file: Path | None = None,
    in_source: bool = False,
    mending: Mending = "none",
    style: AskedStyle = "auto",
    quiet: bool = False,
    max_problems: int | None = None,
    now: datetime | None = None,
    jobs: int | None = None,
    executor: str | None = None,
) -> None:
    """Do what `feeds validate` is asked to, and exit."""
    config = configured(config_file, schema=schema)
    given = list(paths) or [config.source]
    if in_source:
        given = _records_of_source(given, config)
    if mending == "diff":
        _show_patches(given, config)
    if mending == "fix":
        _fix(given, config)
    among = config.source if _inside(given, config.source) else None
    due = now or datetime.now(UTC)
    problems = feeds.validate(*given, config=config, among=among, now=due, spread=spread_over(jobs, executor))
    _report(problems, _style(style), quiet=quiet, max_problems=max_problems)
    finish(problems)


def _records_of_source(given: Sequence[Path], config: Config) -> list[Path]:
    """Return the given paths that a build would read: in the source, not hidden, not in the output."""
    if not config.source.is_dir():
        raise CouldNotRun(f"{config.source}: there is no such folder; set source in feeds.toml")
    whole, output = config.source.resolve(), config.output.resolve()
    inside = [(path, path.resolve()) for path in _inside(given, whole)]
    return [
        path
        for path, real in inside
        if output not in real.parents and not any(part.startswith(".") for part in real.relative_to(whole).parts)
    ]


def _inside(given: Sequence[Path], source: Path) -> list[Path]:
    """Return the given paths that lie in the source."""
    whole = source.resolve()
    return [path for path in given if path.resolve().is_relative_to(whole)]


def _report(problems: list[Problem], style: Style, *, quiet: bool, max_problems: int | None) -> None:
    wanted = [problem for problem in problems if problem.is_error or not quiet]
    show_report(Report(wanted[:max_problems], counts_of(problems), terminal()), style)
    if max_problems and len(wanted) > max_problems:
        warn(f"{counted(len(wanted) - max_problems, 'more problem')} left out")
    if not quiet:
        show_counts(problems)


def _style(asked: AskedStyle) -> Style:
    if asked == "auto":
        return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    return asked


def _fix(given: Sequence[Path], config: Config) -> None:
    from feeds.checking.mending.mend import mend_files  # noqa: PLC0415 - a hook that only checks need not load it
    from feeds.publishing.output import replace_file  # noqa: PLC0415 - the same

    files = mended = 0
    for file in mend_files(given, config):
        if file.path.read_bytes() != file.old:
            raise CouldNotRun(f"{file.path}: the file changed while it was mended; run again")
        replace_file(file.path.resolve(), [file.new])
        files, mended = files + 1, mended + file.count
    if files:
        warn(f"mended {counted(mended, 'problem')} in {counted(files, 'file')}")


def _show_patches(given: Sequence[Path], config: Config) -> None:
    from feeds.checking.mending.mend import mend_files  # noqa: PLC0415 - a hook that only checks need not load it
    from feeds.checking.mending.patch import patch_of  # noqa: PLC0415 - the same

    files = mended = 0
    for file in mend_files(given, config):
        write(b"".join(patch_of(file.path.as_posix(), file.old, file.new)))
        files, mended = files + 1, mended + file.count
    warn(f"--fix would mend {counted(mended, 'problem')} in {counted(files, 'file')}")
    leave(FOUND_PROBLEMS if files else 0)
