"""Load `Key: value` lines at the start of a text, as Pelican and MultiMarkdown do; keys are in lower case."""

import re

from feeds.diagnostics.problem import Route
from feeds.frontmatter.indexed_tree import Extent, Extents, IndexedTree

_LINE = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):[ \t]*(?P<value>[^\n]*)\n?")
_MORE = re.compile(r"(?:[ ]{4,}|\t)(?P<value>\S[^\n]*)\n?")


def has_headers(text: str) -> bool:
    """Return whether a text begins with a `Key: value` line."""
    return bool(_LINE.match(text))


def split_headers(text: str) -> tuple[str, str]:
    """Split a text into its leading `Key: value` lines and the rest."""
    _, end = _values(text)
    return text[:end], text[end:]


def load_headers(text: str) -> IndexedTree:
    """Return the values as text; several lines and keys given twice become a list, as in Python-Markdown."""
    found: dict[str, list[str]] = {}
    for key, extents in _values(text)[0]:
        found.setdefault(key, []).extend(text[start:end] for start, end in extents)
    data = {key: values[0] if len(values) == 1 else values for key, values in found.items()}
    return IndexedTree(text, data, _locate)


def _locate(text: str) -> Extents:
    """Return the extents of keys and values."""
    keys: dict[Route, Extent] = {}
    found: dict[str, list[Extent]] = {}
    for key, extents in _values(text)[0]:
        start = text.rfind("\n", 0, extents[0][0]) + 1
        keys.setdefault((key,), (start, start + len(key)))
        found.setdefault(key, []).extend(extents)
    values: dict[Route, Extent] = {(key,): extents[0] for key, extents in found.items()}
    for key, extents in found.items():
        if len(extents) > 1:
            values |= {(key, number): extent for number, extent in enumerate(extents)}
    return Extents(keys, values)


def _values(text: str) -> tuple[list[tuple[str, list[Extent]]], int]:
    """Return each key with the extents of its lines, those that are empty left out, and where all of them end."""
    found: list[tuple[str, list[Extent]]] = []
    at = 0
    while match := _LINE.match(text, at) or (_MORE.match(text, at) if found else None):
        if match.re is _LINE:
            found.append((match["key"].lower(), []))
        found[-1][1].append(_stripped(match))
        at = match.end()
    return [(key, [each for each in extents if each[0] < each[1]] or extents[:1]) for key, extents in found], at


def _stripped(match: re.Match[str]) -> Extent:
    start, value = match.start("value"), match["value"]
    return start, start + len(value.rstrip())
