"""Make a mistake in a file an ordered value instead of an exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from feeds.diagnostics.rules import RULES, Severity

Route = tuple[str | int, ...]


class Span(NamedTuple):
    """Name a place in a file: lines and columns count characters from 1; the end is behind the last character."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def moved(self, line: int, column: int) -> Span:
        """Return the same place in a text in which this one's text begins at a line and column."""
        start = _moved(self.line, self.column, line, column)
        return Span(*start, *_moved(self.end_line, self.end_column, line, column))


START = Span()


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Name one mistake and its place.

    `rule` is a kebab-case name; `remedy` says how to mend it; `route` leads to the value in the front matter, if
    it is one. An error holds the record back; a warning or an info lets it pass.
    """

    path: str
    span: Span
    rule: str
    message: str
    remedy: str = ""
    severity: Severity = "error"
    route: Route = field(default=(), compare=False)

    @property
    def is_error(self) -> bool:
        """Tell whether the record is held back."""
        return self.severity == "error"


def problem_at(path: str, span: Span, rule: str, message: str, remedy: str = "", route: Route = ()) -> Problem:
    """Return a problem as grave as its rule says."""
    return Problem(path, span, rule, message, remedy, RULES[rule].severity, route)


def _moved(line: int, column: int, by_lines: int, by_columns: int) -> tuple[int, int]:
    return line + by_lines - 1, column + (by_columns - 1 if line == 1 else 0)


class CouldNotRunError(Exception):
    """Say why the program could not do its work at all; the text is written for the user."""


class WrongUsageError(CouldNotRunError):
    """Say what the user asked for that is never done, whatever the files hold."""
