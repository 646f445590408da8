"""Parse JSON with the spans of its values."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from feeds.diagnostics.positions import span_of
from feeds.diagnostics.problem import START, Route, Span
from feeds.frontmatter.indexed_tree import IndexedTree
from feeds.frontmatter.json_index import locate_json, parse_json
from feeds.lint.lint_rule import LintProblem
from feeds.lint.sniff import decoded

_EXACT = 15  # digits of a whole number that every reader of JSON keeps


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """JSON as plain data, with the spans of its values, and with its duplicate keys."""

    tree: IndexedTree
    has_repeated: bool

    @property
    def data(self) -> Any:
        """Return the data."""
        return self.tree.data

    def span(self, route: Route, *, at_key: bool = False) -> Span:
        """Return the span of a value, or of its key, or else of the nearest existing parent."""
        return span_of(self.tree.text, *self.tree.extent(route, at_key=at_key)) if route else START

    @property
    def repeated(self) -> Iterator[tuple[Route, Span]]:
        """Yield each duplicate key of an object, with its span."""
        for route, extent in locate_json(self.tree.text).repeated if self.has_repeated else ():
            yield route, span_of(self.tree.text, *extent)


def parse_document(content: bytes) -> JsonDocument | LintProblem:
    """Return the data of a JSON text in UTF-8 (RFC 8259), or its problem."""
    text = decoded(content)
    if isinstance(text, LintProblem):
        return text
    try:
        data, has_repeated = parse_json(text, parse_constant=_refuse, parse_int=_number)
    except json.JSONDecodeError as error:
        return _not_json(error.msg[:1].lower() + error.msg[1:], span_of(text, error.pos, error.pos))
    except RecursionError:
        return _not_json("values are nested too deep")
    except ValueError as error:
        return _not_json(str(error))
    return JsonDocument(IndexedTree(text, data, locate_json), has_repeated)


def _not_json(reason: str, span: Span = START) -> LintProblem:
    return LintProblem("not-json", f"this is not JSON: {reason}", "fix the program that writes it", span)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a JSON number")


def _number(digits: str) -> float:
    return int(digits) if len(digits) <= _EXACT else float(digits)
