"""Take titles and summaries from bodies, as generators do where front matter has none."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

_MORE = re.compile(r"<!--\s*(?:more|truncate|excerpt)\s*-->|\{/\*\s*(?:more|truncate)\s*\*/\}", re.IGNORECASE)
_HEADING = re.compile(r"\s*(?:#[ \t]+(?P<atx>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)|(?P<setext>\S[^\n]*)\n=+[ \t]*(?:\n|\Z))")
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]*\}\s*$")
_BLOCKS = re.compile(r"\n[ \t]*\n")
_NO_PARAGRAPH = re.compile(
    r"(?:[ \t]*(?:#|```|~~~|<!--|\{%|\{\{|\[//\]|import |export |:::|!!!|\||---|===|\*\*\*[ \t]*$"
    r"|!\[[^\]]*\]\([^)]*\)\s*$)|    )"
)
_TAG = re.compile(r"<[^<>]*>")
_HTML_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL | re.IGNORECASE)
_LONGEST = 20_000  # characters of a body that are searched


def first_heading(body: str) -> str:
    """Return the text of a heading of the first level that a body begins with, or nothing."""
    match = _HEADING.match(body)
    return text_of(_ATTRIBUTES.sub("", match["atx"] or match["setext"])) if match else ""


def without_heading(body: str) -> str:
    """Return a body without the heading that it begins with."""
    match = _HEADING.match(body)
    return body[match.end() :].lstrip("\n") if match else body


def text_before_mark(body: str) -> str:
    """Return the text before `<!-- more -->` or its like, or nothing where no such mark is."""
    match = _MORE.search(body)
    if not match:
        return ""
    blocks = _BLOCKS.split(without_heading(body[: match.start()]))
    return " ".join(filter(None, (text_of(block) for block in blocks if not _NO_PARAGRAPH.match(block))))


def first_paragraph(body: str) -> str:
    """Return the text of the first paragraph of Markdown or HTML, or nothing."""
    body = without_heading(body[:_LONGEST])
    if body.lstrip().startswith("<"):
        match = _HTML_PARAGRAPH.search(body)
        if match and (text := _plain(match[1])):
            return text
    for block in _BLOCKS.split(body):
        if block.strip() and not _NO_PARAGRAPH.match(block) and (text := text_of(block)):
            return text
    return ""


def text_of(markdown: str) -> str:
    """Return the words of some Markdown, without its marks."""
    if not re.search(r"[*_`\[\]<>&\\!#>|~]", markdown):
        return " ".join(markdown.split())
    return _plain(_parser().render(markdown))


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", markup)).split())


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - front matter mostly has its own summary

    return MarkdownIt("commonmark")
