"""Judge which elements there are: those that are needed, those that nobody knows, and those that are there twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from feeds.diagnostics.wording import did_you_mean
from feeds.lint.date import Reading
from feeds.lint.html_content import html_faults
from feeds.lint.lint_rule import Finding
from feeds.lint.xml_document import Element


def required_findings(parent: Element, names: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each child that is needed, and is missing or without text."""
    for name in names:
        found = parent.first(name)
        if found is None:
            yield parent.finding("missing-part", f"<{parent.label}> has no <{name}>", "add it")
        elif not found.text.strip() and not found.children:
            yield found.finding("missing-part", f"<{found.label}> is blank", "fill it in")


def known_findings(parent: Element, known: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each child in the format's own namespace that the format does not know."""
    for child in parent.children:
        if child.namespace == parent.namespace and child.name not in known:
            remedy = did_you_mean(child.name, sorted(known)) or "remove it, or put it into a namespace"
            yield child.finding("unknown-part", f"<{parent.label}> can hold no <{child.label}>", remedy)


def repeated_findings(parent: Element, names: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each child that there can be only one of, and that is there again."""
    seen: set[str] = set()
    for child in parent.children:
        if child.namespace == parent.namespace and child.name in names:
            if child.name in seen:
                yield child.finding("repeated-part", f"<{parent.label}> has another <{child.label}>", "keep one")
            seen.add(child.name)


def html_findings(element: Element, html: str) -> Iterator[Finding]:
    """Yield what is wrong with the HTML that an element holds."""
    for below, fault in html_faults(html, f"<{element.label}>"):
        yield element.finding(*fault, lines_below=below)


def reading_findings(element: Element, reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong with the date that an element holds."""
    return (element.finding(*fault) for fault in reading.faults)
