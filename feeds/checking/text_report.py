"""Write problems as lines for people and editors."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.problem import Problem


def problem_line(problem: Problem) -> str:
    """Return a problem as `path:line:col: message [rule]`, always on one line."""
    severity = "" if problem.is_error else "warning: "
    remedy = f"; {problem.remedy}" if problem.remedy else ""
    place = f"{problem.path}:{problem.line}:{problem.column}"
    return printable(f"{place}: {severity}{problem.message}{remedy} [{problem.rule}]")


def count_line(problems: Sequence[Problem]) -> str:
    """Return how many errors and warnings there are, in words."""
    errors = sum(problem.is_error for problem in problems)
    return f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 error`, `2 errors`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def printable(text: str) -> str:
    """Return text that cannot steer a terminal: line breaks, escapes and the like are spelled out."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode("ascii") for char in text
    )
