"""Bodies that cannot be published, or not as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from feeds import text
from feeds.diagnostics.problem import Problem
from feeds.frontmatter.document import line_start
from feeds.markup.dropped_html import dropped_html
from feeds.markup.markdown import code_lines
from feeds.markup.source_links import source_links

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document

_MARKER = re.compile(r"(?:<{7}|>{7})(?: .*)?|={7}")
MAX_BODY = 1024 * 1024
MAX_BODY_DEPTH = 1000

# Elements that need no end tag say nothing of depth.
_TAG = re.compile(
    r"<(/?)(?!(?:area|br|col|dd|dt|hr|img|input|li|link|meta|p|source|td|th|tr|wbr)\b)[a-z]", re.IGNORECASE
)


def body_problems(document: Document) -> Iterator[Problem]:
    """Yield what is wrong with the text behind the front matter."""
    body = document.body
    if len(body) > MAX_BODY:
        message = f"the body is longer than {MAX_BODY:,} characters"
        yield document.body_problem(0, 0, "too-large", message, "shorten it, or link to it")
    elif too_deep := _first_too_deep(body):
        message = f"HTML elements are nested more than {MAX_BODY_DEPTH} levels deep"
        yield document.body_problem(*too_deep, "html-too-deep", message, "close the elements that are open")
    else:
        is_markdown = not document.has_html_body
        yield from _dropped(document, is_markdown=is_markdown)
        if is_markdown:
            yield from _source_links(document)
    yield from _conflict(document)
    control = text.NOT_XML.search(body)
    if control:
        message = f"the body has the character U+{ord(control[0]):04X}, which XML does not allow"
        yield document.body_problem(*control.span(), "control-character", message, "remove it")


def _dropped(document: Document, *, is_markdown: bool) -> Iterator[Problem]:
    body = document.body
    for dropped in dropped_html(body, is_markdown=is_markdown):
        start = line_start(body, dropped.line) + dropped.column
        message = f"HTML that subscribers will not see: {dropped.what}"
        remedy = "remove it, or say it with text, an image or a link"
        yield document.body_problem(start, start + 1, "dropped-html", message, remedy)


def _source_links(document: Document) -> Iterator[Problem]:
    for address, start in source_links(document.body):
        message = f"a link leads to {text.quoted(address)}, which is the text of a page and not the page"
        remedy = "write the address of the page"
        yield document.body_problem(start, start + len(address), "source-link", message, remedy)


def _conflict(document: Document) -> Iterator[Problem]:
    body = document.body
    if "<<<<<<<" in body or ">>>>>>>" in body:
        marker = _first_conflict(body)
        if marker:
            remedy = "keep one of the two versions and remove the markers"
            yield document.body_problem(*marker, "conflict-marker", "a merge conflict that is not resolved", remedy)


def _first_conflict(body: str) -> tuple[int, int] | None:
    code, middle = code_lines(body), None
    for number, line in enumerate(body.split("\n")):
        if number in code or not _MARKER.fullmatch(line):
            continue
        start = line_start(body, number + 1)
        # The last marker alone may be a quotation in a quotation, and the middle one underlines a heading.
        if line.startswith("<") or (line.startswith(">") and middle):
            return middle or (start, start + len(line))
        middle = middle or ((start, start + len(line)) if line.startswith("=") else None)
    return None


def _first_too_deep(body: str) -> tuple[int, int] | None:
    depth = 0
    for tag in _TAG.finditer(body):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_BODY_DEPTH:
            return tag.span()
    return None
