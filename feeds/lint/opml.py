"""Check a list of feeds in OPML 2.0."""

from collections.abc import Iterator

from feeds.lint.date import read_rfc822_date
from feeds.lint.elements import repeated_problems, version_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import address_problems
from feeds.lint.xml_document import Element
from feeds.text import quoted

_OLD = {"1.0", "1.1"}
_DATES = ("dateCreated", "dateModified")
_ADDRESSES = ("xmlUrl", "htmlUrl", "url")
_NUMBERS = ("vertScrollState", "windowTop", "windowLeft", "windowBottom", "windowRight")
_ONCE = ("title", *_DATES, "ownerName", "ownerEmail", "ownerId", "docs", "expansionState", *_NUMBERS)
_REQUIRED = {"rss": ("text", "xmlUrl"), "link": ("text", "url"), "include": ("text", "url")}
_TRUTHS = ("isComment", "isBreakpoint")


def opml_problems(root: Element) -> Iterator[LintProblem]:
    """Yield the problems of an OPML document."""
    yield from version_problems(root, "OPML", _OLD)
    yield from repeated_problems(root, {"head", "body"})
    head, body = root.first("head"), root.first("body")
    if head is None:
        yield root.problem("missing-part", "<opml> has no <head>", "add it")
    else:
        yield from _head_problems(head)
    for parent in filter(None, (root, head)):
        for outline in parent.all("outline"):
            message = f"<outline> is in <{parent.label}>, where readers do not look"
            yield outline.problem("unknown-part", message, "move it into <body>")
    if body is None or not body.all("outline"):
        yield (body or root).problem("missing-part", "the list has no <outline> in a <body>", "add one")
    else:
        yield from _outline_problems(body)


def _head_problems(head: Element) -> Iterator[LintProblem]:
    yield from repeated_problems(head, _ONCE)
    for name in _DATES:
        for date in head.all(name):
            yield from date.locate(read_rfc822_date(date.text, f"<{name}>").problems)
    for name in _NUMBERS:
        for number in head.all(name):
            if not number.text.strip().removeprefix("-").isdecimal():
                yield number.problem("wrong-value", f"<{name}> is {quoted(number.text)}", "write a whole number")


def _outline_problems(parent: Element) -> Iterator[LintProblem]:
    for outline in parent.all("outline"):
        attributes = outline.attributes
        for name in _REQUIRED.get(attributes.get("type", "").lower(), ("text",)):
            if not attributes.get(name, "").strip():
                yield outline.problem("missing-part", f"an <outline> has no {name}", "give it one")
        for name in _ADDRESSES:
            if attributes.get(name):
                yield from outline.locate(address_problems(attributes[name], name))
        for name in _TRUTHS:
            if attributes.get(name, "true") not in {"true", "false"}:
                yield outline.problem("wrong-value", f"{name} is {quoted(attributes[name])}", "write true or false")
        if created := attributes.get("created"):
            yield from outline.locate(read_rfc822_date(created, "created").problems)
        yield from _outline_problems(outline)
