"""Problems of files, as ordered values instead of exceptions."""

from __future__ import annotations

from typing import NamedTuple

from feeds.diagnostics.rules import RULES, Severity

Route = tuple[str | int, ...]


class Span(NamedTuple):
    """A span in a file, in lines and columns of characters, from 1; the end is after the last character."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def moved(self, line: int, column: int) -> Span:
        """Return the span in a larger text, in which this span's text begins at a line and column."""
        start = _moved(self.line, self.column, line, column)
        return Span(*start, *_moved(self.end_line, self.end_column, line, column))


START = Span()


class Problem(NamedTuple):
    """A problem of a file, and its span.

    `rule` is a kebab-case name; `remedy` says how to fix it; `route` is the path of the value in the front matter.
    A record with an error is not published.
    """

    path: str
    span: Span
    rule: str
    message: str
    remedy: str = ""
    severity: Severity = "error"
    route: Route = ()

    # Routes do not count: they mix names and numbers, which have no order, and aliases lead to one value by several.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and self[:-1] == other[:-1]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:-1])

    def __lt__(self, other: tuple[object, ...]) -> bool:
        return self[:-1] < other[:-1]

    @property
    def is_error(self) -> bool:
        """Return whether the record is not published."""
        return self.severity == "error"


def problem_at(path: str, span: Span, rule: str, message: str, remedy: str = "", route: Route = ()) -> Problem:
    """Return a problem with the severity of its rule."""
    return Problem(path, span, rule, message, remedy, RULES[rule].severity, route)


def _moved(line: int, column: int, by_lines: int, by_columns: int) -> tuple[int, int]:
    return line + by_lines - 1, column + (by_columns - 1 if line == 1 else 0)


class CouldNotRunError(Exception):
    """The program cannot run; the text is the message for the user."""


class WrongUsageError(CouldNotRunError):
    """The command line or the arguments are invalid, whatever the files contain."""
