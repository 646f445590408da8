"""Print and exit; nothing else may."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn, TextIO

from feeds.checking.reports.report import Report, Style, Terminal, render
from feeds.checking.reports.text_report import count_line, printable, problem_line
from feeds.problem import Problem

if TYPE_CHECKING:
    from feeds.checking.examination import Examined

FOUND_PROBLEMS = 1
COULD_NOT_RUN = 3
_WORTH_A_BAR = 300
_NARROWEST, _WIDEST = 40, 120


def say(text: str) -> None:
    """Print a line of the result."""
    _print(printable(text), sys.stdout)


def warn(text: str) -> None:
    """Print a line that is not part of the result."""
    _print(printable(f"feeds: {text}"), sys.stderr)


def write(content: bytes) -> None:
    """Write a result as it is."""
    if sys.stdout:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def show_problems(problems: Sequence[Problem]) -> None:
    """Print problems, mere infos left out, and their count beside the result."""
    problems = [problem for problem in problems if problem.severity != "info"]
    for problem in problems:
        _print(problem_line(problem), sys.stderr)
    show_counts(problems)


def show_counts(problems: Sequence[Problem]) -> None:
    """Print how many problems there are, if there are any, beside the result."""
    if problems:
        warn(count_line(problems))


def show_report(report: Report, style: Style) -> None:
    """Print a report, if it has anything to say, as the result itself."""
    for line in render(style, report):
        _print(line, sys.stdout)


def terminal() -> Terminal | None:
    """Return what the terminal that standard output is can show, or nothing when it is none."""
    if not sys.stdout or not sys.stdout.isatty():  # there is none where a program is started without it
        return None
    columns = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    # https://no-color.org: set to anything but nothing.
    has_colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Terminal(_lines_of, columns, has_colour)


def finish(problems: Sequence[Problem]) -> NoReturn:
    """Exit with what the problems deserve; warnings alone deserve nothing."""
    leave(FOUND_PROBLEMS if any(problem.is_error for problem in problems) else 0)


def give_up(reason: str) -> NoReturn:
    """Say why nothing could be done, and exit."""
    warn(reason)
    leave(COULD_NOT_RUN)


def leave(status: int) -> NoReturn:
    """Exit, once everything printed is on its way."""
    flush()
    sys.exit(status)


def leave_quietly() -> NoReturn:
    """Exit when nobody reads standard output any longer."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter would complain of what is left to write
    sys.exit(FOUND_PROBLEMS)


def flush() -> None:
    """Send what was printed on its way; a full disk or a closed pipe shows here."""
    if sys.stdout:
        sys.stdout.flush()


def with_progress(examined: Iterable[Examined], total: int) -> Iterable[Examined]:
    """Yield what is examined, with a bar on a terminal when there is much of it."""
    if total <= _WORTH_A_BAR or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from examined
        return
    import typer  # noqa: PLC0415 - only a bar needs it here

    with typer.progressbar(examined, length=total, label="Reading", file=sys.stderr) as bar:
        yield from bar


def make_output_safe() -> None:
    """Let no character of a path or a message fail to print, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _print(line: str, stream: TextIO | None) -> None:
    if stream:  # there is none where a program is started without it
        stream.write(f"{line}\n")


def _lines_of(path: str) -> list[str]:
    from feeds.checking.reports.excerpt import read_lines  # noqa: PLC0415 - its tables of widths are for terminals only

    return read_lines(path)
