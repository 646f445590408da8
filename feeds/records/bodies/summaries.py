"""Extract titles and summaries from bodies, as generators do if front matter has none."""

import html
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from feeds.lazy_pattern import lazy_pattern
from feeds.markup.hidden import TAG, without_hidden
from feeds.markup.visible_text import BLOCKS
from feeds.model.record import MarkdownDialect
from feeds.records.bodies.plain_markdown import plain_words

MARK = r"<!--\s*(?:more|truncate|excerpt)\s*-->"
_MORE = lazy_pattern(rf"{MARK}|\{{/\*\s*(?:more|truncate)\s*\*/\}}", re.IGNORECASE)
_HEADING = re.compile(r"\s*(?:#[ \t]+(?P<atx>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)|(?P<setext>\S[^\n]*+)\n=+[ \t]*(?:\n|\Z))")
_ATTRIBUTES = lazy_pattern(r"\s*\{[#.:][^{}]*\}\s*$")
_BLOCKS = re.compile(r"\n[ \t]*\n")
# Headings, code, comments, images alone, notes with a title, and tables.
_NO_PARAGRAPH = re.compile(
    r"\n*(?:> \*\*[^*\n]+\*\*(?:\n>[ \t]*\n|\Z)"
    r"|[ \t]*(?:#|```|~~~|<!--|\{/\*|\[//\]|import |export |:::|!!!|\||---|===|\*\*\*[ \t]*$"
    r"|!\[[^\]]*\]\([^)]*\)\s*$)|    |[^\n|]*+\|[^\n]*\n[ \t]*:?-+:?[ \t]*\|)"
)
# What begins with a line feed, and not with the beginning of a line, is looked for in a fraction of the time.
# Code that does not end goes to the end of the text (CommonMark 0.31, section 4.5).
_FENCED = lazy_pattern(r"\n(?P<fence>`{3,}+|~{3,}+).*?(?:\n(?P=fence)[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_UNDERLINED = re.compile(r"(?:\A|(?<=\n\n))(?![ \t]*(?:[#>|*+-]|\d+[.)]))[^\n|]+\n {0,3}(?:-{2,}|={2,})[ \t]*(?=\n|\Z)")
_LINE = lazy_pattern(r"\n {0,3}(?:-{2,}|={2,})[ \t]*(?=\n|\Z)")
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]++\](?!:)")
_LINK = lazy_pattern(r"^ {0,3}\[(?!\^)([^\]\n]+)\]:[^\n]+$", re.MULTILINE)
_LABEL = lazy_pattern(r"\[([^\[\]]+)\]")
_NOTE = lazy_pattern(r"(?:\A|\n) {0,3}\[\^[^\[\]\s]+\]:")
_TAG = re.compile(r"<[^<>]*>")
# Chinese and Japanese have no blanks between words.
_BREAK = lazy_pattern(rf"(?i)(?<![\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])</?(?:{'|'.join(BLOCKS)})\b[^<>]*>")
_HTML_HEADING = lazy_pattern(
    r"\n[ \t]*(?:<\w[^<>]*>\s*){0,3}?<(?P<tag>h[1-6])\b[^<>]*>.{,1000}?</(?P=tag)>", re.DOTALL | re.IGNORECASE
)
# The start of the next paragraph ends one as well (HTML, section 13.1.2.4).
_HTML_PARAGRAPH = lazy_pattern(r"<p\b[^>]*>(.*?)<(?:/p>|p\b)", re.DOTALL | re.IGNORECASE)
_MARKS = re.compile(r"(?m)[*_`\[\]<>&\\!#|~+-](?:(?<![+-])|(?:(?<=^.)|(?<=^ .)|(?<=^  .)|(?<=^   .))[ ])")
_START = 600  # characters
_END = re.compile(r"\n\n(?<=\S\n\n)")
LONGEST = 20_000  # characters; only the start of a body is searched
_LONGEST_PARAGRAPH = 5_000  # characters; the parser can take time by their square


def first_heading(body: str, dialect: MarkdownDialect = "markdown") -> str:
    """Return the text of the first-level heading that a body begins with, or nothing."""
    match = _HEADING.match(body)
    return text_of(_ATTRIBUTES.sub("", match["atx"] or match["setext"]), dialect) if match else ""


def without_heading(body: str) -> str:
    """Return a body without the heading that it begins with."""
    match = _HEADING.match(body)
    return body[match.end() :].lstrip("\n") if match else body


def text_before_mark(body: str, mark: object = None, dialect: MarkdownDialect = "markdown") -> str:
    """Return the text before `<!-- more -->`, a variant of it or another marker, or nothing without one."""
    if isinstance(mark, str) and mark.strip():
        before, found, _ = body.partition(mark)
        return " ".join(_paragraphs(before, body, dialect)) if found else ""
    match = _MORE.search(body) if "<!--" in body or ("{" in body and "{/*" in body) else None
    return " ".join(_paragraphs(body[: match.start()], body, dialect)) if match else ""


def first_paragraph(body: str, dialect: MarkdownDialect = "markdown") -> str:
    """Return the text of the first paragraph of Markdown or HTML, or nothing."""
    start = without_hidden(body[:LONGEST])
    if start.lstrip().startswith("<"):
        match = _HTML_PARAGRAPH.search(start)
        if match and (text := _plain(match[1])):
            return text
    return next(_paragraphs(start, body, dialect), "")


def whole_paragraphs(body: str, words: int, dialect: MarkdownDialect = "markdown") -> str:
    """Return the text of whole paragraphs with at least so many words."""
    paragraphs, length = [], 0
    for paragraph in _paragraphs(body, body, dialect):
        paragraphs.append(paragraph)
        length += len(paragraph.split())
        if length >= words:
            break
    return " ".join(paragraphs)


def first_words(body: str, words: int, dialect: MarkdownDialect = "markdown") -> str:
    """Return the first words of the paragraphs, with an ellipsis if there are more."""
    found = whole_paragraphs(body, words + 1, dialect).split()
    return " ".join(found[:words]) + (" …" if len(found) > words else "")


def _paragraphs(body: str, whole: str, dialect: MarkdownDialect) -> Iterator[str]:
    """Yield the texts of paragraphs, without headings, code and notes; definitions may be anywhere in a whole body."""
    body = body[:LONGEST]
    end = _end_of_plain_start(body)
    yield from _paragraphs_of(without_heading(body[:end]), whole, dialect)
    shown = without_hidden(body)
    yield from _paragraphs_of(shown[end:] if end else without_heading(shown), whole, dialect)


def _end_of_plain_start(body: str) -> int:
    """Return how much of a body can be read by itself, and is mostly enough: some paragraphs, or 0 for nothing."""
    found = _END.search(body, _START)
    start = body[: found.start()] if found else ""
    has_line = "\n--" in start or "\n==" in start
    if has_line or TAG.search(start) or _has_fence(_without_code(start)):
        return 0
    return len(start)


def _paragraphs_of(body: str, whole: str, dialect: MarkdownDialect) -> Iterator[str]:
    body = _without_code(body)
    if "\n--" in body or "\n==" in body:
        body = _LINE.sub("\n\n", _UNDERLINED.sub("\n", body))
    if "<h" in body or "<H" in body:
        body = _HTML_HEADING.sub("\n", f"\n{body}")
    for block in _BLOCKS.split(body):
        if not block.strip() or _NO_PARAGRAPH.match(block):
            continue
        if text := text_of(_with_definitions(block, whole) if "[" in block else block, dialect):
            yield text


def _with_definitions(block: str, whole: str) -> str:
    """Return a block without definitions of notes, and with those of its links."""
    if "]:" not in whole:
        return block
    block, links = _NOTE.split(block, maxsplit=1)[0], _links(whole)
    found = {links.get(_folded(label), "") for label in _LABEL.findall(block)} if links else set()
    return "\n".join([f"{block}\n", *sorted(found)]) if found else block


@lru_cache(maxsize=1)
def _links(body: str) -> dict[str, str]:
    """Return the definitions of links by their labels, of which the first is the one that counts."""
    return {_folded(match[1]): match[0] for match in reversed([*_LINK.finditer(_without_code(body))])}


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _without_code(body: str) -> str:
    """Return a body without fenced code."""
    return _FENCED.sub("\n", f"\n{body}")[1:] if _has_fence(body) else body


def _has_fence(body: str) -> bool:
    return "```" in body or "~~~" in body


def text_of(markdown: str, dialect: MarkdownDialect = "markdown") -> str:
    """Return the text of Markdown, without marks of footnotes."""
    markdown = _NOTE_MARK.sub("", markdown) if "[^" in markdown else markdown
    if not _MARKS.search(markdown):
        return " ".join(markdown.split())
    words = plain_words(markdown)
    return _plain(_parser(dialect).render(_cut(markdown))) if words is None else words


def _cut(paragraph: str) -> str:
    if len(paragraph) <= _LONGEST_PARAGRAPH:
        return paragraph
    start = paragraph[:_LONGEST_PARAGRAPH]
    return f"{start.rpartition(' ')[0] or start} …"


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", markup))).split())


@cache
def _parser(dialect: MarkdownDialect = "markdown") -> Any:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - front matter mostly has its own summary

    parser = MarkdownIt("commonmark").enable("strikethrough")
    if dialect != "markdown":
        from feeds.markup.markdown_dialects import use_dialect  # noqa: PLC0415 - for few presets

        use_dialect(parser, dialect)
    return parser
