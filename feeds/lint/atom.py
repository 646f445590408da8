"""Check Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from feeds.lint.atom_entry import entry_problems
from feeds.lint.atom_text import date_problems, identity_problems, text_problems
from feeds.lint.date import read_rfc3339_date
from feeds.lint.element_values import value_problems
from feeds.lint.elements import known_problems, repeated_problems, required_problems
from feeds.lint.link import link_problems, self_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.values import Identities, address_issues, language_issues
from feeds.lint.xml_document import Element

ATOM = "http://www.w3.org/2005/Atom"

_REQUIRED = ("id", "title", "updated")
_ONCE = {*_REQUIRED, "generator", "icon", "logo", "rights", "subtitle"}
_KNOWN = _ONCE | {"author", "category", "contributor", "link", "entry"}


def atom_problems(feed: Element) -> Iterator[LintProblem]:
    """Yield the problems of an Atom document."""
    yield from required_problems(feed, _REQUIRED)
    yield from known_problems(feed, _KNOWN)
    yield from repeated_problems(feed, _ONCE)
    yield from text_problems(feed)
    yield from identity_problems(feed)
    yield from value_problems(feed)
    for element in (*feed.all("icon"), *feed.all("logo")):
        yield from (element.problem(*issue) for issue in address_issues(element.text.strip(), f"<{element.label}>"))
    links = feed.all("link")
    yield from link_problems(links)
    yield from self_problems(feed, links, "application/atom+xml")
    language = feed.xml("lang")
    if language:
        yield from (feed.problem(*issue) for issue in language_issues(language, "xml:lang"))
    entries = feed.all("entry")
    has_author = bool(feed.all("author"))
    identities = Identities()
    for entry in entries:
        yield from entry_problems(entry, needs_author=not has_author)
        own = entry.first("id")
        yield from ((own or entry).problem(*issue) for issue in identities.issues(own.text if own else ""))
    yield from _update_problems(feed, entries)


def _update_problems(feed: Element, entries: list[Element]) -> Iterator[LintProblem]:
    yield from date_problems(feed)
    updated, own = feed.first("updated"), _updated(feed)
    newest = max(filter(None, map(_updated, entries)), default=None)
    if updated and own and newest and own != newest:
        message = f"the feed was updated {'later' if own > newest else 'earlier'} than its newest entry"
        yield updated.problem("feed-date", message, "write the date of the newest entry")


def _updated(parent: Element) -> datetime | None:
    element = parent.first("updated")
    return read_rfc3339_date(element.text, "").instant if element else None
