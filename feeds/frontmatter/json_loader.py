"""Load JSON front matter (RFC 8259) as plain data; it ends where its object does."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.frontmatter.indexed_tree import Extent, Extents, IndexedTree
from feeds.frontmatter.syntax_problem import SyntaxProblem

_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s"{}\[\],:]++', re.DOTALL)
_REMEDY = "write an object as JSON wants it: text and keys in double quotes, no comma behind the last value"


def split_json(text: str) -> tuple[str, str] | SyntaxProblem:
    """Return the object that a text begins with, and the text behind it."""
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        offset = min(error.pos, len(text))
        return SyntaxProblem((offset, min(offset + 1, len(text))), "json-syntax", error.msg, _REMEDY)
    except (RecursionError, ValueError):
        return SyntaxProblem((0, 1), "json-syntax", "values are nested too deep, or a number is too long", "nest less")
    return text[:end], text[end:]


def load_json(text: str) -> IndexedTree:
    """Parse the text of one JSON object. Mistakes do not raise: they are in the tree."""
    parts = split_json(text.strip())
    if isinstance(parts, SyntaxProblem):
        lead = len(text) - len(text.lstrip())
        start, end = parts.extent
        return IndexedTree(text, None, locate_json, (parts._replace(extent=(lead + start, lead + end)),))
    if parts[1].strip():
        at = text.index(parts[0]) + len(parts[0])
        problem = SyntaxProblem(
            (at, len(text)), "json-syntax", "text behind the object", "end it with its last bracket"
        )
        return IndexedTree(text, None, locate_json, (problem,))
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(items)
        if len(data) < len(items):
            repeated.append(Counter(key for key, _ in items).most_common(1)[0][0])
        return data

    data = json.loads(text, object_pairs_hook=pairs)
    problems = [
        SyntaxProblem((0, 1), "duplicate-key", f'the key "{key}" is given twice', "remove one") for key in repeated
    ]
    return IndexedTree(text, data, locate_json, tuple(problems))


def locate_json(text: str) -> Extents:
    """Return where keys and values of well-formed JSON stand; of an object or a list its first character counts."""
    keys: dict[Route, Extent] = {}
    values: dict[Route, Extent] = {}
    steps: list[str | int] = []
    is_key = False
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece in "{[":
            values[tuple(steps)] = (match.start(), match.start() + 1)
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
            keys[tuple(steps)] = match.span()
        elif piece != ":":
            values[tuple(steps)] = match.span()
    return Extents(keys, values)
