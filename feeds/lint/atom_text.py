"""Check what feeds and entries of Atom share: texts, ids, dates, categories and persons (RFC 4287, section 3)."""

from collections.abc import Iterator

from feeds.lint.date import read_rfc3339_date
from feeds.lint.elements import html_problems
from feeds.lint.html_content import problems_of_tag
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import address_problems, is_absolute_uri, plain_text_problems
from feeds.lint.xml_document import Element
from feeds.text import is_email, quoted

TEXT_TYPES = ("text", "html", "xhtml")

_TEXTS = {"title", "subtitle", "summary", "rights"}
_DATES = {"updated", "published"}
_PERSONS = {"author", "contributor"}


def text_problems(parent: Element) -> Iterator[LintProblem]:
    """Yield the problems of the texts, categories and persons of a feed or an entry."""
    for child in parent.children:
        if child.namespace != parent.namespace:
            continue
        if child.name in _TEXTS:
            yield from _text_problems(child)
        elif child.name == "category" and not child.attributes.get("term", "").strip():
            yield child.problem("blank-category", "<category> has no term", "give it one, or leave it out")
        elif child.name in _PERSONS:
            yield from _person_problems(child)


def typed_problems(element: Element, kind: str) -> Iterator[LintProblem]:
    """Yield the problems of a text or content of type html or xhtml."""
    if kind == "html":
        yield from html_problems(element, element.text)
    elif kind == "xhtml":
        if [child.name for child in element.children] != ["div"]:
            yield element.problem("missing-part", f"<{element.label}> of the type xhtml holds no <div>", "add one")
        yield from _xhtml_problems(element, f"<{element.label}>")


def identity_problems(parent: Element) -> Iterator[LintProblem]:
    """Yield a problem if the id of a feed or entry is not an absolute URI."""
    for identity in parent.all("id"):
        if identity.text.strip() and not is_absolute_uri(identity.text.strip()):
            message = f"the id {quoted(identity.text)} is not an absolute URI"
            yield identity.problem("id-not-uri", message, "write a URL, or urn:uuid: and a UUID")


def date_problems(parent: Element) -> Iterator[LintProblem]:
    """Yield the problems of the dates of a feed or an entry."""
    for child in parent.children:
        if child.name in _DATES and child.namespace == parent.namespace and child.text.strip():
            yield from child.locate(read_rfc3339_date(child.text, f"<{child.label}>").problems)


def _text_problems(element: Element) -> Iterator[LintProblem]:
    kind = element.attributes.get("type", "text")
    if kind not in TEXT_TYPES:
        message = f"the type of <{element.label}> is {quoted(kind)}"
        yield element.problem("bad-text-type", message, f"write one of {', '.join(TEXT_TYPES)}")
    elif kind == "text":
        yield from element.locate(plain_text_problems(element.text, f"<{element.label}>"))
    else:
        yield from typed_problems(element, kind)


def _person_problems(person: Element) -> Iterator[LintProblem]:
    if not person.text_of("name"):
        yield person.problem("missing-part", f"<{person.label}> has no <name>", "give it one")
    for uri in person.all("uri"):
        yield from uri.locate(address_problems(uri.resolved(uri.text.strip()), "<uri>"))
    for email in person.all("email"):
        if not is_email(email.text.strip()):
            message = f"<{email.label}> is {quoted(email.text)}, which is not an email address"
            yield email.problem("wrong-value", message, "write it as in desk@example.org, or leave it out")


def _xhtml_problems(parent: Element, what: str) -> Iterator[LintProblem]:
    for child in parent.children:
        yield from child.locate(problem for _, problem in problems_of_tag(child.name.lower(), child.attributes, what))
        yield from _xhtml_problems(child, what)
