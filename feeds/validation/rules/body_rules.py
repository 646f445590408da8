"""Check bodies for what cannot be published as it is."""

import re
from collections.abc import Iterator

from feeds import text
from feeds.diagnostics.positions import line_start
from feeds.diagnostics.problem import Problem
from feeds.frontmatter.document import Document
from feeds.markup.dropped_html import dropped_html
from feeds.markup.markdown import code_lines

_MARKER = re.compile(r"(?:<{7}|>{7})(?: .*)?|={7}")
MAX_BODY = 1024 * 1024


def body_problems(document: Document) -> Iterator[Problem]:
    """Yield the problems of a body."""
    body = document.body
    if len(body) > MAX_BODY:
        message = f"the body is longer than {MAX_BODY:,} characters"
        yield document.body_problem(0, 0, "too-large", message, "shorten it, or link to it")
    else:
        yield from _dropped(document)
    yield from _conflict(document)
    control = None if text.is_of_xml(body) else text.NOT_XML.search(body)
    if control:
        message = f"the body has the character {text.code_point(control[0])}, which XML does not allow"
        yield document.body_problem(*control.span(), "control-character", message, "remove it")


def _dropped(document: Document) -> Iterator[Problem]:
    body = document.body
    for dropped in dropped_html(body, is_markdown=not document.has_html_body, dialect=document.markdown):
        start = line_start(body, dropped.line) + dropped.column
        kind = "HTML" if dropped.is_html else "text"
        message = f"{kind} that subscribers will not see: {dropped.what}"
        remedy = "remove it, or say it with text, an image or a link"
        yield document.body_problem(start, start + 1, "dropped-html", message, remedy)


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
        # The last marker alone may be nested quotations, and the middle one underlines a heading.
        if line.startswith("<") or (line.startswith(">") and middle):
            return middle or (start, start + len(line))
        middle = middle or ((start, start + len(line)) if line.startswith("=") else None)
    return None
