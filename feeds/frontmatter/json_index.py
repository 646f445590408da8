"""Parse JSON, and locate its keys and values."""

import json
import re
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.frontmatter.indexed_tree import Extent, Extents

_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s"{}\[\],:]++', re.DOTALL)
_DEEPEST = 20  # deeper than any key of a record or of JSON Feed
_MOST = 100_000  # values after so many others are located at their container


def parse_json(text: str, **hooks: Any) -> tuple[Any, bool]:
    """Return the data of a JSON text, and whether it has duplicate keys; `hooks` are those of `json.loads`."""
    has_repeated = False

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal has_repeated
        data = dict(pairs)
        has_repeated = has_repeated or len(data) < len(pairs)
        return data

    return json.loads(text, object_pairs_hook=mapping, **hooks), has_repeated


def locate_json(text: str) -> Extents:
    """Return the extents of keys and values; an object or a list is located at its first character."""
    keys: dict[Route, Extent] = {}
    values: dict[Route, Extent] = {}
    repeated: list[tuple[Route, Extent]] = []
    steps: list[str | int] = []  # the route to the next value
    is_key = False
    for match in _PIECE.finditer(text):
        if len(values) >= _MOST:
            break
        piece, route = match[0], tuple(steps) if len(steps) <= _DEEPEST else None
        if piece in "{[":
            if route is not None:
                values[route] = match.start(), match.start() + 1
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
            if route is not None:
                _note_key(keys, repeated, tuple(steps), match.span())
        elif piece != ":" and route is not None:
            values[route] = match.span()
    return Extents(keys, values, repeated)


def _note_key(keys: dict[Route, Extent], repeated: list[tuple[Route, Extent]], route: Route, extent: Extent) -> None:
    if route in keys:
        repeated.append((route, extent))
    keys[route] = extent
