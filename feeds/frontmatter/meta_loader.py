"""Load the title and the `<meta name content>` elements in the head of an HTML page, as Pelican reads them."""

import html
import re

from feeds.frontmatter.indexed_tree import Extent, Extents, IndexedTree

_HEAD = re.compile(
    r"\s*(?:<!doctype[^>]*>\s*)?(?:<html[^>]*>\s*)?<head[^>]*>.*?</head>\s*(?:<body[^>]*>)?", re.DOTALL | re.IGNORECASE
)
_END = re.compile(r"\s*</body>\s*(?:</html>\s*)?\Z|\s*</html>\s*\Z", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(?P<value>[^<]*)</title>", re.IGNORECASE)
_META = re.compile(
    r"""<meta\s[^<>]*?\bname\s*=\s*["'](?P<key>[\w-]+)["'][^<>]*?
    \b(?:content|contents)\s*=\s*(?P<quote>["'])(?P<value>.*?)(?P=quote)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NOT_PELICANS = {"viewport", "generator", "robots"}


def has_meta(text: str) -> bool:
    """Return whether a text begins with the head of an HTML page."""
    return bool(_HEAD.match(text))


def split_meta(text: str) -> tuple[str, str]:
    """Split a page into its head and the content of its body."""
    head = _HEAD.match(text)
    end = head.end() if head else 0
    return text[:end], _END.sub("", text[end:])


def load_meta(text: str) -> IndexedTree:
    """Return the title and meta elements as text; keys are in lower case."""
    values = _values(text)
    return IndexedTree(text, {key: html.unescape(text[start:end]) for key, (start, end) in values.items()}, _locate)


def _locate(text: str) -> Extents:
    """Return the extents of the values."""
    return Extents({}, {(key,): extent for key, extent in _values(text).items()})


def _values(text: str) -> dict[str, Extent]:
    found = {match["key"].lower(): match.span("value") for match in _META.finditer(text)}
    if title := _TITLE.search(text):
        found["title"] = title.span("value")
    return {key: extent for key, extent in found.items() if key not in _NOT_PELICANS}
