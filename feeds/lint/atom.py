"""Check Atom 1.0 (RFC 4287, section 4.1)."""

import re
from collections.abc import Iterator
from datetime import datetime

from feeds.lazy_pattern import lazy_pattern
from feeds.lint.atom_parts import TEXT_TYPES, common_problems, typed_problems
from feeds.lint.attributes import OF_ATOM, attribute_problems
from feeds.lint.date import read_rfc3339_date
from feeds.lint.element_values import value_problems
from feeds.lint.elements import child_problems, unescaped_problems
from feeds.lint.link import link_problems, paging_problems, relation_of, self_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.media import media_problems
from feeds.lint.values import Identities, address_problems, is_absolute_uri, is_valid_media_type
from feeds.lint.xml_document import Element
from feeds.text import quoted
from feeds.xml_namespaces import THREAD

_READABLE = lazy_pattern(r"text|html|xhtml|text/.*|.*[/+]xml", re.IGNORECASE)
_PLAIN = lazy_pattern(r"text/(?!xml\b|.*\+xml)", re.IGNORECASE)  # RFC 4287, section 4.1.3.3
_COMPOSITE = lazy_pattern("(?:message|multipart)/", re.IGNORECASE)  # RFC 4287, section 4.1.3.1
_REQUIRED = ("id", "title", "updated")
_ONCE = {*_REQUIRED, "generator", "icon", "logo", "rights", "subtitle"}
_KNOWN = _ONCE | {"author", "category", "contributor", "link", "entry"}
_ENTRY_REQUIRED = ("title", "updated")
_ENTRY_ONCE = {"id", *_ENTRY_REQUIRED, "content", "published", "rights", "source", "summary"}
_ENTRY_KNOWN = _ENTRY_ONCE | {"author", "category", "contributor", "link"}


def atom_problems(feed: Element) -> Iterator[LintProblem]:
    """Yield the problems of an Atom document."""
    yield from child_problems(feed, _KNOWN, _ONCE, _REQUIRED)
    yield from attribute_problems(feed, OF_ATOM)
    yield from common_problems(feed)
    for identity in feed.all("id"):
        yield from identity.locate(Identities().problems(identity.text))
    yield from value_problems(feed)
    for element in (*feed.all("icon"), *feed.all("logo")):
        yield from element.locate(address_problems(element.resolved(element.text), f"<{element.label}>"))
    for generator in feed.all("generator"):
        yield from typed_problems(generator, "text")
        if uri := generator.attributes.get("uri"):
            yield from generator.locate(address_problems(generator.resolved(uri), "the uri of <generator>"))
    links = feed.all("link")
    yield from link_problems(links)
    yield from self_problems(feed, links, "application/atom+xml")
    entries = feed.all("entry")
    has_author = bool(feed.all("author"))
    identities = Identities()
    for entry in entries:
        yield from _entry_problems(entry, needs_author=not has_author)
        own = entry.first("id")
        yield from (own or entry).locate(identities.problems(own.text if own else ""))
    yield from _update_problems(feed, entries)


def entry_problems(entry: Element) -> Iterator[LintProblem]:
    """Yield the problems of an Atom document that is one entry (RFC 4287, section 2)."""
    yield from attribute_problems(entry, OF_ATOM)
    yield from _entry_problems(entry, needs_author=True)


def _update_problems(feed: Element, entries: list[Element]) -> Iterator[LintProblem]:
    updated, own = feed.first("updated"), _instant(feed, "updated")
    dates = (_instant(entry, name) for entry in entries for name in ("updated", "published"))
    newest = max(filter(None, dates), default=None)
    if updated and own and newest and own != newest:
        message = f"the feed was updated {'later' if own > newest else 'earlier'} than its newest entry"
        yield updated.problem("feed-date", message, "write the date of the newest entry")


def _instant(parent: Element, name: str) -> datetime | None:
    element = parent.first(name)
    return read_rfc3339_date(element.text, "").instant if element else None


