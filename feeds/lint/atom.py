"""Find what is wrong with Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from feeds.lint.atom_entry import entry_findings
from feeds.lint.atom_text import date_findings, identity_findings, text_findings
from feeds.lint.date import read_rfc3339_date
from feeds.lint.form import Identities, language_faults
from feeds.lint.link import link_findings, self_findings
from feeds.lint.lint_rule import Finding
from feeds.lint.part import known_findings, repeated_findings, required_findings
from feeds.lint.xml_document import Element

ATOM = "http://www.w3.org/2005/Atom"

_REQUIRED = ("id", "title", "updated")
_ONCE = {*_REQUIRED, "generator", "icon", "logo", "rights", "subtitle"}
_KNOWN = _ONCE | {"author", "category", "contributor", "link", "entry"}


def atom_findings(feed: Element) -> Iterator[Finding]:
    """Yield what is wrong with an Atom document."""
    yield from required_findings(feed, _REQUIRED)
    yield from known_findings(feed, _KNOWN)
    yield from repeated_findings(feed, _ONCE)
    yield from text_findings(feed)
    yield from identity_findings(feed)
    links = feed.all("link")
    yield from link_findings(links)
    yield from self_findings(feed, links, "application/atom+xml")
    language = feed.xml("lang")
    if language:
        yield from (feed.finding(*fault) for fault in language_faults(language, "xml:lang"))
    entries = feed.all("entry")
    has_author = bool(feed.all("author"))
    identities = Identities()
    for entry in entries:
        yield from entry_findings(entry, needs_author=not has_author)
        own = entry.first("id")
        yield from ((own or entry).finding(*fault) for fault in identities.faults(own.text if own else ""))
    yield from _update_findings(feed, entries)


def _update_findings(feed: Element, entries: list[Element]) -> Iterator[Finding]:
    yield from date_findings(feed)
    updated, own = feed.first("updated"), _updated(feed)
    newest = max(filter(None, map(_updated, entries)), default=None)
    if updated and own and newest and own != newest:
        message = f"the feed was updated {'later' if own > newest else 'earlier'} than its newest entry"
        yield updated.finding("feed-date", message, "write the date of the newest entry")


def _updated(parent: Element) -> datetime | None:
    element = parent.first("updated")
    return read_rfc3339_date(element.text, "").instant if element else None
