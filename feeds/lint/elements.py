"""Check which elements there are: required, unknown and repeated ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from feeds.diagnostics.wording import did_you_mean
from feeds.lint.date import DateReading
from feeds.lint.html_content import html_issues
from feeds.lint.lint_rule import LintProblem
from feeds.lint.xml_document import Element


def required_problems(parent: Element, names: Collection[str]) -> Iterator[LintProblem]:
    """Yield a problem for each required child that is missing or blank."""
    for name in names:
        found = parent.first(name)
        if found is None:
            yield parent.problem("missing-part", f"<{parent.label}> has no <{name}>", "add it")
        elif not found.text.strip() and not found.children:
            yield found.problem("missing-part", f"<{found.label}> is blank", "fill it in")


def known_problems(parent: Element, known: Collection[str]) -> Iterator[LintProblem]:
    """Yield a problem for each unknown child in the format's own namespace."""
    for child in parent.children:
        if child.namespace == parent.namespace and child.name not in known:
            remedy = did_you_mean(child.name, sorted(known)) or "remove it, or put it into a namespace"
            yield child.problem("unknown-part", f"<{parent.label}> can hold no <{child.label}>", remedy)


def repeated_problems(parent: Element, names: Collection[str]) -> Iterator[LintProblem]:
    """Yield a problem for each repeated child that is allowed only once."""
    seen: set[str] = set()
    for child in parent.children:
        if child.namespace == parent.namespace and child.name in names:
            if child.name in seen:
                yield child.problem("repeated-part", f"<{parent.label}> has another <{child.label}>", "keep one")
            seen.add(child.name)


def html_problems(element: Element, html: str) -> Iterator[LintProblem]:
    """Yield the problems of the HTML in an element."""
    for below, issue in html_issues(html, f"<{element.label}>"):
        yield element.problem(*issue, lines_below=below)


def reading_problems(element: Element, reading: DateReading) -> Iterator[LintProblem]:
    """Yield the problems of the date in an element."""
    return (element.problem(*issue) for issue in reading.issues)
