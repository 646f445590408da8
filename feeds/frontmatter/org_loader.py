"""Load the leading `#+KEY: value` lines of an Org file (orgmode.org/manual/In_002dbuffer-Settings.html)."""

import re

from feeds.diagnostics.problem import Route
from feeds.frontmatter.indexed_tree import Extent, Extents, IndexedTree

_LINE = re.compile(r"[ \t]*#\+(?P<key>[\w-]+)(?P<list>\[\])?:[ \t]*(?P<value>[^\n]*)(?:\n|\Z)")
_OTHER = re.compile(r"[ \t]*(?:#(?: [^\n]*)?)?\n|[ \t]*:PROPERTIES:[ \t]*\n.*?:END:[ \t]*(?:\n|\Z)", re.DOTALL)
_DATE = re.compile(r"[<\[](\d{4}-\d\d-\d\d)[^>\]]*[>\]]")  # Hugo ignores the time of these


def split_org(text: str) -> tuple[str, str]:
    """Split a text into its leading keywords, with comments and drawers between them, and the rest."""
    _, end = _keywords(text)
    return text[:end], text[end:]


def load_org(text: str) -> IndexedTree:
    """Return the values as text, tags and `KEY[]` as lists; keys are in lower case, the first of duplicates wins."""
    data = {key: _value(key, match) for key, match in _keywords(text)[0].items()}
    return IndexedTree(text, data, _locate)


def _locate(text: str) -> Extents:
    """Return the extents of keys and values."""
    keys: dict[Route, Extent] = {}
    values: dict[Route, Extent] = {}
    for key, match in _keywords(text)[0].items():
        keys[key,] = match.span("key")
        values[key,] = (match.start("value"), match.start("value") + len(match["value"].rstrip()))
    return Extents(keys, values)


def _keywords(text: str) -> tuple[dict[str, re.Match[str]], int]:
    """Return the lines with keywords by these, and where they end."""
    found: dict[str, re.Match[str]] = {}
    at = 0
    while match := _LINE.match(text, at) or _OTHER.match(text, at):
        if match.re is _LINE:
            found.setdefault(match["key"].lower(), match)
        at = match.end()
    return found, at


def _value(key: str, match: re.Match[str]) -> str | list[str]:
    value = match["value"].strip()
    if match["list"]:
        return value.split()
    if key == "filetags":
        return re.findall(r"[^\s:]+", value)
    return _DATE.sub(r"\1", value)
