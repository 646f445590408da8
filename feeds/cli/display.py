"""Show problems and reports."""

import os
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import filterfalse
from operator import attrgetter
from typing import Literal, NoReturn

from feeds.cli.screen import FOUND_PROBLEMS, event, exit_with, is_json_log, is_quiet, print_line, warn, warning
from feeds.diagnostics.problem import Problem
from feeds.diagnostics.report import Report, Style, Terminal, counts_of, render
from feeds.diagnostics.rules import RULES, Rule
from feeds.diagnostics.text_report import count_line, is_summarized, problem_line, summary_lines
from feeds.locations import Location
from feeds.text import counted

_NARROWEST, _WIDEST = 40, 120

AskedStyle = Literal["auto", "text", "json", "github", "sarif"]


def print_problems(problems: Sequence[Problem], source: Location) -> None:
    """Print the errors and warnings of a source, and their count, on stderr."""
    for line in problem_lines(problems, source):
        print_line(line, sys.stderr)


def problem_lines(problems: Sequence[Problem], source: Location, others: Sequence[Problem] = ()) -> list[str]:
    """Return lines for the problems of a source, for other problems, and for their count.

    Each error has a line, warnings have one per rule, and infos have none.
    """
    shown = [problem for problem in (*problems, *others) if problem.severity != "info"]
    if is_json_log():
        from feeds.diagnostics.json_report import entry_of  # noqa: PLC0415 - few runs are read by machines

        return [event("problem", **entry_of(problem)) for problem in shown]
    lines = [problem_line(problem) for problem in shown if problem.is_error]
    if is_quiet() or not shown:
        return lines
    lines += _by_rule(problems, f"; feeds validate {source} lists them")
    lines += _by_rule(others, "")
    return [*lines, warning(count_line(shown))]


def left_out(problems: Sequence[Problem]) -> str:
    """Return the end of a summary about files that are left out because of errors."""
    files = {problem.path for problem in problems if problem.is_error}
    return f"; {counted(len(files), 'file')} left out because of errors" if files else ""


def _by_rule(problems: Sequence[Problem], advice: str) -> Iterator[str]:
    """Yield the first warning of each rule, with the number of others."""
    rule_of = attrgetter("rule")
    warnings = [problem for problem in problems if problem.severity == "warning"]
    yield from summary_lines(filter(is_summarized, warnings))
    yield from summary_lines(sorted(filterfalse(is_summarized, warnings), key=rule_of), rule_of, advice)


def print_statistics(problems: Sequence[Problem]) -> None:
    """Print the number of problems per rule, the largest first."""
    counts = Counter((problem.rule, problem.severity) for problem in problems)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    width = len(str(rows[0][1])) if rows else 0
    for (rule, severity), count in rows:
        summary = RULES[rule].summary if rule in RULES else ""
        print_line(f"{count:>{width}}  {rule} ({severity}): {summary}", sys.stdout)


def print_report(
    problems: Sequence[Problem],
    style: AskedStyle,
    *,
    quiet: bool,
    max_problems: int | None = None,
    rules: Mapping[str, Rule] = RULES,
    secret: Sequence[str] = (),
) -> None:
    """Print problems on stdout and their count on stderr, without the values of secret keys."""
    wanted = [problem for problem in problems if problem.is_error or not quiet]
    report = Report(wanted[:max_problems], counts_of(problems), terminal(secret), rules)
    for line in render(style_of(style), report):
        print_line(line, sys.stdout)
    if max_problems and len(wanted) > max_problems:
        warn(f"{counted(len(wanted) - max_problems, 'more problem')} left out")
    if problems and not quiet:
        warn(count_line(problems))


def style_of(asked: AskedStyle) -> Style:
    """Return the requested style; `auto` is github in a GitHub workflow, else text."""
    if asked == "auto":
        return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    return asked


def terminal(secret: Sequence[str]) -> Terminal | None:
    """Return the terminal at stdout, or None if stdout is not a terminal.

    It shows lines of files without the values of secret keys.
    """
    if not sys.stdout or not sys.stdout.isatty():  # there is none where a program is started without it
        return None
    import shutil  # noqa: PLC0415 - a hook has no terminal

    columns = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    # https://no-color.org: set to anything but nothing.
    has_colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Terminal(partial(read_lines, secret), columns, has_colour)


def exit_with_status_of(problems: Sequence[Problem]) -> NoReturn:
    """Exit with the status of the problems."""
    exit_with(status_of(problems))


def status_of(problems: Sequence[Problem]) -> int:
    """Return the exit status: 1 if any problem is an error, else 0."""
    return FOUND_PROBLEMS if any(problem.is_error for problem in problems) else 0


def read_lines(secret: Collection[str], path: str) -> list[str]:
    """Return the lines of a file without byte order mark and values of secret keys; none if it cannot be read."""
    from feeds.diagnostics.positions import lines_of  # noqa: PLC0415 - lines are shown on terminals only
    from feeds.sources.files import read_bytes  # noqa: PLC0415 - the same
    from feeds.validation.redaction import masked_text  # noqa: PLC0415 - the same

    content = read_bytes(path)
    return [] if isinstance(content, Problem) else lines_of(masked_text(path, content, secret))
