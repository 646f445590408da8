"""Check what channels and items of RSS have in common: categories, persons, and repetitions in Dublin Core."""

import re
from collections.abc import Iterable, Iterator, Mapping

from feeds.lazy_pattern import lazy_pattern
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import plain_text_problems
from feeds.lint.xml_document import Element
from feeds.text import quoted

_WITH_EMAIL = lazy_pattern(r"[^\s@]+@[^\s@]+")
_MAILBOX = lazy_pattern(r"[^\s@<>():]+@[^\s@<>():]+(?:\s+\(.+\))?", re.DOTALL)


def category_problems(parent: Element) -> Iterator[LintProblem]:
    """Yield the problems of the categories of a channel or an item."""
    for category in parent.all("category"):
        yield from category.locate(plain_text_problems(category.text, "<category>"))
        if not category.text.strip() and not category.children:
            yield category.problem("blank-category", "<category> is empty", "name the category, or leave it out")


def duplicate_problems(parent: Element, equivalents: Mapping[str, Iterable[tuple[str, str]]]) -> Iterator[LintProblem]:
    """Yield a problem for each element present with an equivalent; `equivalents` are namespaces with names."""
    for name, others in equivalents.items():
        element = parent.first(name)
        for namespace, local in others if element else ():
            other = parent.first(local, namespace)
            if element and other:
                message = f"<{element.label}> and {other.label} repeat each other"
                yield element.problem("duplicate-element", message, "keep one of the two")


def person_problems(person: Element, remedy: str) -> Iterator[LintProblem]:
    """Yield the problems of a person of RSS, with the remedy if there is no e-mail address."""
    yield from person.locate(plain_text_problems(person.text, f"<{person.label}>"))
    if not _WITH_EMAIL.search(person.text):
        message = f"<{person.label}> is {quoted(person.text)}, without an email address"
        yield person.problem("rss-author", message, remedy)
    elif not _MAILBOX.fullmatch(person.text.strip()):
        message = f"<{person.label}> is {quoted(person.text)}, not an address and a name"
        yield person.problem("author-form", message, "write it as in desk@example.org (The desk)")
