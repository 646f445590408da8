"""Render reports as lines for people and editors."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from feeds.diagnostics.hidden_values import is_hidden
from feeds.diagnostics.problem import Problem
from feeds.diagnostics.report import Report, Terminal, counts_of
from feeds.diagnostics.rules import RULES, Severity
from feeds.diagnostics.wording import name_of
from feeds.text import counted, printable

Paint = Callable[[str, str], str]  # text and the parameters of the SGR sequence (ECMA-48, section 8.3.117)

_BOLD = "1"
_COLOURS: dict[Severity, str] = {"error": "31", "warning": "33", "info": "36"}
_INDENT = "    "
_LOSS = "lost"  # a rule whose name says more than its severity


def _painted(text: str, parameters: str) -> str:
    return f"\x1b[{parameters}m{text}\x1b[0m"


def _unpainted(text: str, parameters: str) -> str:  # noqa: ARG001 - shape of a paint
    return text


def render(report: Report) -> Iterator[str]:
    """Yield a line for each problem, on a terminal with an excerpt; last, the summarized problems."""
    alone = [problem for problem in report.problems if not is_summarized(problem)]
    yield from _with_excerpts(alone, report.terminal) if report.terminal else map(problem_line, alone)
    yield from summary_lines(problem for problem in report.problems if is_summarized(problem))


def is_summarized(problem: Problem) -> bool:
    """Return whether a problem is shown once for all files that have it."""
    return not problem.is_error and problem.rule in RULES and RULES[problem.rule].is_summarized


def _say_alike(problem: Problem) -> tuple[str, str]:
    """Return what problems share that one line says: those of keys need not name the same key."""
    return problem.rule, problem.remedy if problem.route else problem.message


def summary_lines(
    problems: Iterable[Problem], alike: Callable[[Problem], object] = _say_alike, advice: str = ""
) -> Iterator[str]:
    """Yield the first of the problems that are alike, with the number of others, their keys, and advice on them."""
    groups: dict[object, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(alike(problem), []).append(problem)
    for first, *others in groups.values():
        more = f" and {len(others)} more{_other_keys(first, others)}{advice}" if others else ""
        yield f"{problem_line(first)}{printable(more)}"


def _other_keys(first: Problem, others: Sequence[Problem]) -> str:
    """Return the keys of summarized problems, besides that of the first."""
    names = dict.fromkeys(name_of(other.route) for other in others if is_summarized(other) and other.route)
    names.pop(name_of(first.route), None)
    return f": {', '.join(names)}" if names else ""


def problem_line(problem: Problem, paint: Paint = _unpainted) -> str:
    """Return a problem on one line: `path:line:col: message [rule]`."""
    path = paint(printable(problem.path), _BOLD)
    is_plain = problem.is_error or problem.rule == _LOSS
    severity = "" if is_plain else f"{paint(problem.severity, _COLOURS[problem.severity])}: "
    said = printable(f"{sentence(problem)} [{problem.rule}]")
    return f"{path}:{problem.span.line}:{problem.span.column}: {severity}{said}"


def sentence(problem: Problem) -> str:
    """Return the message and the remedy."""
    return f"{problem.message}; {problem.remedy}" if problem.remedy else problem.message


def count_line(problems: Sequence[Problem]) -> str:
    """Return the number of errors and warnings, and of infos if there are any, in words."""
    counts = counts_of(problems)
    infos = f", {counted(counts['info'], 'info')}" if counts["info"] else ""
    return f"{counted(counts['error'], 'error')}, {counted(counts['warning'], 'warning')}{infos}"


def _with_excerpts(problems: Iterable[Problem], terminal: Terminal) -> Iterator[str]:
    from feeds.diagnostics.excerpt import marked_line  # noqa: PLC0415 - its tables of widths are for terminals only

    paint = _painted if terminal.has_colour else _unpainted
    for path, group in groupby(problems, lambda problem: problem.path):
        lines = terminal.lines_of(path)
        for problem in group:
            yield problem_line(problem, paint)
            if problem.span.line <= len(lines) and not is_hidden(problem):
                room = terminal.columns - len(_INDENT)
                line, column, width = marked_line(lines[problem.span.line - 1], problem.span, room)
                yield f"{_INDENT}{line}"
                yield f"{_INDENT}{' ' * column}{paint('^' * width, _COLOURS[problem.severity])}"
