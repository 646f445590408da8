"""Check what feeds and entries of Atom share: texts, ids, dates, categories and persons (RFC 4287, section 3)."""

import re
from collections.abc import Iterator

from feeds.lazy_pattern import lazy_pattern
from feeds.lint.date import read_rfc3339_date
from feeds.lint.elements import child_problems, html_problems, unescaped_problems
from feeds.lint.html_content import problems_of_tag
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import address_problems, is_absolute_uri, plain_text_problems
from feeds.lint.vocabularies import ELEMENTS, HTML_ATTRIBUTES, undefined_problem
from feeds.lint.xml_document import Element
from feeds.text import is_email, quoted
from feeds.xml_namespaces import ATOM, XHTML

TEXT_TYPES = ("text", "html", "xhtml")

_FORMS = {
    "urn:uuid:": (
        lazy_pattern(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),
        "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
    ),
    "urn:": (lazy_pattern(r"urn:[a-z0-9][a-z0-9-]{0,31}:\S+", re.IGNORECASE), "urn:isbn:0451450523"),  # RFC 8141
    "tag:": (  # RFC 4151
        lazy_pattern(r"tag:(?:[^\s@,:/]+@)?[^\s@,:/]+,\d{4}(?:-\d\d(?:-\d\d)?)?:\S*", re.IGNORECASE),
        "tag:example.org,2024:1",
    ),
}
_TEXTS = {"title", "subtitle", "summary", "rights"}
_DATES = {"updated", "published"}
_PERSONS = {"author", "contributor"}
_OF_PERSON = ("name", "uri", "email")


def common_problems(parent: Element) -> Iterator[LintProblem]:
    """Yield the problems of the texts, ids, dates, categories and persons of a feed, an entry or a source."""
    for child in parent.children:
        if child.namespace != parent.namespace:
            continue
        if child.name in _TEXTS:
            yield from _text_problems(child)
        elif child.name == "id":
            yield from _identity_problems(child)
        elif child.name in _DATES and child.text.strip():
            yield from child.locate(read_rfc3339_date(child.text, f"<{child.label}>").problems)
        elif child.name == "category":
            yield from _category_problems(child)
        elif child.name in _PERSONS:
            yield from _person_problems(child)


def typed_problems(element: Element, kind: str) -> Iterator[LintProblem]:
    """Yield the problems of a text or content of type html or xhtml."""
    if kind in {"html", "text"}:
        yield from unescaped_problems(element)
    if kind == "text":
        yield from element.locate(plain_text_problems(element.text, f"<{element.label}>"))
    elif kind == "html":
        yield from html_problems(element)
    elif kind == "xhtml":
        if [(child.namespace, child.name) for child in element.children] != [(XHTML, "div")] or element.text.strip():
            message = f"<{element.label}> of the type xhtml does not hold one XHTML <div> alone"
            yield element.problem("missing-part", message, f'put everything into one <div xmlns="{XHTML}">')
        for block in element.children:
            if not block.children:
                yield from block.locate(plain_text_problems(block.text, f"<{block.label}> of <{element.label}>"))
        yield from xhtml_problems(element, f"<{element.label}>")


def _identity_problems(identity: Element) -> Iterator[LintProblem]:
    text = identity.text.strip()
    if text and not is_absolute_uri(text):
        message = f"the id {quoted(identity.text)} is not an absolute URI"
        yield identity.problem("id-not-uri", message, "write a URL, or urn:uuid: and a UUID")
    for start, (form, example) in _FORMS.items():
        if text.lower().startswith(start) and not form.fullmatch(text):
            message = f"the id {quoted(identity.text)} is not a URI of {start}"
            yield identity.problem("id-form", message, f"write it as in {example}")
            break


def _text_problems(element: Element) -> Iterator[LintProblem]:
    kind = element.attributes.get("type", "text")
    if kind not in TEXT_TYPES:
        message = f"the type of <{element.label}> is {quoted(kind)}"
        yield element.problem("bad-text-type", message, f"write one of {', '.join(TEXT_TYPES)}")
    else:
        yield from typed_problems(element, kind)


def _category_problems(category: Element) -> Iterator[LintProblem]:
    label, scheme = category.attributes.get("label", ""), category.attributes.get("scheme", "")
    if not category.attributes.get("term", "").strip():
        yield category.problem("blank-category", "<category> has no term", "give it one, or leave it out")
    yield from category.locate(plain_text_problems(label, "the label of <category>"))
    if scheme:
        yield from category.locate(address_problems(scheme, "the scheme of <category>"))


def _person_problems(person: Element) -> Iterator[LintProblem]:
    yield from child_problems(person, _OF_PERSON, _OF_PERSON)
    for name in person.all("name"):
        yield from unescaped_problems(name)
        yield from name.locate(plain_text_problems(name.text, f"the <name> of <{person.label}>"))
    if not person.text_of("name"):
        yield person.problem("missing-part", f"<{person.label}> has no <name>", "give it one")
    for uri in person.all("uri"):
        yield from uri.locate(address_problems(uri.resolved(uri.text), "<uri>"))
    for email in person.all("email"):
        if not is_email(email.text.strip()):
            message = f"<{email.label}> is {quoted(email.text)}, which is not an email address"
            yield email.problem("wrong-value", message, "write it as in desk@example.org, or leave it out")


def xhtml_problems(parent: Element, what: str) -> Iterator[LintProblem]:
    """Yield the problems of XHTML in an element, named `what`."""
    for child in parent.children:
        yield from _vocabulary_problems(child)
        yield from child.locate(problem for _, problem in problems_of_tag(child.name.lower(), child.attributes, what))
        yield from xhtml_problems(child, what)


def _vocabulary_problems(element: Element) -> Iterator[LintProblem]:
    """Yield the problems of an element in XHTML that HTML, MathML or SVG do not define, or its attributes."""
    known = ELEMENTS.get(element.namespace)
    if element.namespace in {"", ATOM}:
        message = f"<{element.label}> in XHTML is not in its namespace, so readers do not know it"
        yield element.problem("undefined-element", message, f'write xmlns="{XHTML}"')
    elif known and element.name not in known:
        yield undefined_problem(element, known)
    for name in element.attributes if element.namespace == XHTML else ():
        if name.isidentifier() and not name.startswith("on") and name.lower() not in HTML_ATTRIBUTES:
            message = f"there is no attribute {name} in HTML"
            yield element.problem("unknown-attribute", message, "remove it, or let it begin with data-")
