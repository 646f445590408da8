"""Find where a value of a JSON document is, by the keys and numbers that lead to it."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

_FARTHEST = 1_000_000  # characters that are searched
_DECODER = json.JSONDecoder(strict=False)
_BLANKS = re.compile(r"[ \t\r\n]*")


def after_blanks(text: str, at: int) -> int:
    """Return where the blanks of JSON that begin at an offset end."""
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


class Place(NamedTuple):
    """Where a value is in a document: its offsets, its line, and the offset at which that line begins.

    `keys` has the offsets of the keys of an object, if they are known, so that they need not be searched for.
    """

    text: str
    start: int
    end: int
    line: int
    line_start: int
    keys: dict[str, int] | None = None

    def find(self, *steps: str | int) -> tuple[int, int]:
        """Return the line and column to which keys and numbers of elements lead, as far as these are found."""
        at, value = self.start, self.start
        with suppress(ValueError, IndexError, RecursionError, StopIteration):
            for step in steps:
                at, value = next((at, value) for name, at, value in self._members(value) if name == step)
        return self._line_and_column(at)

    def search(self, key: str) -> tuple[int, int]:
        """Return the line and column of the first such key at any depth, else of the value."""
        pattern = re.compile(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:")
        found = pattern.search(self.text, self.start, min(self.end, self.start + _FARTHEST))
        return self._line_and_column(found.start() if found else self.start)

    def _members(self, at: int) -> Iterator[tuple[str | int, int, int]]:
        """Yield what is in an object or a list: its key or number, where that is, and where its value is."""
        if self.keys is not None and at == self.start:
            yield from ((key, place, self._value_of(place)) for key, place in self.keys.items())
            return
        is_object, number = self.text[at] == "{", 0
        farthest = at + _FARTHEST if self.text[at] in "{[" else at
        at = after_blanks(self.text, at + 1)
        while self.text[at] not in "}]" and at < farthest:
            value = self._value_of(at) if is_object else at
            yield _DECODER.raw_decode(self.text, at)[0] if is_object else number, at, value
            at = after_blanks(self.text, _DECODER.raw_decode(self.text, value)[1])
            at, number = after_blanks(self.text, at + (self.text[at] == ",")), number + 1

    def _value_of(self, key: int) -> int:
        """Return where the value of a key is."""
        colon = after_blanks(self.text, _DECODER.raw_decode(self.text, key)[1])
        return after_blanks(self.text, colon + 1)

    def _line_and_column(self, at: int) -> tuple[int, int]:
        line = self.line + self.text.count("\n", self.start, at)
        return line, at - max(self.line_start, self.text.rfind("\n", self.start, at) + 1) + 1
