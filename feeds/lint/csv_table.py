"""Find what is wrong with a CSV table (RFC 4180), of our columns or any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds import text as texts
from feeds.lint.csv_column import Columns
from feeds.lint.csv_row import Row, read_rows
from feeds.lint.lint_rule import Fault, Finding
from feeds.lint.positions import Places, decoded
from feeds.text import counted, quoted

# What is a value, and so no name of a column.
_VALUE = re.compile(r"-?\d+(?:[.,]\d+)*|\d{4}-\d\d-\d\d.*|https?://.*|urn:.*", re.DOTALL)

_OTHER_SEPARATOR = re.compile(r"[;\t|]")


def csv_findings(content: bytes) -> Iterator[Finding]:
    """Yield what is wrong with a table."""
    text = decoded(content)
    if isinstance(text, Finding):
        yield text
        return
    places = Places(text)
    forbidden = texts.NOT_XML.search(text)
    if forbidden:
        fault = Fault("forbidden-character", f"the table holds the character U+{ord(forbidden[0]):04X}", "leave it out")
        yield Finding(fault, places.span(*forbidden.span()))
    yield from _table_findings(text, places)


def _table_findings(text: str, places: Places) -> Iterator[Finding]:
    header: Row | None = None
    wrong_ends: list[int] = []
    for row in read_rows(text):
        for fault, start, end in row.faults:
            yield Finding(fault, places.span(start, end))
        # Behind the last row a line end may be missing.
        if row.line_end != "\r\n" and (row.line_end or row.end < len(text)):
            wrong_ends.append(row.end)
        if header is None:
            header, columns = row, Columns(row)
            yield from _header_findings(row, places)
            continue
        yield from _width_findings(row, len(header.values), places)
        for number, fault in columns.faults(row):
            yield Finding(fault, places.span(*row.extent(number)))
    yield from _line_end_findings(wrong_ends, places)


def _header_findings(header: Row, places: Places) -> Iterator[Finding]:
    other = _OTHER_SEPARATOR.search(header.values[0]) if len(header.values) == 1 else None
    if other:
        message = f"the columns are parted by {quoted(other[0])}"
        yield Finding(Fault("csv-header", message, "part them by commas"), places.span(*other.span()))
    seen: set[str] = set()
    for number, name in enumerate(header.values):
        span = places.span(*header.extent(number))
        if not name.strip():
            yield Finding(Fault("csv-header", f"column {number + 1} has no name", "name each column"), span)
        elif _VALUE.fullmatch(name):
            message = f"{quoted(name)} is a value, and no name of a column"
            yield Finding(Fault("csv-header", message, "begin with a row that names the columns"), span)
        elif name in seen:
            message = f"another column has the name {quoted(name)}"
            yield Finding(Fault("csv-duplicate-column", message, "give each column its own"), span)
        seen.add(name)


def _width_findings(row: Row, width: int, places: Places) -> Iterator[Finding]:
    if len(row.values) != width:
        message = f"the row has {counted(len(row.values), 'column')}, and the header {width}"
        fault = Fault("csv-columns", message, "write the same columns in each row")
        yield Finding(fault, places.span(row.starts[0], row.end))


def _line_end_findings(ends: list[int], places: Places) -> Iterator[Finding]:
    if ends:
        verb = "ends" if len(ends) == 1 else "end"
        message = f"{counted(len(ends), 'row')}, this one first, {verb} without CR and LF"
        yield Finding(Fault("csv-line-end", message, "end each row with CR and LF"), places.span(ends[0], ends[0]))