def _entry_problems(entry: Element, *, needs_author: bool) -> Iterator[LintProblem]:
    """Yield the problems of an entry, which needs its own author if the feed has none."""
    yield from child_problems(entry, _ENTRY_KNOWN, _ENTRY_ONCE, _ENTRY_REQUIRED, may_be_empty={"title"})
    yield from common_problems(entry)
    yield from media_problems(entry)
    yield from value_problems(entry)
    links = entry.all("link")
    yield from link_problems(links)
    yield from paging_problems(links)
    if not entry.text_of("id"):
        yield entry.problem("missing-id", "an entry has no id", "give it one that never changes")
    for source in entry.all("source"):
        yield from _source_problems(source)
    for reply in entry.all("in-reply-to", THREAD):
        yield from _reply_problems(reply)
    if needs_author and not _has_author(entry):
        yield entry.problem("missing-part", "neither the entry nor the feed has an author", "add <author>")
    if content := entry.first("content"):
        yield from _content_problems(entry, content)
    elif all(relation_of(link) != "alternate" for link in links):
        yield entry.problem("missing-part", "an entry has neither content nor an alternate link", "add one of them")


def _reply_problems(reply: Element) -> Iterator[LintProblem]:
    ref = reply.attributes.get("ref") or reply.attributes.get("id", "")  # id is that of drafts
    if href := reply.attributes.get("href"):
        yield from reply.locate(address_problems(reply.resolved(href), f"the href of <{reply.label}>"))
    if not is_absolute_uri(ref):
        message = f"the ref of <{reply.label}> is {quoted(ref)}"
        yield reply.problem("id-not-uri", message, "write the id of the entry that is replied to")


def _source_problems(source: Element) -> Iterator[LintProblem]:
    yield from child_problems(source, _KNOWN - {"entry"}, _ONCE)
    if missing := [f"<{name}>" for name in _REQUIRED if source.first(name) is None]:
        message = f"<{source.label}> has no {', '.join(missing)}, by which readers know a feed"
        yield source.problem("bare-source", message, "write them as in the feed that the entry is from")
    yield from common_problems(source)
    yield from link_problems(source.all("link"))


def _has_author(entry: Element) -> bool:
    source = entry.first("source")
    return bool(entry.all("author")) or bool(source and source.all("author"))


def _content_problems(entry: Element, content: Element) -> Iterator[LintProblem]:
    kind, is_out_of_line = content.attributes.get("type"), "src" in content.attributes
    if is_out_of_line:
        yield from _out_of_line_problems(entry, content)
    if kind is None:
        yield from typed_problems(content, "text")
        yield content.problem("untyped-content", "the content has no type", 'write type="html", or type="text"')
    elif kind not in TEXT_TYPES and (not is_valid_media_type(kind) or _COMPOSITE.match(kind)):
        message = f"the type of the content is {quoted(kind)}"
        yield content.problem("bad-text-type", message, f"write one of {', '.join(TEXT_TYPES)}")
    else:
        yield from typed_problems(content, kind)
        if _PLAIN.match(kind):
            yield from unescaped_problems(content)
        if not _READABLE.fullmatch(kind) and not is_out_of_line and not entry.text_of("summary"):
            yield content.problem("missing-part", f"the content is {kind}, but there is no summary", "add <summary>")


def _out_of_line_problems(entry: Element, content: Element) -> Iterator[LintProblem]:
    """Yield the problems of content that is a file elsewhere (RFC 4287, section 4.1.3.2)."""
    address, kind = content.attributes["src"], content.attributes.get("type")
    yield from content.locate(address_problems(content.resolved(address), "the src of the content"))
    if not entry.text_of("summary"):
        yield content.problem("missing-part", "the content has src, but there is no summary", "add <summary>")
    if content.text.strip() or content.children:
        yield content.problem("wrong-value", "the content has src, but is not empty", "leave the element empty")
    if kind in TEXT_TYPES:
        message = f"the content has src, and the type {quoted(kind)}, which is not that of a file"
        yield content.problem("bad-text-type", message, "write a media type, as in text/html")
