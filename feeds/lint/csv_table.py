"""Check a CSV table (RFC 4180), with our columns or any others."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from feeds import text as texts
from feeds.diagnostics.positions import span_of
from feeds.lint.csv_row import CsvRow, read_rows
from feeds.lint.date import read_rfc3339_date
from feeds.lint.lint_rule import LintProblem
from feeds.lint.sniff import decoded
from feeds.lint.values import Identities, address_problems
from feeds.text import counted, quoted

# A value, so not the name of a column.
_VALUE = re.compile(r"-?\d+(?:[.,]\d+)*|\d{4}-\d\d-\d\d.*|https?://.*|urn:.*", re.DOTALL)
_OTHER_SEPARATOR = re.compile(r"[;\t|]")
_OURS = {"id", "title", "publishedDateTime"}
_DATES = ("publishedDateTime", "updatedDateTime")
_ADDRESSES = ("webUrl", "originalUrl", "imageUrl")
_GUARD = "'"  # before values that look like formulas


def csv_problems(content: bytes) -> Iterator[LintProblem]:
    """Yield the problems of a table."""
    text = decoded(content)
    if isinstance(text, LintProblem):
        yield text
        return
    if forbidden := texts.NOT_XML.search(text):
        message = f"the table contains the character {texts.code_point(forbidden[0])}"
        yield LintProblem("forbidden-character", message, "leave it out", span_of(text, *forbidden.span()))
    yield from _table_problems(text)


def _table_problems(text: str) -> Iterator[LintProblem]:
    header, wrong_ends, identities = CsvRow(), list[int](), Identities()
    for row in read_rows(text):
        for problem, start, end in row.problems:
            yield problem._replace(span=span_of(text, start, end))
        # The last row may lack a line end.
        if row.line_end != "\r\n" and (row.line_end or row.end < len(text)):
            wrong_ends.append(row.end)
        if not header.values:
            header = row
            yield from _separator_problems(row.values, text)
            found = _header_problems(row.values)
        elif len(row.values) != len(header.values):
            yield _width_problem(row, len(header.values), text)
            continue
        else:
            found = _value_problems(row.values, header.values, identities)
        for number, problem in found:
            yield problem._replace(span=span_of(text, *row.extent(number)))
    yield from _line_end_problems(wrong_ends, text)


def _separator_problems(names: list[str], text: str) -> Iterator[LintProblem]:
    other = _OTHER_SEPARATOR.search(names[0]) if len(names) == 1 else None
    if other:
        message = f"the columns are separated by {quoted(other[0])}"
        yield LintProblem("csv-header", message, "separate them by commas", span_of(text, *other.span()))


def _header_problems(names: list[str]) -> Iterator[tuple[int, LintProblem]]:
    """Yield the problems of the names of columns, each with the number of its column."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if not name.strip():
            yield number, LintProblem("csv-header", f"column {number + 1} has no name", "name each column")
        elif _VALUE.fullmatch(name):
            message = f"{quoted(name)} is a value, not the name of a column"
            yield number, LintProblem("csv-header", message, "begin with a header row")
        elif name in seen:
            message = f"duplicate column name {quoted(name)}"
            yield number, LintProblem("csv-duplicate-column", message, "give each column a name of its own")
        seen.add(name)


def _value_problems(values: list[str], names: list[str], identities: Identities) -> Iterator[tuple[int, LintProblem]]:
    """Yield the problems of ids, dates and URLs of a row, each with the number of its column, if columns are ours."""
    numbers = {name: number for number, name in enumerate(names)}
    for name in (*_DATES, *_ADDRESSES, "id") if numbers.keys() >= _OURS else ():
        if name in numbers:
            for problem in _problems_of_value(name, values[numbers[name]], identities):
                yield numbers[name], problem


def _problems_of_value(name: str, value: str, identities: Identities) -> Iterable[LintProblem]:
    if name in _DATES:
        return read_rfc3339_date(value, name).problems if value else ()
    if name in _ADDRESSES:
        return address_problems(value.removeprefix(_GUARD), name) if value.removeprefix(_GUARD) else ()
    missing = LintProblem("missing-id", "a record has no id", "give it one that never changes")
    return chain(() if value.strip() else (missing,), identities.problems(value))


def _width_problem(row: CsvRow, width: int, text: str) -> LintProblem:
    message = f"the row has {counted(len(row.values), 'column')}, and the header {width}"
    remedy = "write the same columns in each row"
    return LintProblem("csv-columns", message, remedy, span_of(text, row.starts[0], row.end))


def _line_end_problems(ends: list[int], text: str) -> Iterator[LintProblem]:
    if ends:
        verb = "ends" if len(ends) == 1 else "end"
        message = f"{counted(len(ends), 'row')}, this one first, {verb} without CR and LF"
        yield LintProblem("csv-line-end", message, "end each row with CR and LF", span_of(text, ends[0], ends[0]))
