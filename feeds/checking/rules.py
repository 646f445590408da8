"""Find what a schema cannot say: text that publishing would alter, and values that count as missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from feeds import text
from feeds.checking.schema_message import name_of
from feeds.problem import Problem

if TYPE_CHECKING:
    from feeds.reading.document import Document, Route

MAX_BODY = 1024 * 1024
MAX_BODY_DEPTH = 1000

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Elements that need no end tag say nothing of depth.
_TAG = re.compile(
    r"<(/?)(?!(?:area|br|col|dd|dt|hr|img|input|li|link|meta|p|source|td|th|tr|wbr)\b)[a-z]", re.IGNORECASE
)
_URL_KEYS = {"webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"}


def rule_problems(document: Document, site: str) -> Iterator[Problem]:
    """Yield what the rules find in a document that the schema accepts; `site` is as in `make_record`."""
    if not text.plain_text(document.data["title"]):
        yield document.problem(("title",), "blank-text", "the title has no visible character", "write a title")
    for route, value in _values(document.data, ()):
        if value is None:
            yield _warning(
                document, route, "empty-value", f'"{name_of(route)}" has no value', "give it one, or remove it"
            )
        elif isinstance(value, str):
            yield from _text_problems(document, route, value, site)
    yield from _body_problems(document)


def _body_problems(document: Document) -> Iterator[Problem]:
    body = document.body
    if len(body) > MAX_BODY:
        message = f"the body is longer than {MAX_BODY // 1024} KiB"
        yield document.body_problem(0, "too-large", message, "shorten it, or link to it")
    elif too_deep := _first_too_deep(body):
        message = f"HTML elements are nested more than {MAX_BODY_DEPTH} levels deep"
        yield document.body_problem(too_deep, "html-too-deep", message, "close the elements that are open")
    control = text.NOT_XML.search(body)
    if control:
        message = f"the body holds the character U+{ord(control[0]):04X}, which is left out"
        yield document.body_problem(control.start(), "control-character", message, "remove it", severity="warning")


def _first_too_deep(body: str) -> int | None:
    depth = 0
    for tag in _TAG.finditer(body):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_BODY_DEPTH:
            return tag.start()
    return None


def _text_problems(document: Document, route: Route, value: str, site: str) -> Iterator[Problem]:
    key = route[-1]
    if key == "secured":
        return
    if key in _URL_KEYS and not value:
        yield _warning(document, route, "empty-url", f'"{name_of(route)}" is empty and counts as missing', "remove it")
    escaped = text.ESCAPED_TWICE.search(value) if key in {"title", "excerpt"} else None
    if escaped:
        message = f'"{name_of(route)}" is escaped twice: it holds {escaped[0]}'
        yield _warning(document, route, "double-escape", message, "write the character itself")
    if key == "url" and value.startswith("/") and not site:
        message = f'"{value[:60]}" belongs to a site that is not known, so the image is left out'
        yield _warning(document, route, "site-relative-url", message, "write it whole, or set home_page")
    for pattern, rule, kind in ((_BIDI, "bidi-character", "invisible"), (text.NOT_XML, "control-character", "control")):
        match = pattern.search(value)
        if match:
            message = f'"{name_of(route)}" holds the {kind} character U+{ord(match[0]):04X}'
            yield _warning(document, route, rule, message, "remove it")


def _values(value: Any, route: Route) -> Iterator[tuple[Route, Any]]:
    if isinstance(value, dict):
        for key, child in value.items():
            if not key.startswith("x-"):
                yield from _values(child, (*route, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _values(child, (*route, index))
    else:
        yield route, value


def _warning(document: Document, route: Route, rule: str, message: str, remedy: str) -> Problem:
    return document.problem(route, rule, message, remedy, severity="warning")
