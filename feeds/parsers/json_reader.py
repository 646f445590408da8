"""Decode JSON value by value, so that the items of a large feed are never all in memory, and each has its place."""

import json
import math
from collections.abc import Callable
from typing import Any

from feeds.parsers.json_place import Place, after_blanks

_MOST_NOTED = 1000  # repeated keys
Take = Callable[[Any, Place, dict[str, Any]], None]
Note = Callable[[str, Place], None]


class JsonReader:
    """A reader that decodes a JSON object key by key.

    The elements of the list under `key` are not kept: each is passed to `take`, with its place and the values of the
    object that precede the list. A key that one object has twice, with different values, is passed to `note`, once in
    a document. `keys` has the offset of each key of the object.
    """

    def __init__(self, text: str, key: str, take: Take, note: Note) -> None:
        self._text, self._key, self._take, self._note = text, key, take, note
        self.keys: dict[str, int] = {}
        self._repeated: list[str] = []
        self._noted: set[str] = set()
        self._decoder = json.JSONDecoder(
            strict=False, parse_constant=_no_number, parse_float=_finite, object_pairs_hook=self._object
        )
        self._at = self._counted = self._line_start = 0
        self._line = 1

    def read(self) -> Any:
        """Return the object, or whatever else the document is. Raises ValueError and RecursionError."""
        if self._next() != "{":
            return self._decoder.decode(self._text)
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
        start, name = self._at, self._value()
        self.keys[name] = start
        self._pass(":")
        if name == self._key and name not in found and self._next() == "[":
            found[name] = []
            self._read_list(found)
        else:
            self._next()
            value = self._value()
            if found.setdefault(name, value) != value:
                self._repeat(name)
            found[name] = value
            self._note_repeated(Place(self._text, 0, len(self._text), 1, 0))

    def _read_list(self, found: dict[str, Any]) -> None:
        self._at += 1
        if self._next() == "]":
            self._at += 1
            return
        while True:
            self._next()
            start = self._at
            value = self._value()
            place = self._place(start)
            self._note_repeated(place)
            self._take(value, place, found)
            if self._next() == "]":
                self._at += 1
                return
            self._pass(",")

    def _value(self) -> Any:
        value, self._at = self._decoder.raw_decode(self._text, self._at)
        return value

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            for key, value in pairs:
                if found[key] != value:
                    self._repeat(key)
        return found

    def _repeat(self, key: str) -> None:
        if key not in self._noted and len(self._noted) < _MOST_NOTED:
            self._noted.add(key)
            self._repeated.append(key)

    def _note_repeated(self, place: Place) -> None:
        for key in self._repeated:
            self._note(key, place)
        self._repeated.clear()

    def _next(self) -> str:
        """Move to the next character that is not blank, and return it; nothing at the end."""
        self._at = after_blanks(self._text, self._at)
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
