"""Name what is wrong in a YAML text, and where, in words that help to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
# Where these are noticed says less than where the quote, the bracket or the line began.
_BEGUN_EARLIER = ("found unexpected end of stream", "could not find expected ':'", "did not find expected ','")
_HINTS = (
    ("mapping values are not allowed", "a colon in a value without quotes", 'put the value in quotes: key: "a: b"'),
    ("cannot start any token", "a character that no value can begin with", "put the value in quotes"),
    ("found unexpected end of stream", "a quote that is never closed", "close the quotation mark"),
    ("did not find expected ','", "a bracket that is never closed", "close it, or put the value in quotes"),
    ("expected <block end>", "something that does not belong to this level", "check the indentation and the quotes"),
    ("could not find expected ':'", "a line that is neither a key nor part of a value", "write `key: value`"),
    ("expected a single document", "a second document in the front matter", "keep one mapping between the fences"),
    ("found undefined alias", "an alias without an anchor", "put a value that begins with * in quotes"),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Name a mistake between two character offsets of the YAML text."""

    extent: tuple[int, int]
    rule: str
    message: str
    remedy: str = ""


def syntax_mistake(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    """Return what an error of the parser most likely means, at the place where it began."""
    conflict = _CONFLICT.search(text)
    if conflict:
        remedy = "keep one of the two versions and remove the markers"
        return Mistake(conflict.span(), "yaml-syntax", "a merge conflict that is not resolved", remedy)
    said = error.problem or "cannot be parsed"
    mark = error.problem_mark or error.context_mark
    if said.startswith(_BEGUN_EARLIER):
        mark = error.context_mark or mark
    offset = int(mark.index) if mark else 0
    extent = offset, min(offset + 1, len(text))
    if text[offset : offset + 1] == "\t":
        return Mistake(extent, "yaml-syntax", "a tab where YAML wants spaces", "indent with spaces")
    for part, message, remedy in _HINTS:
        if part in said:
            return Mistake(extent, "yaml-syntax", message, remedy)
    return Mistake(extent, "yaml-syntax", f"not valid YAML: {said}", "put the value in quotes")


def extent_of(node: yaml.Node | yaml.Event) -> tuple[int, int]:
    """Return the character offsets at which a node or event begins and ends."""
    start, end = node.start_mark, node.end_mark
    return (int(start.index), int(end.index)) if start and end else (0, 0)
