"""Find the places of keys and values in a JSON text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from feeds.diagnostics.problem import Route

_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s"{}\[\],:]++', re.DOTALL)
_DEEPEST = 8  # no key of JSON Feed is deeper
_MOST = 100_000  # what is behind so many values is said to be in what holds it

Place = tuple[int, int]


@dataclass(slots=True)
class JsonIndex:
    """Hold the offsets between which each key and each value stands, by the route to the value.

    Of an object or a list that is its first character; of a key that is `repeated` each place but the first.
    """

    keys: dict[Route, Place] = field(default_factory=dict)
    repeated: list[tuple[Route, Place]] = field(default_factory=list)
    values: dict[Route, Place] = field(default_factory=dict)


def index_of(text: str) -> JsonIndex:
    """Return the places of the keys and values of a JSON text that is known to be right."""
    index = JsonIndex()
    steps: list[str | int] = []  # what leads to the value that comes next, in each of them
    is_key = False
    for match in _PIECE.finditer(text):
        if len(index.values) >= _MOST:
            break
        piece = match[0]
        if piece in "{[":
            _note(index.values, steps, (match.start(), match.start() + 1))
            steps.append("" if piece == "{" else 0)
            is_key = piece == "{"
        elif piece in "}]":
            steps.pop()
        elif piece == ",":
            step = steps[-1]
            is_key = isinstance(step, str)
            steps[-1] = step + 1 if isinstance(step, int) else step
        elif is_key:
            steps[-1], is_key = json.loads(piece), False
            if tuple(steps) in index.keys:
                index.repeated.append((tuple(steps), match.span()))
            _note(index.keys, steps, match.span())
        elif piece != ":":
            _note(index.values, steps, match.span())
    return index


def _note(places: dict[Route, Place], steps: list[str | int], place: Place) -> None:
    if len(steps) <= _DEEPEST:
        places[tuple(steps)] = place
