"""Reports of problems, and their styles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Literal, NamedTuple

from feeds.diagnostics.problem import Problem
from feeds.diagnostics.rules import RULES, SEVERITIES, Rule, Severity

Style = Literal["text", "json", "github", "sarif"]
Counts = Mapping[Severity, int]


class Terminal(NamedTuple):
    """A terminal: a function that reads the lines of a file for excerpts, its columns, and whether it has colours."""

    lines_of: Callable[[str], Sequence[str]]
    columns: int
    has_colour: bool = False


class Report(NamedTuple):
    """The problems to print, the counts of all problems by severity, and the terminal, if stdout is one.

    `rules` has the rules of the problems by name.
    """

    problems: Sequence[Problem]
    counts: Counts
    terminal: Terminal | None = None
    rules: Mapping[str, Rule] = RULES


def render(style: Style, report: Report) -> Iterator[str]:
    """Return the lines of a report in a style; its module is imported only now."""
    lines: Iterator[str] = import_module(f"feeds.diagnostics.{style}_report").render(report)
    return lines


def counts_of(problems: Iterable[Problem]) -> Counts:
    """Count problems by severity."""
    counts = Counter(problem.severity for problem in problems)
    return {severity: counts[severity] for severity in SEVERITIES}
