"""Find what is wrong with a CSV table (RFC 4180), of our columns or any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds import text as texts
from feeds.publishing.lint.csv_column import column_findings
from feeds.publishing.lint.csv_row import Row, read_rows
from feeds.publishing.lint.lint_rule import Fault, Finding
from feeds.publishing.lint.place import Places, decoded
from feeds.text import counted, quoted

# What is a value, and so no name of a column.
_VALUE = re.compile(r"-?\d+(?:[.,]\d+)*|\d{4}-\d\d-\d\d.*|https?://.*|urn:.*", re.DOTALL)


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
    rows: list[Row] = []
    for found in read_rows(text, places):
        if isinstance(found, Row):
            rows.append(found)
        else:
            yield found
    yield from _header_findings(rows[0], places)
    yield from _width_findings(rows, places)
    yield from _line_end_findings(rows, places)
    yield from column_findings(rows, places)


def _header_findings(header: Row, places: Places) -> Iterator[Finding]:
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


def _width_findings(rows: list[Row], places: Places) -> Iterator[Finding]:
    width = len(rows[0].values)
    for row in rows:
        if len(row.values) != width:
            message = f"the row has {counted(len(row.values), 'column')}, and the header {width}"
            fault = Fault("csv-columns", message, "write the same columns in each row")
            yield Finding(fault, places.span(row.starts[0], row.end))


def _line_end_findings(rows: list[Row], places: Places) -> Iterator[Finding]:
    # Behind the last row a line end may be missing.
    wrong = [row for row in rows if row.line_end not in {"\r\n", "" if row is rows[-1] else "\r\n"}]
    if wrong:
        message = (
            f"{counted(len(wrong), 'row')}, this one first, {'ends' if len(wrong) == 1 else 'end'} without CR and LF"
        )
        span = places.span(wrong[0].end, wrong[0].end)
        yield Finding(Fault("csv-line-end", message, "end each row with CR and LF"), span)
