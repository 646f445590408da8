"""Write problems as lines for people and editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from feeds.problem import Problem


def problem_line(problem: Problem) -> str:
    """Return a problem as `path:line:col: message [rule]`, always on one line."""
    severity = "" if problem.is_error else f"{problem.severity}: "
    remedy = f"; {problem.remedy}" if problem.remedy else ""
    place = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    return printable(f"{place}: {severity}{problem.message}{remedy} [{problem.rule}]")


def count_line(problems: Sequence[Problem]) -> str:
    """Return how many errors and warnings there are, in words, and how many infos if there are any."""
    counts = Counter(problem.severity for problem in problems)
    infos = f", {counted(counts['info'], 'info')}" if counts["info"] else ""
    return f"{counted(counts['error'], 'error')}, {counted(counts['warning'], 'warning')}{infos}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 error`, `2 errors`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def printable(text: str) -> str:
    """Return text that cannot steer a terminal: line breaks, escapes and the like are spelled out."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode("ascii") for char in text
    )
