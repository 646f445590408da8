"""Render Markdown, and tell tags that are markup from those that prose only names, as in Vec<Set>."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from feeds.markup.vocabulary import (
    DROPPED_WITH_CONTENT,
    OPTIONAL_END,
    TAGS,
    TRANSPARENT,
    VOID,
    last_ends,
    unknown_scheme,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)[^>]*>?", re.IGNORECASE)
# Their partners may stand in another paragraph; nothing is lost where they do not.
_ACROSS = (TAGS | TRANSPARENT) - DROPPED_WITH_CONTENT
_DEEPEST = 60  # levels of lists and quotations, of which a list takes two; each takes Python's own depth
_CODE = re.compile(r"[(){};=]|//")


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag of raw HTML: in prose, a child of an inline token; in a block, of nothing."""

    name: str
    is_end: bool
    source: str
    siblings: list[Token]
    index: int = -1

    @property
    def scope(self) -> tuple[str, int]:
        """Return within what the partner of this tag is looked for."""
        return self.name, 0 if self.index < 0 or self.name in _ACROSS else id(self.siblings)

    @property
    def has_attributes(self) -> bool:
        return "=" in self.source


def parse_markdown(source: str, page: str) -> tuple[list[Token], dict[str, str]]:
    """Return the tokens of a body and the environment to render them in; footnotes are named after the page."""
    environment = {"docId": f"{crc32(page.encode()):08x}"}
    return markdown().parse(source, environment), environment


@cache
def markdown() -> MarkdownIt:
    """Return the one parser of this process: CommonMark with what GitHub adds, footnotes and definition lists."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - many records have no body, and these take a while
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
    from mdit_py_plugins.tasklists import tasklists_plugin  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST + 10}).enable(["table", "strikethrough"])
    parser.block.ruler.before("table", "flat", _flat)
    parser.use(footnote_plugin, inline=False).use(deflist_plugin).use(tasklists_plugin)
    parser.inline.ruler.at("html_inline", _html_inline)
    parser.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.core.ruler.after("inline", "prose_tags", _prose_tags)
    return parser


def needs_filter(tokens: list[Token]) -> bool:
    """Return whether there is any raw HTML among tokens, or an image that is nowhere on the web."""
    return any(token.type == "html_block" or any(map(_is_for_filter, token.children or [])) for token in tokens)


def _is_for_filter(token: Token) -> bool:
    return token.type == "html_inline" or (token.type == "image" and bool(unknown_scheme(str(token.attrGet("src")))))


def code_lines(source: str) -> set[int]:
    """Return the lines, counted from 0, of the code blocks of a body."""
    tokens = parse_markdown(source, "")[0]
    return {line for token in tokens if token.type in {"fence", "code_block"} for line in range(*token.map or (0, 0))}


def _flat(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Take as one paragraph what the parser would leave out, as it is too deep in lists and quotations."""
    if silent or state.level < _DEEPEST:
        return False
    line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent or state.sCount[line] < 0):
        line += 1
    state.push("paragraph_open", "p", 1).map = [start, line]
    text = state.push("inline", "", 0)
    text.content = state.getLines(start, line, state.blkIndent, keepLastLF=False).strip()
    text.map, text.children = [start, line], []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _html_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    from markdown_it.rules_inline import html_inline  # noqa: PLC0415

    start = state.pos
    is_html = html_inline(state, silent)
    if is_html and not silent:
        state.tokens[-1].meta["at"] = start
    return is_html


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    from markdown_it.rules_block import html_block  # noqa: PLC0415

    offset = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("<", offset) and _is_prose_line(state, offset, state.eMarks[start]):
        return False
    return html_block(state, start, end, silent)


def _is_prose_line(state: StateBlock, start: int, end: int) -> bool:
    """Return whether a line begins with a tag that it only names: one that is not shown, and that nothing closes."""
    tag = _TAG.match(state.src, start, end)
    name = tag[2].lower() if tag else ""
    if not tag or tag[1] or name in TAGS:
        return False
    if "ends" not in state.env:
        state.env["ends"] = last_ends(state.src)
    is_closed = state.env["ends"].get(name, -1) > start
    if "=" in tag[0] or name in TRANSPARENT - DROPPED_WITH_CONTENT:
        return name in DROPPED_WITH_CONTENT - {"iframe"} and not is_closed
    rest = state.src[tag.end() : end]
    return not is_closed or (rest[:1].isspace() and rest.strip()[:1].isalpha() and not _CODE.search(rest))


def _prose_tags(state: StateCore) -> None:
    """Turn tags that are not meant to be markup into text."""
    tags = [tag for token in state.tokens for tag in _tags_of(token)]
    partners = _partners(tags)
    for tag in tags:
        if tag.index >= 0 and _is_prose(tag, partners.get((id(tag.siblings), tag.index))):
            tag.siblings[tag.index].type = "text"
    for token in state.tokens:
        for child in token.children or []:
            for inner in (child.children or []) if child.type == "image" else []:
                inner.type = "text" if inner.type == "html_inline" else inner.type


def _tags_of(token: Token) -> list[_Tag]:
    if token.type == "html_block":
        found = _TAG.finditer(token.content)
        return [_Tag(match[2].lower(), bool(match[1]), match[0], []) for match in found]
    siblings = token.children or []
    return [
        _Tag(match[2].lower(), bool(match[1]), child.content, siblings, index)
        for index, child in enumerate(siblings)
        if child.type == "html_inline" and "at" in child.meta and (match := _TAG.match(child.content))
    ]


def _partners(tags: list[_Tag]) -> dict[tuple[int, int], _Tag]:
    """Return the partner of every tag that has one, by its siblings and index."""
    partners, waiting = {}, defaultdict(list)
    for tag in tags:
        if not tag.is_end:
            waiting[tag.scope].append(tag)
        elif starts := waiting[tag.scope] or waiting[tag.name, 0]:
            start = starts.pop()
            partners[id(start.siblings), start.index] = tag
            partners[id(tag.siblings), tag.index] = start
    return partners


def _is_prose(tag: _Tag, partner: _Tag | None) -> bool:
    is_shown = tag.name in TAGS
    if not is_shown and tag.has_attributes and tag.source.endswith("/>"):
        return False
    if tag.name in VOID:
        return not tag.has_attributes and (not is_shown or tag.name in {"img", "source", "track"})
    if partner:
        return not is_shown and _is_named(*((partner, tag) if tag.is_end else (tag, partner)))
    if tag.is_end:
        return not is_shown
    if tag.has_attributes:
        return not is_shown and tag.name != "iframe"
    return not (tag.name in OPTIONAL_END and tag.source.islower())


def _is_named(start: _Tag, end: _Tag) -> bool:
    """Return whether a sentence names a start tag and an end tag: `put it between <title> and </title>`."""
    if start.siblings is not end.siblings or start.has_attributes or end.index - start.index < 2:  # noqa: PLR2004
        return False
    first, last = start.siblings[start.index + 1], end.siblings[end.index - 1]
    return _is_blank(first, first.content[:1]) and _is_blank(last, last.content[-1:])


def _is_blank(token: Token, character: str) -> bool:
    return token.type == "softbreak" or (token.type == "text" and character.isspace())
