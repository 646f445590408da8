"""Redact secret values in problems, and in the source lines shown with them."""

import codecs
import json
from collections.abc import Collection, Iterator
from typing import Any

from feeds.diagnostics.hidden_values import without_values
from feeds.diagnostics.positions import span_of
from feeds.diagnostics.problem import Problem
from feeds.diagnostics.wording import name_of, plain, quote
from feeds.frontmatter.document import Document, parse_document
from feeds.frontmatter.indexed_tree import IndexedTree
from feeds.records.redact import secret_values
from feeds.secrets.regions import Region, masked, secret_regions
from feeds.validation.route import value_at

_ABOUT_THE_KEY = {"unknown-key", "empty-value", "short-secret"}
_SHOWN = 58  # characters of a long text in a message, with the opening quotation mark
_TELLING = 8  # least characters of a value that is found without quotation marks
_HEAD = 8


class Redactor:
    """A filter that removes the secret values of one document from its problems."""

    def __init__(self, document: Document, keys: Collection[str]) -> None:
        self._data, self._keys = document.data, keys
        # Indexed by their first characters: searching each of many problems for each of many values would be slow.
        self._by_head: dict[str, set[str]] = {}
        for text in {text for value in secret_values(document.data, keys) for text in _ways_to_show(value)}:
            self._by_head.setdefault(text[:_HEAD], set()).add(text)
        self._lengths = {len(head) for head in self._by_head}

    def redacted(self, problem: Problem) -> Problem:
        """Return a problem without secret values, with the same span."""
        depth = next((depth for depth, step in enumerate(problem.route, start=1) if step in self._keys), 0)
        if depth:
            is_about_key = depth == len(problem.route) and problem.rule in _ABOUT_THE_KEY
            return problem if is_about_key else without_values(problem, problem.route[:depth])
        if not self._shows_secrets(problem):
            return problem
        return without_values(problem, () if self._has_secrets(quote(name_of(problem.route))) else problem.route)

    def _has_secrets(self, said: str) -> bool:
        heads = (said[at : at + length] for length in self._lengths for at in range(len(said)))
        return any(text in said for head in heads for text in self._by_head.get(head, ()))

    def _shows_secrets(self, problem: Problem) -> bool:
        said = f"{problem.message} {problem.remedy}"
        if self._has_secrets(said):
            return True
        holder = value_at(self._data, problem.route) if problem.route else None
        holds_secrets = isinstance(holder, dict | list) and any(secret_values(holder, self._keys))
        return holds_secrets and quote(holder) in said


def redacted_as_text(problem: Problem, text: str, regions: Collection[Region]) -> Problem:
    """Return a problem of a file that cannot be parsed, without the text of secret regions."""
    spans = [span_of(text, *region) for region in regions]
    ours = problem.span
    is_inside = any(
        (ours.line, ours.column) < (span.end_line, span.end_column)
        and (span.line, span.column) <= (ours.end_line, ours.end_column)
        for span in spans
    )
    return without_values(problem) if is_inside and '"' in problem.message else problem


def text_of(content: bytes) -> str:
    """Return the text of a file in any encoding, without a byte order mark."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_wide else "utf-8-sig", "replace")


def masked_text(path: str, content: bytes, keys: Collection[str]) -> str:
    """Return the text of a file with the values of secret keys masked, at the same length."""
    text = text_of(content)
    regions = secret_regions(text, keys)
    document = parse_document(path, content) if keys else None
    if isinstance(document, Document) and any(secret_values(document.data, keys)):
        tree = document.tree
        extents = tree.locations_under(keys) if isinstance(tree, IndexedTree) else _extents(tree.root, keys, set())
        regions += [(document.start + start, document.start + end) for start, end in extents]
    return masked(text, regions)


def _ways_to_show(value: str) -> Iterator[str]:
    if not value.strip():
        return
    yield f'"{json.dumps(value, ensure_ascii=False)[1:-1][:_SHOWN]}'
    if len(value) >= _TELLING:
        yield plain(value).strip('"…')


def _extents(node: Any, keys: Collection[str], seen: set[int]) -> Iterator[Region]:
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if node.id == "mapping":
        for key, value in node.value:
            is_secret = key.id == "scalar" and key.value in keys
            extent = value.start_mark.index, value.end_mark.index
            yield from [extent] if is_secret else _extents(value, keys, seen)
    elif node.id == "sequence":
        for item in node.value:
            yield from _extents(item, keys, seen)
