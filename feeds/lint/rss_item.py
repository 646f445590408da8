"""Check an item of RSS 2.0."""

import re
from collections.abc import Callable, Iterator

from feeds.lint.atom_parts import xhtml_problems
from feeds.lint.date import read_rfc822_date, read_rfc3339_date
from feeds.lint.element_values import value_problems
from feeds.lint.elements import child_problems, emptiness_problems, html_problems, unescaped_problems
from feeds.lint.link import link_problems, paging_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.media import media_problems
from feeds.lint.podcast import twice_problems
from feeds.lint.rss_parts import category_problems, duplicate_problems, person_problems
from feeds.lint.values import is_absolute_uri, is_page, is_valid_media_type, plain_text_problems, uri_problems
from feeds.lint.xml_document import Element
from feeds.text import quoted
from feeds.xml_namespaces import ATOM, CONTENT, DC, XHTML

_ONCE = {"title", "link", "description", "author", "comments", "guid", "pubDate", "source"}
_KNOWN = _ONCE | {"category", "enclosure", "expirationDate"}  # the last of RSS 0.93 alone
_MANY_DIGITS = 9
_EQUIVALENTS = {
    "author": ((DC, "creator"),),
    "pubDate": ((DC, "date"), (ATOM, "published")),
    "category": ((DC, "subject"),),
    "title": ((DC, "title"),),
    "description": ((DC, "description"), (ATOM, "summary")),
    "guid": ((ATOM, "id"),),
    "source": ((DC, "source"),),
}
_ENCLOSURE: dict[str, Callable[[str], object]] = {
    "url": is_page,
    "length": re.compile(r"\d+", re.ASCII).fullmatch,
    "type": is_valid_media_type,
}


def item_problems(item: Element) -> Iterator[LintProblem]:
    """Yield the problems of an item."""
    yield from child_problems(item, _KNOWN, _ONCE)
    yield from duplicate_problems(item, _EQUIVALENTS)
    yield from _identity_problems(item)
    yield from _text_problems(item)
    yield from _address_problems(item)
    yield from _author_problems(item)
    yield from _enclosure_problems(item)
    yield from media_problems(item)
    yield from twice_problems(item)
    yield from value_problems(item)
    for date in (*item.all("updated", ATOM), *item.all("published", ATOM)):
        yield from date.locate(read_rfc3339_date(date.text, f"<{date.label}>").problems)
    for date in item.all("pubDate"):
        yield from date.locate(read_rfc822_date(date.text, "<pubDate>").problems)
    yield from category_problems(item)


def _identity_problems(item: Element) -> Iterator[LintProblem]:
    guid = item.first("guid")
    text = guid.text.strip() if guid else ""
    if guid is not None:
        yield from _permalink_problems(guid)
    if guid is None or not text:
        message = "an item has no guid" if guid is None else "the guid of an item is empty"
        yield (guid or item).problem("missing-guid", message, "give it one that never changes")
    elif guid.attributes.get("isPermaLink", "true").strip().lower() != "false" and not is_page(text):
        message = f"the guid {quoted(text)} is not the URL of a page, and isPermaLink is not false"
        yield guid.problem("guid-not-address", message, 'write isPermaLink="false"')
    elif text.isdecimal() and len(text) < _MANY_DIGITS:
        message = f"the guid {quoted(text)} is a small number, which other feeds have too"
        yield guid.problem("weak-guid", message, "write new ones as in tag:example.org,2024:123")


def _permalink_problems(guid: Element) -> Iterator[LintProblem]:
    for name, value in guid.attributes.items():
        if name.lower() == "ispermalink" and (name != "isPermaLink" or value not in {"true", "false"}):
            message = f"a guid has {name}={quoted(value)}, which readers may not know"
            yield guid.problem("bad-permalink", message, 'write isPermaLink="true" or isPermaLink="false"')


def _text_problems(item: Element) -> Iterator[LintProblem]:
    if not item.text_of("title") and item.first("description") is None:
        yield item.problem("missing-part", "an item has neither a title nor a description", "give it one of them")
    for title in item.all("title"):
        yield from title.locate(plain_text_problems(title.text, "the title"))
    descriptions, contents = item.all("description"), item.all("encoded", CONTENT)
    for element in (*descriptions, *contents):
        yield from html_problems(element)
    for element in (*(child for child in item.children if child.namespace == item.namespace), *contents):
        yield from unescaped_problems(element)
    for body in item.all("body", XHTML):
        yield from xhtml_problems(body, f"<{body.label}>")
    if descriptions and contents and item.children.index(contents[0]) < item.children.index(descriptions[0]):
        message = "content:encoded comes before the description, and some readers show only the last"
        yield contents[0].problem("description-order", message, "put the description first")


def _address_problems(item: Element) -> Iterator[LintProblem]:
    links = item.all("link", ATOM)
    yield from link_problems(links)
    yield from paging_problems(links)
    for name in ("link", "comments"):
        for element in item.all(name):
            yield from element.locate(uri_problems(element.text, f"<{name}>"))
    for source in item.all("source"):
        if not is_absolute_uri(source.attributes.get("url", "")):
            message = "<source> has no absolute url of the original feed"
            yield source.problem("missing-part", message, "give it one, or leave it out")


def _author_problems(item: Element) -> Iterator[LintProblem]:
    for author in item.all("author", ATOM)[1:]:  # as the W3C's validator has it
        yield author.problem("repeated-part", f"<item> has another <{author.label}>", "write others as dc:creator")
    for author in item.all("author"):
        yield from person_problems(author, "write it as dc:creator")


def _enclosure_problems(item: Element) -> Iterator[LintProblem]:
    enclosures = item.all("enclosure")
    for enclosure in enclosures[1:]:
        message = "an item has another enclosure, and most readers take one"
        yield enclosure.problem("many-enclosures", message, "write the others as media:content")
    for enclosure in enclosures:
        yield from emptiness_problems(enclosure)
        bad = [name for name, test in _ENCLOSURE.items() if not test(enclosure.attributes.get(name, ""))]
        if bad:
            said = ", ".join(f"{name}={quoted(enclosure.attributes.get(name, ''))}" for name in bad)
            remedy = "write an http or https URL, the length in bytes or 0, and a media type"
            yield enclosure.problem("bad-enclosure", f"an enclosure has {said}", remedy)
        else:
            url = enclosure.attributes["url"]
            yield from enclosure.locate(uri_problems(url, "the url of an enclosure"))
