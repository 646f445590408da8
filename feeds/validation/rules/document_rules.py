"""Apply the rules that a schema cannot express to one document."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from feeds.diagnostics.problem import START, Problem, Route, problem_at
from feeds.diagnostics.wording import quote
from feeds.frontmatter.document import Document
from feeds.hold_back import HOLD_BACK, doubt_about, holding_keys
from feeds.records.release_dates import holding_dates, release_dates
from feeds.url_oddity import INVISIBLE, MAY_BE_ODD
from feeds.validation.context import ValidationContext
from feeds.validation.emptiness import empty_value
from feeds.validation.rules.date_rules import date_problems, early_problems, instant_of
from feeds.validation.rules.text_rules import BIDI, text_problems
from feeds.validation.rules.topic_rules import topic_problems
from feeds.validation.rules.url_rules import PLAIN_DOMAIN, TRACKING_PARAMETER, related_problems, url_problems

# One search of a record's JSON shows that no rule about values applies, as in most records. Every alternative begins
# with a literal character, which makes the search fast.
_MAY_MATTER = (
    rf"""null|"(?:"|/|\s|(?<=\s")[,\]}}])|\\[bfnrtu]|<|&(?:\w{{2,}};|#|{TRACKING_PARAMETER})"""
    rf"""|\?{TRACKING_PARAMETER}|;{TRACKING_PARAMETER}|{MAY_BE_ODD}"""
    rf"""|DateTime": "[01](?!9[89])|domain": "(?!{PLAIN_DOMAIN}")"""
)
_to_json = json.JSONEncoder(ensure_ascii=False).encode
_MAY_MATTER_TOO = f"{BIDI.pattern}|{INVISIBLE}|[\ud800-\udfff\ufffe\uffff]"


def rule_problems(document: Document, context: ValidationContext) -> Iterator[Problem]:
    """Yield the problems of a document by the rules; invalid values may have any type."""
    return chain(_file_problems(document), _value_problems(document, context), whole_problems(document, context))


def whole_problems(document: Document, context: ValidationContext) -> Iterator[Problem]:
    """Yield the problems found by rules that look at more than one value."""
    return chain(
        _holding_problems(document, context),
        related_problems(document),
        topic_problems(document, context.config.topics),
        date_problems(document, context),
        _comment_problems(document, context.config.secret),
        _body_problems(document),
    )


def _comment_problems(document: Document, secret: tuple[str, ...]) -> Iterator[Problem]:
    text = document.tree.text
    if "#" not in text or (" #" not in text and "\t#" not in text):
        return iter(())
    from feeds.validation.rules.comment_rules import comment_problems  # noqa: PLC0415 - most files need no PyYAML

    return comment_problems(document, secret)


def _body_problems(document: Document) -> Iterator[Problem]:
    if not document.body:
        return iter(())
    from feeds.validation.rules.body_rules import body_problems  # noqa: PLC0415 - nor Markdown

    return body_problems(document)


def _file_problems(document: Document) -> Iterator[Problem]:
    if document.has_byte_order_mark:
        message = "the file begins with a byte order mark, which UTF-8 does not need"
        yield problem_at(document.path, START, "byte-order-mark", message, "save the file as UTF-8 without it")

    if document.stray_mark:
        message = "byte order mark (U+FEFF) inside the front matter, ignored"
        remedy = "remove it, or run feeds validate --fix"
        yield problem_at(document.path, document.stray_mark, "stray-byte-order-mark", message, remedy)


def _holding_problems(document: Document, context: ValidationContext) -> Iterator[Problem]:
    held = holding_keys(document.data)
    for key in held:
        message = f"{quote(key)} holds the record back{doubt_about(key, document.data[key])}"
        yield document.problem((key,), "held-back", message, HOLD_BACK, at_key=True)
    dates = release_dates(document.data, context.config.zone)
    if not dates:
        return
    own = instant_of(document.data.get("publishedDateTime"), context)
    for key, message, remedy in holding_dates(dates, own, "record"):
        if key not in held:
            yield document.problem((key,), "held-back", message, remedy, at_key=True)


def _value_problems(document: Document, context: ValidationContext) -> Iterator[Problem]:
    if not _may_matter(_to_json(document.data)):
        return
    holding = {(key,) for key in holding_keys(document.data)}
    for route, value in _values(document.data, ()):
        if value is None and route not in holding:
            yield empty_value(document, route)
        elif isinstance(value, str) and not any(step in context.config.secret for step in route):
            yield from text_problems(document, route, value)
            yield from url_problems(document, route, value, context.config.home_page)
            yield from early_problems(document, route, value, context)


def _may_matter(text: str) -> bool:
    return bool(re.search(_MAY_MATTER, text)) or (not text.isascii() and bool(re.search(_MAY_MATTER_TOO, text)))


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
