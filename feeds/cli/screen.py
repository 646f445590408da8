"""Print and exit; nothing else may."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

import typer

from feeds.checking.text_report import count_line, printable, problem_line
from feeds.problem import Problem

if TYPE_CHECKING:
    from feeds.checking.examination import Examined

FOUND_PROBLEMS = 1
COULD_NOT_RUN = 3
_WORTH_A_BAR = 300


def say(text: str) -> None:
    """Print a line of the result."""
    typer.echo(printable(text))


def warn(text: str) -> None:
    """Print a line that is not part of the result."""
    typer.echo(printable(f"feeds: {text}"), err=True)


def write(content: bytes) -> None:
    """Write a result as it is."""
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def show_problems(problems: Sequence[Problem], *, is_result: bool = False) -> None:
    """Print problems and their count; as the result itself, or, without mere infos, beside it."""
    problems = [problem for problem in problems if is_result or problem.severity != "info"]
    for problem in problems:
        typer.echo(problem_line(problem), err=not is_result)
    if problems:
        typer.echo(f"feeds: {count_line(problems)}", err=True)


def finish(problems: Sequence[Problem]) -> NoReturn:
    """Exit with what the problems deserve; warnings alone deserve nothing."""
    raise typer.Exit(FOUND_PROBLEMS if any(problem.is_error for problem in problems) else 0)


def give_up(reason: str) -> NoReturn:
    """Say why nothing could be done, and exit."""
    warn(reason)
    sys.exit(COULD_NOT_RUN)


def with_progress(examined: Iterable[Examined], total: int) -> Iterable[Examined]:
    """Yield what is examined, with a bar on a terminal when there is much of it."""
    if total <= _WORTH_A_BAR or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from examined
        return
    with typer.progressbar(examined, length=total, label="Reading", file=sys.stderr) as bar:
        yield from bar


def make_output_safe() -> None:
    """Let no character of a path or a message fail to print, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
