"""Parse Markdown: CommonMark with extensions of GitHub and others."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from feeds.markup.bare_urls import bare_url_plugin, has_bare_url
from feeds.markup.prose_tags import is_prose_line, prose_tags
from feeds.markup.vocabulary import unknown_scheme

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from feeds.model.record import MarkdownDialect

# Rules that change nothing in a source without a sign of theirs.
_RULES_BY_SIGN = (
    (re.compile(r"<\S").search, ("html_block", "html_inline", "autolink", "prose_tags")),
    (re.compile(r"\[\^").search, ("footnote_def", "footnote_ref", "footnote_tail")),
    (re.compile(r"\[[ xX]\]").search, ("github-tasklists",)),
    (re.compile(r"\|").search, ("table", "headless_table")),
    (re.compile(r"~").search, ("strikethrough",)),
    (has_bare_url, ("bare_url",)),
)
_DEEPEST = 60  # levels of lists (two each) and quotations, which use Python's recursion


def parse_markdown(source: str, page: str, dialect: MarkdownDialect = "markdown") -> tuple[list[Token], dict[str, str]]:
    """Return the tokens of a body and their rendering environment; footnote ids depend on the page."""
    environment = {"docId": f"{crc32(page.encode()):08x}"}
    useless = tuple(rule for may_have, rules in _RULES_BY_SIGN if not may_have(source) for rule in rules)
    return markdown(useless, dialect).parse(source, environment), environment


@cache
def markdown(without: tuple[str, ...] = (), dialect: MarkdownDialect = "markdown") -> MarkdownIt:
    """Return a parser of this process: a dialect, GitHub's extensions, footnotes and definition lists.

    It lacks some rules, which takes a fifth less time where no part of a body can be of them.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - slow, and many records have no body
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415 - the same
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415 - the same
    from mdit_py_plugins.tasklists import tasklists_plugin  # noqa: PLC0415 - the same

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST + 10}).enable(["table", "strikethrough"])
    parser.block.ruler.before("table", "flat", _flat)
    parser.use(footnote_plugin, inline=False).use(deflist_plugin).use(tasklists_plugin)
    if "bare_url" not in without:  # it makes the parser stop at each w
        parser.use(bare_url_plugin)
    parser.inline.ruler.before("link", "unclosed", _unclosed)
    parser.inline.ruler.at("html_inline", _html_inline)
    parser.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.core.ruler.after("inline", "prose_tags", prose_tags)
    if dialect != "markdown":
        from feeds.markup.markdown_dialects import use_dialect  # noqa: PLC0415 - for few presets

        use_dialect(parser, dialect)
    return parser.disable(list(without), ignoreInvalid=True)


def render_tokens(tokens: list[Token], environment: dict[str, str]) -> str:
    """Return the tokens of a body as HTML."""
    parser = markdown()
    rendered: str = parser.renderer.render(tokens, parser.options, environment)
    return rendered


def needs_filter(tokens: list[Token]) -> bool:
    """Return whether tokens contain raw HTML, or an image that is not on the web."""
    return any(token.type == "html_block" or any(map(_is_for_filter, token.children or [])) for token in tokens)


def _is_for_filter(token: Token) -> bool:
    return token.type == "html_inline" or (token.type == "image" and bool(unknown_scheme(str(token.attrGet("src")))))


def code_lines(source: str) -> set[int]:
    """Return the lines, counted from 0, of the code blocks of a body."""
    tokens = parse_markdown(source, "")[0]
    return {line for token in tokens if token.type in {"fence", "code_block"} for line in range(*token.map or (0, 0))}


def _flat(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Parse as one paragraph what is nested too deeply for the parser."""
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


def _unclosed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Take brackets that nothing closes as text; to look for the end of each link and image takes long."""
    length = next((len(sign) for sign in ("[", "![") if state.src.startswith(sign, state.pos)), 0)
    if not length or state.src.find("]", state.pos, state.posMax) >= 0:
        return False
    if not silent:
        state.pending += state.src[state.pos : state.pos + length]
    state.pos += length
    return True


def _html_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    from markdown_it.rules_inline import html_inline  # noqa: PLC0415 - the same

    start = state.pos
    is_html = (_comment if state.src.startswith("<!--", start) else html_inline)(state, silent)
    if is_html and not silent:
        state.tokens[-1].meta["at"] = start
    return is_html


def _comment(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """Read a comment, which the parser takes for text if three hyphens end it."""
    start = state.pos + len("<!")
    if _last_comment_end(state.src) < start:
        return False
    end = state.src.index("-->", start) + len("-->")
    if end > state.posMax:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


@lru_cache(maxsize=1)
def _last_comment_end(source: str) -> int:
    """Return where the last comment ends; a source of many starts without an end is searched once."""
    return source.rfind("-->")


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    from markdown_it.rules_block import html_block  # noqa: PLC0415 - the same

    offset = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("<", offset) and is_prose_line(state, offset, state.eMarks[start]):
        return False
    return html_block(state, start, end, silent)
