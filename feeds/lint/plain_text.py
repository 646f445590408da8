"""Check plain text, which readers show verbatim: titles and summaries."""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterator

from feeds.lint.lint_rule import Issue
from feeds.text import is_spoken_of, quoted

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")
_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|div|em|figure|font|h[1-6]|hr|i|iframe|img|li|ol|p|pre|script|small|span|strong|sub"
    r"|sup|table|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def plain_text_issues(text: str, what: str) -> Iterator[Issue]:
    """Yield an issue for each part of a plain text, named `what`, that readers would show wrongly."""
    if "&" in text:
        reference = next(filter(_is_known, _REFERENCE.finditer(text)), None)
        if reference:
            message = f"{what} is escaped twice: readers show {quoted(reference[0])}"
            yield Issue("escaped-twice", message, f"write {quoted(html.unescape(reference[0]))}, escaped once")
    tag = _TAG.search(text) if "<" in text else None
    if tag:
        yield Issue("html-in-plain-text", f"{what} holds the HTML {quoted(tag[0])}", "write plain text")


def _is_known(reference: re.Match[str]) -> bool:
    return not reference[1] or (f"{reference[1]};" in html.entities.html5 and not is_spoken_of(reference))
