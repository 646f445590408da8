"""Load TOML 1.0 front matter as plain data; dates become text, as in YAML."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import accumulate
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.frontmatter.indexed_tree import Extent, Extents, IndexedTree
from feeds.frontmatter.syntax_problem import NOT_A_NUMBER, NUMBER_REMEDY, SyntaxProblem
from feeds.lazy_pattern import lazy_pattern

_ERROR = re.compile(r"(?P<message>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_STRING = r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}" + r'|"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'"
_PIECE = re.compile(
    rf"(?P<string>{_STRING})|(?P<comment>#[^\n]*)|(?P<punct>[\[\]{{}}=,\n])|[^\s\[\]{{}}=,#\"']+", re.DOTALL
)
_KEY = re.compile(rf"\s*(?:({_STRING})|([A-Za-z0-9_-]+))\s*(?:\.|$)", re.DOTALL)
# Python reads no more than 4,300 digits, and takes the rest for infinite.
_ODD_NUMBER = lazy_pattern(r"[+-]?(?:inf|nan|[\d_]{4301,}.*|[\d_.]+[eE]\+?\d{3,})")
_NESTING = {"[": 1, "{": 1, "]": -1, "}": -1}
_DEEPEST = 64
_REMEDY = "write `key = value` lines as TOML wants them, text in quotes"
# What the parser says is about its own state; these are the mistakes behind it.
_MISTAKES = {
    "Cannot overwrite a value": ("a key that is given twice", "remove one of the two"),
    "Unclosed array": ("a comma or a closing bracket is missing in a list", "write it"),
    "Illegal character '\\n'": ("a quotation mark that nothing closes", "close it"),
    "Unescaped '\\' in a string": (
        "a backslash that begins no escape",
        "use single quotes, or write the backslash twice",
    ),
    "Expected newline or end of document after a statement": (
        "something behind the value",
        "put text in quotes, single ones if it holds double ones",
    ),
}


def load_toml(text: str) -> IndexedTree:
    """Parse TOML into dict, list, str, int, float and bool; syntax errors are problems of the tree."""
    try:
        return IndexedTree(text, _plain(tomllib.loads(text.replace("\r\n", "\n")), 0), _locate)
    except tomllib.TOMLDecodeError as error:
        problem = _problem(str(error), text)
    except RecursionError:
        message = f"values are nested deeper than {_DEEPEST} levels"
        problem = SyntaxProblem((0, 0), "yaml-too-deep", message, "nest less")
    except ValueError:  # a number of thousands of digits, or not finite
        problem = SyntaxProblem(_odd_number(text), "toml-syntax", NOT_A_NUMBER, NUMBER_REMEDY)
    return IndexedTree(text, None, _locate, (problem,))


def _odd_number(text: str) -> Extent:
    """Return the extent of the first number that cannot be read."""
    return next((match.span() for match in _PIECE.finditer(text) if _ODD_NUMBER.fullmatch(match[0])), (0, 1))


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, dict):
        return {key: _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, float) and value - value != 0:
        raise ValueError("a number is not finite")
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _problem(said: str, text: str) -> SyntaxProblem:
    found = _ERROR.fullmatch(said)
    message = found["message"] if found else said
    message, remedy = _MISTAKES.get(message, (message, _REMEDY))
    if not found or not found["line"]:
        return SyntaxProblem((len(text), len(text)), "toml-syntax", message, remedy)
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    offset = min(starts[min(int(found["line"]) - 1, len(starts) - 1)] + int(found["column"]) - 1, len(text))
    return SyntaxProblem((offset, min(offset + 1, len(text))), "toml-syntax", message, remedy)


def _locate(text: str) -> Extents:
    """Return the extents of keys and values in valid TOML; tables and lists of them are located at their first line."""
    keys: dict[Route, Extent] = {}
    values: dict[Route, Extent] = {}
    counts: dict[Route, int] = {}
    table: Route = ()
    for start, end in _stretches(text, "\n", 0, len(text)):
        statement = text[start:end]
        if statement.startswith("["):
            is_list = statement.startswith("[[")
            table = _route(statement.rstrip().strip("[]"), counts)
            if is_list:
                number = counts[table] = counts.get(table, -1) + 1
                table = (*table, number)
            keys[table] = values[table] = (start, end)
        else:
            for is_key, route, extent in _extents_of_pair(text, table, (start, end)):
                (keys if is_key else values)[route] = extent
    return Extents(keys, values)


def _extents_of_pair(text: str, table: Route, pair: Extent) -> Iterator[tuple[bool, Route, Extent]]:
    """Yield whether it is a key, the route and the extent of a key, its value and all that is in the value."""
    start, end = pair
    name, equals = _split(text[start:end])
    route = (*table, *_route(name, {}))
    yield True, route, (start, start + len(name.rstrip()))
    yield from _extents_of_value(text, route, (end - len(text[start + equals + 1 : end].lstrip()), end))


def _extents_of_value(text: str, route: Route, value: Extent) -> Iterator[tuple[bool, Route, Extent]]:
    yield False, route, value
    start, end = value
    if text[start : start + 1] not in {"[", "{"} or len(route) > _DEEPEST:
        return
    for number, part in enumerate(_stretches(text, ",", start + 1, end - 1)):
        if text[start] == "[":
            yield from _extents_of_value(text, (*route, number), part)
        else:
            yield from _extents_of_pair(text, route, part)


def _stretches(text: str, separator: str, start: int, end: int) -> list[Extent]:
    """Return the extents between separators outside of brackets, without blanks, comments and line feeds around."""
    found: list[Extent] = []
    first, last, depth = None, start, 0
    for piece in _PIECE.finditer(text, start, end):
        punct = piece["punct"]
        depth += _NESTING.get(punct or "", 0)
        if punct == separator and depth <= 0:
            found += [(first, last)] if first is not None else []
            first, depth = None, 0
        elif punct != "\n" and not piece["comment"]:
            first, last = piece.start() if first is None else first, piece.end()
    return [*found, *([(first, last)] if first is not None else [])]


def _split(statement: str) -> tuple[str, int]:
    """Return the key of a statement, and the offset of its equals sign."""
    equals = next((piece.start() for piece in _PIECE.finditer(statement) if piece["punct"] == "="), len(statement))
    return statement[:equals], equals


def _route(dotted: str, counts: dict[Route, int]) -> Route:
    """Return the route of a dotted key; a step into a list of tables leads to its last one."""
    steps: list[str | int] = []
    for match in _KEY.finditer(dotted):
        if tuple(steps) in counts and steps:
            steps.append(counts[tuple(steps)])
        steps.append(match[1][1:-1] if match[1] else match[2])
    return tuple(steps)
