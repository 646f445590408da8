"""Load the title and the leading field list (`:key: value`) of reStructuredText, as Docutils does."""

import re

from feeds.frontmatter.indexed_tree import Extent, Extents, IndexedTree

_TITLE = re.compile(r"\s*(?:([^\w\s])\1{2,}[ \t]*\n)?[ \t]*(?P<title>\S[^\n]*)\n([^\w\s])\3{2,}[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"\s*:(?P<key>[^:\n]+):[ \t]*(?P<value>[^\n]*(?:\n[ \t]+\S[^\n]*)*)(?:\n|\Z)")


def split_rst(text: str) -> tuple[str, str]:
    """Split a text into its title and leading fields, and the rest."""
    _, end = _values(text)
    return text[:end], text[end:]


def load_rst(text: str) -> IndexedTree:
    """Return title and fields as text; keys are in lower case."""
    data = {key: " ".join(text[start:end].split()) for key, (start, end) in _values(text)[0].items()}
    return IndexedTree(text, data, _locate)


def _locate(text: str) -> Extents:
    """Return the extents of title and fields."""
    return Extents({}, {(key,): extent for key, extent in _values(text)[0].items()})


def _values(text: str) -> tuple[dict[str, Extent], int]:
    """Return the extents of title and fields, and where they end."""
    found: dict[str, Extent] = {}
    title = _TITLE.match(text)
    if title:
        found["title"] = title.span("title")
    at = title.end() if title else 0
    while match := _FIELD.match(text, at):
        found[match["key"].strip().lower()] = match.span("value")
        at = match.end()
    return found, at
