"""Check the values of a table with our columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feeds.lint.csv_row import Row
from feeds.lint.date import read_rfc3339_date
from feeds.lint.lint_rule import Issue
from feeds.lint.values import Identities, address_issues

_OURS = {"id", "title", "publishedDateTime"}
_DATES = ("publishedDateTime", "updatedDateTime")
_ADDRESSES = ("webUrl", "originalUrl", "imageUrl")
_GUARD = "'"  # before values that look like formulas


class Columns:
    """The columns of a table, if they are ours, and the ids found so far."""

    def __init__(self, header: Row) -> None:
        is_ours = set(header.values) >= _OURS
        self._numbers = {name: number for number, name in enumerate(header.values)} if is_ours else {}
        self._width = len(header.values)
        self._identities = Identities()

    def issues(self, row: Row) -> Iterator[tuple[int, Issue]]:
        """Yield the issues of ids, dates and URLs of the next row, each with its column from 0."""
        if not self._numbers or len(row.values) != self._width:
            return
        for name in _DATES:
            text = self._value(row, name)
            if text or name == _DATES[0]:
                yield from self._of(name, read_rfc3339_date(text, name).issues)
        for name in _ADDRESSES:
            address = self._value(row, name).removeprefix(_GUARD)
            if address:
                yield from self._of(name, address_issues(address, name))
        identity = self._value(row, "id")
        if not identity.strip():
            yield from self._of("id", [Issue("missing-id", "a record has no id", "give it one that never changes")])
        yield from self._of("id", self._identities.issues(identity))

    def _value(self, row: Row, name: str) -> str:
        return row.values[self._numbers[name]] if name in self._numbers else ""

    def _of(self, name: str, issues: Iterable[Issue]) -> Iterator[tuple[int, Issue]]:
        return ((self._numbers[name], issue) for issue in issues)
