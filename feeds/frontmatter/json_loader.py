"""Load JSON front matter (RFC 8259), which ends with its object, as plain data."""

import json
from collections.abc import Iterator
from typing import Any

from feeds.frontmatter.indexed_tree import Extent, Extents, IndexedTree
from feeds.frontmatter.json_index import locate_json, parse_json
from feeds.frontmatter.syntax_problem import NOT_A_NUMBER, NUMBER_REMEDY, SyntaxProblem
from feeds.lazy_pattern import lazy_pattern
from feeds.text import quoted

# What stands in quotes comes first, as it may look the same. Python reads no more than 4,300 digits.
_ODD_NUMBER = lazy_pattern(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity|-?\d{4301,})')
_REMEDY = "write an object as JSON wants it: text and keys in double quotes, no comma behind the last value"


def split_json(text: str) -> tuple[str, str] | SyntaxProblem:
    """Split a text into its leading JSON object and the rest."""
    try:
        _, end = json.JSONDecoder(parse_constant=_refuse).raw_decode(text)
    except json.JSONDecodeError as error:
        offset = min(error.pos, len(text))
        return SyntaxProblem((offset, min(offset + 1, len(text))), "json-syntax", error.msg, _REMEDY)
    except RecursionError:
        return SyntaxProblem((0, 1), "yaml-too-deep", "values are nested too deep", "nest less")
    except ValueError:
        return _odd_number(text)
    return text[:end], text[end:]


def _odd_number(text: str) -> SyntaxProblem:
    number = next((match for match in _ODD_NUMBER.finditer(text) if match[1]), None)
    extent = number.span() if number else (0, 1)
    return SyntaxProblem(extent, "json-syntax", NOT_A_NUMBER, NUMBER_REMEDY)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def load_json(text: str) -> IndexedTree:
    """Parse a JSON object; syntax errors are problems of the tree."""
    parts = split_json(text.strip())
    if isinstance(parts, SyntaxProblem):
        return IndexedTree(text, None, locate_json, (parts.moved(len(text) - len(text.lstrip())),))
    if parts[1].strip():
        at = text.index(parts[0]) + len(parts[0])
        remedy = "end it with its last bracket"
        problem = SyntaxProblem((at, len(text)), "json-syntax", "text behind the object", remedy)
        return IndexedTree(text, None, locate_json, (problem,))
    data, has_repeated = parse_json(text)
    return IndexedTree(text, data, locate_json, tuple(_repeated(text)) if has_repeated else ())


def load_json_members(text: str) -> IndexedTree:
    """Parse a JSON object, or its members without the brackets around them, as Hexo writes them."""
    if text.lstrip().startswith("{"):
        return load_json(text)
    tree = load_json(f"{{{text}}}")
    problems = (problem._replace(extent=_moved(problem.extent, len(text))) for problem in tree.problems)
    return IndexedTree(text, tree.data, _locate_members, tuple(problems))


def _locate_members(text: str) -> Extents:
    keys, values, _ = locate_json(f"{{{text}}}")
    keys, values = ({route: _moved(at, len(text)) for route, at in found.items()} for found in (keys, values))
    return Extents(keys, values)


def _moved(extent: Extent, longest: int) -> Extent:
    """Return an extent in an object as it is without the bracket before it."""
    start, end = (min(max(offset - 1, 0), longest) for offset in extent)
    return start, end


def _repeated(text: str) -> Iterator[SyntaxProblem]:
    repeated = locate_json(text).repeated or [(("…",), (0, 1))]  # beyond the located values
    for route, extent in repeated:
        message = f"the key {quoted(str(route[-1]))} is given twice"
        yield SyntaxProblem(extent, "duplicate-key", message, "remove one of the two")
