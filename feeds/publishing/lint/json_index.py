"""Find the places of keys and values in a JSON text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from feeds.problem import Route

_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s"{}\[\],:]++', re.DOTALL)
_DEEPEST = 8  # no key of JSON Feed is deeper

Place = tuple[int, int]


@dataclass(slots=True)
class JsonIndex:
    """Hold the offsets between which each key and each value stands, by the route to the value.

    Of an object or a list that is its first character.
    """

    keys: dict[Route, Place] = field(default_factory=dict)
    values: dict[Route, Place] = field(default_factory=dict)


def index_of(text: str) -> JsonIndex:
    """Return the places of the keys and values of a JSON text that is known to be right."""
    index = JsonIndex()
    starts: list[int] = []  # of the objects and lists that are open
    steps: list[str | int] = []  # what leads to the value that comes next, in each of them
    is_key = False
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece in "{[":
            starts.append(match.start())
            steps.append("" if piece == "{" else 0)
            is_key = piece == "{"
        elif piece in "}]":
            steps.pop()
            start = starts.pop()
            _note(index.values, steps, (start, start + 1))
        elif piece == ",":
            step = steps[-1]
            is_key = isinstance(step, str)
            steps[-1] = step + 1 if isinstance(step, int) else step
        elif is_key:
            steps[-1], is_key = json.loads(piece), False
            _note(index.keys, steps, match.span())
        elif piece != ":":
            _note(index.values, steps, match.span())
    return index


def _note(places: dict[Route, Place], steps: list[str | int], place: Place) -> None:
    if len(steps) <= _DEEPEST:
        places[tuple(steps)] = place
