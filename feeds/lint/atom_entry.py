"""Check an entry of Atom 1.0 (RFC 4287, sections 4.1.2 and 4.1.3)."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.lint.atom_text import TEXT_TYPES, date_problems, identity_problems, text_problems, typed_problems
from feeds.lint.element_values import value_problems
from feeds.lint.elements import known_problems, repeated_problems, required_problems
from feeds.lint.link import link_problems, paging_problems, relation_of
from feeds.lint.lint_rule import LintProblem
from feeds.lint.media import media_problems
from feeds.lint.values import address_issues, is_media_type
from feeds.lint.xml_document import Element
from feeds.text import quoted

_REQUIRED = ("title", "updated")
_ONCE = {"id", *_REQUIRED, "content", "published", "rights", "source", "summary"}
_KNOWN = _ONCE | {"author", "category", "contributor", "link"}


def entry_problems(entry: Element, *, needs_author: bool) -> Iterator[LintProblem]:
    """Yield the problems of an entry, which needs its own author if the feed has none."""
    yield from required_problems(entry, _REQUIRED)
    yield from known_problems(entry, _KNOWN)
    yield from repeated_problems(entry, _ONCE)
    yield from text_problems(entry)
    yield from date_problems(entry)
    yield from identity_problems(entry)
    yield from media_problems(entry)
    yield from value_problems(entry)
    links = entry.all("link")
    yield from link_problems(links)
    yield from paging_problems(links)
    if not entry.text_of("id"):
        yield entry.problem("missing-id", "an entry has no id", "give it one that never changes")
    if needs_author and not _has_author(entry):
        yield entry.problem("missing-part", "neither the entry nor the feed has an author", "add <author>")
    content = entry.first("content")
    if content:
        yield from _content_problems(entry, content)
    elif all(relation_of(link) != "alternate" for link in links):
        yield entry.problem("missing-part", "an entry has neither content nor an alternate link", "add one of them")


def _has_author(entry: Element) -> bool:
    source = entry.first("source")
    return bool(entry.all("author")) or bool(source and source.all("author"))


def _content_problems(entry: Element, content: Element) -> Iterator[LintProblem]:
    kind, address = content.attributes.get("type"), content.attributes.get("src")
    if address is not None:
        yield from (content.problem(*issue) for issue in address_issues(address, "the address of the content"))
        if not entry.text_of("summary"):
            yield content.problem("missing-part", "the content is elsewhere, and there is no summary", "add <summary>")
        if content.text.strip() or content.children:
            yield content.problem(
                "wrong-value", "the content is elsewhere, and here as well", "leave the element empty"
            )
    if kind is None:
        yield content.problem("untyped-content", "the content has no type", 'write type="html", or type="text"')
    elif kind not in TEXT_TYPES and not is_media_type(kind):
        message = f"the type of the content is {quoted(kind)}"
        yield content.problem("bad-text-type", message, f"write one of {', '.join(TEXT_TYPES)}")
    else:
        yield from typed_problems(content, kind)
