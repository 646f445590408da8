"""Edit one value of front matter and nothing else."""

import json
import re
from functools import lru_cache
from typing import NamedTuple

import yaml

from feeds.diagnostics.problem import Route
from feeds.frontmatter.document import Document
from feeds.frontmatter.yaml_errors import extent_of
from feeds.frontmatter.yaml_nodes import child_of

_PLAIN = re.compile(r"[A-Za-z\u00c0-\U0010ffff](?:[^\s:#\[\]{},\"'`]| (?! |#|$))*")
_LOOKS_LIKE_MORE = re.compile(r"(?i)null|true|false|yes|no|on|off|[yn]")
_COMMENT = re.compile(r"(?:^|\s)#")
# Line breaks for libyaml, or not printable in YAML.
_NOT_ON_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class Edit(NamedTuple):
    """A replacement of the characters between two offsets of a text."""

    start: int
    end: int
    text: str = ""


def replaced(document: Document, route: Route, value: str) -> Edit | None:
    """Return the edit that replaces a string in its quoting style; None for a multi-line one."""
    old = document.source(route)
    if _NOT_ON_A_LINE.search(value):
        return None
    if old.startswith("'"):
        return rewritten(document, route, single_quoted(value))
    needs_quotes = not _PLAIN.fullmatch(value) or _LOOKS_LIKE_MORE.fullmatch(value)
    return rewritten(document, route, double_quoted(value) if old.startswith('"') or needs_quotes else value)


def rewritten(document: Document, route: Route, source: str) -> Edit | None:
    """Return the edit that replaces the source of a value; None for a multi-line one."""
    if document.source(route).startswith(("|", ">")) or _NOT_ON_A_LINE.search(document.source(route)):
        return None
    start, end = document.tree.extent(route)
    return Edit(document.start + start, document.start + end, source)


def renamed(document: Document, route: Route, key: str) -> Edit:
    """Return the edit that renames the key of a value in its quoting style."""
    start, end = document.tree.extent(route, at_key=True)
    written = document.tree.text[start:end].replace(str(route[-1]), key)
    return Edit(document.start + start, document.start + end, written)


def removed(document: Document, route: Route) -> Edit | None:
    """Return the edit that removes an entry; None if a comment or anything else would be lost."""
    parent = _node(document, route[:-1])
    if not isinstance(parent, yaml.CollectionNode):
        return None
    index = route[-1] if isinstance(route[-1], int) else [key.value for key, _ in parent.value].index(route[-1])
    if parent.flow_style:
        return _removed_from_flow(document, _entries(parent), index)
    return _removed_from_block(document, parent, index)


def single_quoted(value: str) -> str:
    """Return a text in YAML single quotes (YAML 1.2.2, section 7.3.2)."""
    return "'" + value.replace("'", "''") + "'"


def double_quoted(value: str) -> str:
    """Return a text in double quotes, the same in JSON and YAML 1.2.2 (section 7.3.1)."""
    return json.dumps(value, ensure_ascii=False)


def _node(document: Document, route: Route) -> yaml.Node | None:
    node: yaml.Node | None = document.tree.root
    for step in route:
        child = child_of(node, step)
        node = child[1] if child else None
    return node


@lru_cache(maxsize=8)
def _entries(parent: yaml.CollectionNode) -> list[tuple[int, int]]:
    """Return the extents of the entries of a list or mapping."""
    pairs = parent.value if isinstance(parent, yaml.MappingNode) else [(item, item) for item in parent.value]
    return [(extent_of(first)[0], extent_of(last)[1]) for first, last in pairs]


def _removed_from_flow(document: Document, entries: list[tuple[int, int]], index: int) -> Edit | None:
    if len(entries) == 1:
        return None
    start, end = entries[index]
    if index + 1 < len(entries):
        return _cut(document, start, entries[index + 1][0])
    return _cut(document, entries[index - 1][1], end)


def _removed_from_block(document: Document, parent: yaml.CollectionNode, index: int) -> Edit | None:
    text, entries = document.tree.text, _entries(parent)
    start, end = entries[index]
    end = start + len(text[start:end].rstrip())
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before, behind = text[line_start:start].strip(), text[end:line_end].strip()
    if behind:
        return None
    if before == ("-" if isinstance(parent, yaml.SequenceNode) else ""):
        return _cut(document, line_start, line_end + 1)
    if before == "-" and index == 0 and len(entries) > 1:
        return _cut(document, start, entries[1][0])
    return None


def _cut(document: Document, start: int, end: int) -> Edit | None:
    has_comment = _COMMENT.search(document.tree.text, start, end)
    return None if has_comment else Edit(document.start + start, document.start + end)
