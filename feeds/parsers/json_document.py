"""Decode JSON value by value, so that the items of a large feed are never all in memory, and each has its place."""

import json
import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple

_FARTHEST = 1_000_000  # characters that are searched for a key
_BLANKS = re.compile(r"[ \t\r\n]*")


class Place(NamedTuple):
    """The extent of a value in a document, its line, and where that line begins."""

    text: str
    start: int
    end: int
    line: int
    line_start: int

    def find(self, key: str) -> tuple[int, int]:
        """Return the line and column of the first such key in the value, else of the value."""
        pattern = re.compile(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:")
        found = pattern.search(self.text, self.start, min(self.end, self.start + _FARTHEST))
        at = found.start() if found else self.start
        line = self.line + self.text.count("\n", self.start, at)
        return line, at - max(self.line_start, self.text.rfind("\n", self.start, at) + 1) + 1


Take = Callable[[Any, Place, dict[str, Any]], None]


class JsonDocument:
    """A JSON object that is decoded once, key by key.

    The elements of the list under `key` are not kept: each is passed to `take` with its place and what of the object
    stands before it.
    """

    def __init__(self, text: str, key: str, take: Take) -> None:
        self._text, self._key, self._take = text, key, take
        self._at = self._counted = self._line_start = 0
        self._line = 1

    def read(self) -> Any:
        """Return the object, or whatever else the document is. Raises ValueError and RecursionError."""
        if self._next() != "{":
            return _DECODER.decode(self._text)
        found: dict[str, Any] = {}
        self._at += 1
        is_empty = self._next() == "}"
        while not is_empty:
            self._read_pair(found)
            if self._next() == "}":
                break
            self._pass(",")
        self._at += 1
        if self._next():
            raise json.JSONDecodeError("Extra data", self._text, self._at)
        return found

    def _read_pair(self, found: dict[str, Any]) -> None:
        if self._next() != '"':
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", self._text, self._at)
        name = self._value()
        self._pass(":")
        if name == self._key and name not in found and self._next() == "[":
            found[name] = []
            self._read_list(found)
        else:
            self._next()
            found[name] = self._value()

    def _read_list(self, found: dict[str, Any]) -> None:
        self._at += 1
        if self._next() == "]":
            self._at += 1
            return
        while True:
            self._next()
            start = self._at
            value = self._value()
            self._take(value, self._place(start), found)
            if self._next() == "]":
                self._at += 1
                return
            self._pass(",")

    def _value(self) -> Any:
        value, self._at = _DECODER.raw_decode(self._text, self._at)
        return value

    def _next(self) -> str:
        """Move to the next character that is not blank, and return it; nothing at the end."""
        blanks = _BLANKS.match(self._text, self._at)
        self._at = blanks.end() if blanks else self._at
        return self._text[self._at : self._at + 1]

    def _pass(self, character: str) -> None:
        if self._next() != character:
            raise json.JSONDecodeError(f"Expecting '{character}' delimiter", self._text, self._at)
        self._at += 1

    def _place(self, start: int) -> Place:
        if lines := self._text.count("\n", self._counted, start):
            self._line += lines
            self._line_start = self._text.rindex("\n", self._counted, start) + 1
        self._counted = start
        return Place(self._text, start, self._at, self._line, self._line_start)


def _no_number(name: str) -> None:
    """Read NaN and infinity, which are not JSON, as null."""


def _finite(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


_DECODER = json.JSONDecoder(strict=False, parse_constant=_no_number, parse_float=_finite)
