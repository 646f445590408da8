"""Judge the values of a table whose columns are ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feeds.publishing.lint.csv_row import Row
from feeds.publishing.lint.date import read_rfc3339_date
from feeds.publishing.lint.form import address_faults, id_faults
from feeds.publishing.lint.lint_rule import Fault, Finding
from feeds.publishing.lint.place import Places

_OURS = {"id", "title", "publishedDateTime"}
_DATES = ("publishedDateTime", "updatedDateTime")
_ADDRESSES = ("webUrl", "originalUrl", "imageUrl")
_GUARD = "'"  # in front of what a spreadsheet would take for a formula


def column_findings(rows: Sequence[Row], places: Places) -> Iterator[Finding]:
    """Yield what is wrong with ids, dates and addresses, if the columns are those that we write."""
    header, *records = rows
    if not set(header.values) >= _OURS:
        return
    columns = {name: number for number, name in enumerate(header.values)}
    records = [row for row in records if len(row.values) == len(header.values)]
    for row in records:
        for name, fault in _value_faults({name: row.values[number] for name, number in columns.items()}):
            yield Finding(fault, places.span(*row.extent(columns[name])))
    for number, fault in id_faults([row.values[columns["id"]] for row in records]):
        yield Finding(fault, places.span(*records[number].extent(columns["id"])))


def _value_faults(record: dict[str, str]) -> Iterator[tuple[str, Fault]]:
    if not record["id"].strip():
        yield "id", Fault("missing-id", "a record has no id", "give it one that never changes")
    for name in _DATES:
        if name == _DATES[0] or record.get(name):
            yield from ((name, fault) for fault in read_rfc3339_date(record[name], name).faults)
    for name in _ADDRESSES:
        address = record.get(name, "").removeprefix(_GUARD)
        if address:
            yield from ((name, fault) for fault in address_faults(address, name))
