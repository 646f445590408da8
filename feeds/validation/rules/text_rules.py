"""Check for text that readers would not show as intended."""

import re
from collections.abc import Iterator
from itertools import islice

from feeds import text
from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.wording import name_of
from feeds.frontmatter.document import Document
from feeds.lazy_pattern import lazy_pattern
from feeds.url_oddity import INVISIBLE

BIDI = lazy_pattern("[\u202a-\u202e\u2066-\u2069]")
_HTML = (
    r"(?i)</?(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|embed|figcaption|figure|font|form|h[1-6]|hr|i"
    r"|iframe|img|input|ins|li|ol|p|picture|pre|q|s|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody"
    r"|td|th|thead|tr|u|ul|video)(?:\s[^<>]*)?/?>"
)
_BAD_CHARACTERS = (
    (BIDI, "bidi-character", "turns the text behind it around"),
    (text.NOT_XML, "control-character", "XML does not allow"),
)
PLAIN_TEXT = {"title", "excerpt"}
_BLOCK_SCALAR = ("|", ">")


def text_problems(document: Document, route: Route, value: str) -> Iterator[Problem]:
    """Yield the problems of one text of the front matter."""
    key = route[-1]
    if key in PLAIN_TEXT:
        yield from _plain_text_problems(document, route, value)
    for pattern, rule, harm in _BAD_CHARACTERS:
        match = pattern.search(value)
        if match:
            message = f"{name_of(route)} holds the character {text.code_point(match[0])}, which {harm}"
            yield document.problem(route, rule, message, "remove it")
    if value != value.strip() and key != "featuredContent" and not document.source(route).startswith(_BLOCK_SCALAR):
        where = "begins" if value != value.lstrip() else "ends"
        message = f"{name_of(route)} {where} with a blank"
        yield document.problem(route, "untrimmed-text", message, "remove the blank")


def _plain_text_problems(document: Document, route: Route, value: str) -> Iterator[Problem]:
    name, plain = name_of(route), text.plain_text(value)
    if route == ("title",) and value.strip() and not re.sub(INVISIBLE, "", plain).strip():
        yield document.problem(route, "blank-text", "the title has no visible character", "write a title")
    escaped = re.search(text.ESCAPED_TWICE, value)
    if escaped:
        message = f'{name} is escaped twice: it holds "{escaped[0]}"'
        yield document.problem(route, "double-escape", message, "write the character itself")
    else:
        yield from _entity_problems(document, route, value)
    tag = re.search(_HTML, plain) if route[-1] == "excerpt" else None
    if tag:
        message = f"{name} holds the HTML {text.shortened(tag[0])}, which readers see as it is written"
        yield document.problem(route, "html-in-excerpt", message, "write plain text")


def _entity_problems(document: Document, route: Route, value: str) -> Iterator[Problem]:
    for entity in islice(text.entities(value), 1):
        said = f'{name_of(route)} holds the HTML entity "{entity[0]}"'
        if text.is_spoken_of(entity):
            message, remedy = f"{said}, which readers see as it is written", "remove it, unless it is meant so"
        else:
            message, remedy = f"{said}, which goes out as what it stands for", "write the character itself"
        yield document.problem(route, "html-entity", message, remedy)
