"""Judge what feeds and entries of Atom share: texts, ids, dates, categories and persons (RFC 4287, section 3)."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.lint.date import read_rfc3339_date
from feeds.lint.form import address_faults, is_whole
from feeds.lint.html_content import element_faults
from feeds.lint.lint_rule import Finding
from feeds.lint.part import html_findings, reading_findings
from feeds.lint.plain_text import plain_text_faults
from feeds.lint.xml_document import Element
from feeds.text import quoted

TEXT_TYPES = ("text", "html", "xhtml")

_TEXTS = {"title", "subtitle", "summary", "rights"}
_DATES = {"updated", "published"}
_PERSONS = {"author", "contributor"}


def text_findings(parent: Element) -> Iterator[Finding]:
    """Yield what is wrong with the texts, categories and persons of a feed or an entry."""
    for child in parent.children:
        if child.namespace != parent.namespace:
            continue
        if child.name in _TEXTS:
            yield from _text_findings(child)
        elif child.name == "category" and not child.attributes.get("term", "").strip():
            yield child.finding("blank-category", "<category> has no term", "give it one, or leave it out")
        elif child.name in _PERSONS:
            yield from _person_findings(child)


def typed_findings(element: Element, kind: str) -> Iterator[Finding]:
    """Yield what is wrong with a text or content of the type html or xhtml."""
    if kind == "html":
        yield from html_findings(element, element.text)
    elif kind == "xhtml":
        if [child.name for child in element.children] != ["div"]:
            yield element.finding("missing-part", f"<{element.label}> of the type xhtml holds no <div>", "add one")
        yield from _xhtml_findings(element, f"<{element.label}>")


def identity_findings(parent: Element) -> Iterator[Finding]:
    """Yield a finding when the id of a feed or an entry is no whole URI."""
    for identity in parent.all("id"):
        if identity.text.strip() and not is_whole(identity.text.strip()):
            message = f"the id {quoted(identity.text)} is no whole URI"
            yield identity.finding("id-not-uri", message, "write a web address, or urn:uuid: and a UUID")


def date_findings(parent: Element) -> Iterator[Finding]:
    """Yield what is wrong with the dates of a feed or an entry."""
    for child in parent.children:
        if child.name in _DATES and child.namespace == parent.namespace and child.text.strip():
            yield from reading_findings(child, read_rfc3339_date(child.text, f"<{child.label}>"))


def _text_findings(element: Element) -> Iterator[Finding]:
    kind = element.attributes.get("type", "text")
    if kind not in TEXT_TYPES:
        message = f"the type of <{element.label}> is {quoted(kind)}"
        yield element.finding("bad-text-type", message, f"write one of {', '.join(TEXT_TYPES)}")
    elif kind == "text":
        yield from (element.finding(*fault) for fault in plain_text_faults(element.text, f"<{element.label}>"))
    else:
        yield from typed_findings(element, kind)


def _person_findings(person: Element) -> Iterator[Finding]:
    if not person.text_of("name"):
        yield person.finding("missing-part", f"<{person.label}> has no <name>", "give it one")
    for uri in person.all("uri"):
        yield from (uri.finding(*fault) for fault in address_faults(uri.text.strip(), "<uri>"))


def _xhtml_findings(parent: Element, what: str) -> Iterator[Finding]:
    for child in parent.children:
        yield from (child.finding(*fault) for _, fault in element_faults(child.name.lower(), child.attributes, what))
        yield from _xhtml_findings(child, what)
