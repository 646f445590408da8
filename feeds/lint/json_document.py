"""Parse JSON with the spans of its values."""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from feeds.diagnostics.problem import START, Route, Span
from feeds.frontmatter.indexed_tree import Extents
from feeds.frontmatter.json_index import locate_json
from feeds.lint.lint_rule import LintProblem
from feeds.lint.positions import LineIndex, decoded

_EXACT = 15  # digits of a whole number that every reader of JSON keeps


class JsonDocument:
    """JSON as plain data, with the span of each part."""

    def __init__(self, text: str, data: Any, *, has_repeated: bool) -> None:
        self.data = data
        self._text = text
        self._has_repeated = has_repeated

    def value_span(self, route: Route) -> Span:
        """Return the span of a value, or of the nearest existing parent."""
        if not route:
            return START
        while route and route not in self._index.values:
            route = route[:-1]
        return self._lines.span(*self._index.values.get(route, (0, 0)))

    def key_span(self, route: Route) -> Span:
        """Return the span of the key of a value."""
        extent = self._index.keys.get(route)
        return self._lines.span(*extent) if extent else self.value_span(route)

    @property
    def repeated(self) -> Iterator[tuple[Route, Span]]:
        """Yield each duplicate key of an object, with its span."""
        for route, extent in self._index.repeated if self._has_repeated else ():
            yield route, self._lines.span(*extent)

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self._text)

    @cached_property
    def _index(self) -> Extents:
        return locate_json(self._text)


def parse_json(content: bytes) -> JsonDocument | LintProblem:
    """Return the data of a JSON text in UTF-8 (RFC 8259), or its problem."""
    text = decoded(content)
    if isinstance(text, LintProblem):
        return text
    has_repeated = False

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal has_repeated
        values = dict(pairs)
        has_repeated = has_repeated or len(values) < len(pairs)
        return values

    try:
        data = json.loads(text, object_pairs_hook=mapping, parse_constant=_refuse, parse_int=_number)
    except json.JSONDecodeError as error:
        return _not_json(error.msg[:1].lower() + error.msg[1:], LineIndex(text).span(error.pos, error.pos))
    except RecursionError:
        return _not_json("values are nested too deep")
    except ValueError as error:
        return _not_json(str(error))
    return JsonDocument(text, data, has_repeated=has_repeated)


def _not_json(reason: str, span: Span = START) -> LintProblem:
    return LintProblem("not-json", f"this is not JSON: {reason}", "fix the program that writes it", span)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a JSON number")


def _number(digits: str) -> float:
    return int(digits) if len(digits) <= _EXACT else float(digits)
