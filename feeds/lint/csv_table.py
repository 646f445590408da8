"""Check a CSV table (RFC 4180), with our columns or any others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds import text as texts
from feeds.lint.csv_column import Columns
from feeds.lint.csv_row import Row, read_rows
from feeds.lint.lint_rule import Issue, LintProblem
from feeds.lint.positions import LineIndex, decoded
from feeds.text import counted, quoted

# A value, so not the name of a column.
_VALUE = re.compile(r"-?\d+(?:[.,]\d+)*|\d{4}-\d\d-\d\d.*|https?://.*|urn:.*", re.DOTALL)

_OTHER_SEPARATOR = re.compile(r"[;\t|]")


def csv_problems(content: bytes) -> Iterator[LintProblem]:
    """Yield the problems of a table."""
    text = decoded(content)
    if isinstance(text, LintProblem):
        yield text
        return
    lines = LineIndex(text)
    forbidden = texts.NOT_XML.search(text)
    if forbidden:
        issue = Issue("forbidden-character", f"the table holds the character U+{ord(forbidden[0]):04X}", "leave it out")
        yield LintProblem(issue, lines.span(*forbidden.span()))
    yield from _table_problems(text, lines)


def _table_problems(text: str, lines: LineIndex) -> Iterator[LintProblem]:
    header: Row | None = None
    wrong_ends: list[int] = []
    for row in read_rows(text):
        for issue, start, end in row.issues:
            yield LintProblem(issue, lines.span(start, end))
        # The last row may lack a line end.
        if row.line_end != "\r\n" and (row.line_end or row.end < len(text)):
            wrong_ends.append(row.end)
        if header is None:
            header, columns = row, Columns(row)
            yield from _header_problems(row, lines)
            continue
        yield from _width_problems(row, len(header.values), lines)
        for number, issue in columns.issues(row):
            yield LintProblem(issue, lines.span(*row.extent(number)))
    yield from _line_end_problems(wrong_ends, lines)


def _header_problems(header: Row, lines: LineIndex) -> Iterator[LintProblem]:
    other = _OTHER_SEPARATOR.search(header.values[0]) if len(header.values) == 1 else None
    if other:
        message = f"the columns are parted by {quoted(other[0])}"
        yield LintProblem(Issue("csv-header", message, "part them by commas"), lines.span(*other.span()))
    seen: set[str] = set()
    for number, name in enumerate(header.values):
        span = lines.span(*header.extent(number))
        if not name.strip():
            yield LintProblem(Issue("csv-header", f"column {number + 1} has no name", "name each column"), span)
        elif _VALUE.fullmatch(name):
            message = f"{quoted(name)} is a value, and no name of a column"
            yield LintProblem(Issue("csv-header", message, "begin with a row that names the columns"), span)
        elif name in seen:
            message = f"another column has the name {quoted(name)}"
            yield LintProblem(Issue("csv-duplicate-column", message, "give each column its own"), span)
        seen.add(name)


def _width_problems(row: Row, width: int, lines: LineIndex) -> Iterator[LintProblem]:
    if len(row.values) != width:
        message = f"the row has {counted(len(row.values), 'column')}, and the header {width}"
        issue = Issue("csv-columns", message, "write the same columns in each row")
        yield LintProblem(issue, lines.span(row.starts[0], row.end))


def _line_end_problems(ends: list[int], lines: LineIndex) -> Iterator[LintProblem]:
    if ends:
        verb = "ends" if len(ends) == 1 else "end"
        message = f"{counted(len(ends), 'row')}, this one first, {verb} without CR and LF"
        yield LintProblem(Issue("csv-line-end", message, "end each row with CR and LF"), lines.span(ends[0], ends[0]))
