"""Find what is wrong with an entry of Atom 1.0 (RFC 4287, sections 4.1.2 and 4.1.3)."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.lint.atom_text import TEXT_TYPES, date_findings, identity_findings, text_findings, typed_findings
from feeds.lint.form import address_faults, is_media_type
from feeds.lint.link import link_findings, paging_findings, relation_of
from feeds.lint.lint_rule import Finding
from feeds.lint.media import media_findings
from feeds.lint.part import known_findings, repeated_findings, required_findings
from feeds.lint.xml_document import Element
from feeds.text import quoted

_REQUIRED = ("title", "updated")
_ONCE = {"id", *_REQUIRED, "content", "published", "rights", "source", "summary"}
_KNOWN = _ONCE | {"author", "category", "contributor", "link"}


def entry_findings(entry: Element, *, needs_author: bool) -> Iterator[Finding]:
    """Yield what is wrong with an entry, which needs an author of its own when its feed has none."""
    yield from required_findings(entry, _REQUIRED)
    yield from known_findings(entry, _KNOWN)
    yield from repeated_findings(entry, _ONCE)
    yield from text_findings(entry)
    yield from date_findings(entry)
    yield from identity_findings(entry)
    yield from media_findings(entry)
    links = entry.all("link")
    yield from link_findings(links)
    yield from paging_findings(links)
    if not entry.text_of("id"):
        yield entry.finding("missing-id", "an entry has no id", "give it one that never changes")
    if needs_author and not _has_author(entry):
        yield entry.finding("missing-part", "neither the entry nor the feed has an author", "add <author>")
    content = entry.first("content")
    if content:
        yield from _content_findings(entry, content)
    elif all(relation_of(link) != "alternate" for link in links):
        yield entry.finding("missing-part", "an entry has neither content nor an alternate link", "add one of them")


def _has_author(entry: Element) -> bool:
    source = entry.first("source")
    return bool(entry.all("author")) or bool(source and source.all("author"))


def _content_findings(entry: Element, content: Element) -> Iterator[Finding]:
    kind, address = content.attributes.get("type"), content.attributes.get("src")
    if address is not None:
        yield from (content.finding(*fault) for fault in address_faults(address, "the address of the content"))
        if not entry.text_of("summary"):
            yield content.finding("missing-part", "the content is elsewhere, and there is no summary", "add <summary>")
    if kind is None:
        yield content.finding("untyped-content", "the content has no type", 'write type="html", or type="text"')
    elif kind not in TEXT_TYPES and not is_media_type(kind):
        message = f"the type of the content is {quoted(kind)}"
        yield content.finding("bad-text-type", message, f"write one of {', '.join(TEXT_TYPES)}")
    else:
        yield from typed_findings(content, kind)
