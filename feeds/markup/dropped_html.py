"""Find the parts of a body that are dropped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from feeds.lazy_pattern import lazy_pattern
from feeds.markup.hidden import TAG, may_hide
from feeds.markup.html_filter import DEEPEST, HtmlFilter
from feeds.markup.lenient_parser import DroppedPart
from feeds.markup.lost_markdown import lost_markdown, may_lose_text
from feeds.markup.markdown import parse_markdown
from feeds.markup.vocabulary import TAGS

if TYPE_CHECKING:
    from markdown_it.token import Token

    from feeds.model.record import MarkdownDialect

# A prefilter: most bodies have nothing to drop, and need not be parsed. Patterns that begin with a fixed character
# are much faster.
_SUSPECT_TAG = lazy_pattern(
    rf"(?i)<(?:(?!(?:{'|'.join(sorted(TAGS))})[\s/>]|https?:)[a-z]|[a-z][^<>]*\son[a-z]{{3}}|\?|!(?!--|doctype))"
)
_SUSPECT_ADDRESS = lazy_pattern(r"(?i)=[\s\"']*(?!https?:|mailto:)[a-z][a-z0-9+.-]*:")
_ANYWHERE = "https://anywhere.invalid/"


def dropped_html(body: str, *, is_markdown: bool, dialect: MarkdownDialect = "markdown") -> Iterator[DroppedPart]:
    """Yield what is dropped from a body, with its position; of HTML only the first of each kind."""
    may_lose_html = "<" in body and (_is_suspect(body) or (not is_markdown and "<http" in body))
    if not may_lose_html and not (is_markdown and may_lose_text(body)):
        return
    found: dict[tuple[str, int], DroppedPart] = {}
    dropped_parts = _all_dropped(body, dialect if is_markdown else None)
    for dropped in sorted(dropped_parts, key=lambda each: (each.line, each.column)):
        found.setdefault((dropped.what, 0 if dropped.is_html else dropped.line), dropped)
    yield from found.values()


def _all_dropped(body: str, dialect: MarkdownDialect | None) -> Iterator[DroppedPart]:
    text, positions = body, list[tuple[int, int]]()
    if dialect:
        tokens, environment = parse_markdown(body, "", dialect)
        yield from lost_markdown(body, tokens, environment)
        text, positions = _raw_html(body, tokens)
    for dropped in HtmlFilter(text, _ANYWHERE, lambda _address, _title: "").dropped:
        line, column = positions[dropped.line - 1] if positions else (dropped.line, 0)
        yield dropped._replace(line=line, column=column + dropped.column)


def _is_suspect(body: str) -> bool:
    if not TAG.search(body):
        return False
    may_be_cut = body.rfind("<!--") > body.rfind("-->") or body.count("<") > DEEPEST
    return may_be_cut or may_hide(body) or bool(_SUSPECT_TAG.search(body) or _SUSPECT_ADDRESS.search(body))


def _raw_html(body: str, tokens: list[Token]) -> tuple[str, list[tuple[int, int]]]:
    """Return the raw HTML of Markdown, and the position of each of its lines."""
    lines, source, positions = body.split("\n"), [], []
    first = 0
    for token in tokens:
        first = token.map[0] if token.map else first
        if token.type == "html_block":
            pieces = [(token.content.rstrip("\n"), 0)]
        else:
            pieces = [(c.content, c.meta["at"]) for c in token.children or [] if c.type == "html_inline" and c.meta]
        own = token.content.split("\n") if pieces else []
        rows = [min(row, len(lines) - 1) for row in range(first, first + len(own))]
        indents = [max(lines[row].find(line), 0) for row, line in zip(rows, own, strict=True)]
        starts = [0, *accumulate(len(line) + 1 for line in own)]
        for content, offset in pieces:
            number = bisect_right(starts, offset) - 1
            for index, line in enumerate(content.split("\n"), number):
                source.append(line)
                positions.append(
                    (rows[index] + 1, indents[index] + (offset - starts[number] if index == number else 0))
                )
    return "\n".join(source), positions
