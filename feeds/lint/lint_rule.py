"""List the rules for finished feed files, and the severity of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from feeds.diagnostics.problem import START, Problem, Route, Span
from feeds.diagnostics.rules import Rule


class LintProblem(NamedTuple):
    """A broken rule: what was found, how to fix it, and where; `route` leads to a value of JSON Feed."""

    rule: str
    message: str
    remedy: str = ""
    span: Span = START
    route: Route = ()


def problems_of(path: str, lint_problems: Iterable[LintProblem]) -> list[Problem]:
    """Return lint problems as problems of a file, sorted, with their rules' severity."""
    return sorted(
        {
            Problem(path, span, rule, message, remedy, LINT_RULES[rule].severity, route)
            for rule, message, remedy, span, route in lint_problems
        }
    )


def _error(summary: str) -> Rule:
    return Rule("error", summary)


def _warning(summary: str) -> Rule:
    return Rule("warning", summary)


LINT_RULES: dict[str, Rule] = {
    # any format
    "unknown-format": _error("a file is none of RSS 2.0, Atom 1.0, JSON Feed, CSV and OPML 2.0"),
    "compressed": _error("a file is compressed, so that it cannot be looked at"),
    "wrong-suffix": _warning("a file's suffix makes servers take it for another format"),
    "feed-too-large": _warning("a file is too large to be looked at"),
    "bad-encoding": _error("bytes are not text in the encoding that they should be in"),
    "wrong-version": _error("a feed names a version that is not one of its format"),
    "missing-part": _error("what every feed, or every item, needs is missing or blank"),
    "repeated-part": _error("what there can be only one of is there again"),
    "unknown-part": _error("the format has nothing of that name"),
    "missing-id": _error("an item has no id"),
    "repeated-id": _error("two items have the same id"),
    "blank-in-id": _warning("an id begins or ends with a blank, or holds one"),
    "feed-date": _warning("a feed's date is not that of its newest item"),
    "rfc3339-date": _error("a date is not an RFC 3339 date-time"),
    "relative-address": _error("an address is not whole"),
    "mangled-address": _warning("an address is escaped, begins twice, or holds what cannot be seen"),
    "local-address": _warning("an address leads to a machine or network that subscribers cannot reach"),
    "odd-year": _warning("a date is in a year that no article is of"),
    "wrong-value": _error("a value is none that its element can have"),
    "missing-self": _warning("a feed does not say where it is served"),
    "bad-media-type": _error("a text is not a media type"),
    "bad-language": _error("a text is not a language tag"),
    "forbidden-character": _error("a character that XML 1.0 cannot carry"),
    "escaped-twice": _warning("plain text is escaped twice"),
    "html-in-plain-text": _warning("plain text holds HTML"),
    # HTML
    "relative-html-address": _error("an address in HTML content is not whole"),
    "security-risk": _error("HTML content holds what could run in a reader"),
    "dangerous-style": _warning("HTML content has style that could cover a reader's own page"),
    # XML
    "not-well-formed": _error("a file is not well-formed XML"),
    "xml-doctype": _error("a document type declares something of its own"),
    "xml-entity": _error("an entity that XML does not know"),
    "xml-too-deep": _error("elements are nested too deep"),
    "other-encoding": _warning("XML is in another encoding than UTF-8"),
    "missing-xml-declaration": Rule("info", "XML does not begin with its declaration"),
    "unused-namespace": _warning("a namespace is declared, and nothing is in it"),
    "misspelt-namespace": _error("a namespace is nearly one that readers know"),
    "unknown-rel": _warning("a link has a relation that is not registered"),
    "paging-in-entry": _error("a link that leads to other pages of the feed is in an entry"),
    "repeated-alternate": _error("two alternate links have the same type and language"),
    "self-type": _warning("the link of a feed to itself names another format's media type"),
    "blank-category": _error("a category has no term or name"),
    "media-size": _error("a width or height is not a positive whole number"),
    "media-medium": _error("a medium is not one of Media RSS"),
    "media-group-of-one": _error("a media:group holds fewer than two media:content"),
    # RSS
    "missing-guid": _warning("an item of RSS has no guid"),
    "bad-permalink": _error("isPermaLink of a guid is neither true nor false"),
    "guid-not-address": _error("a guid is said to be an address, and is none"),
    "rfc822-date": _error("a date is not an RFC 822 date"),
    "wrong-weekday": _error("a date does not fall on the weekday that it names"),
    "odd-date": _warning("a date has a short year, or a zone that readers may not know"),
    "rss-author": _error("an author of RSS has no e-mail address"),
    "description-order": _warning("content:encoded stands before the description"),
    "duplicate-element": _warning("an element and one of an extension say the same thing"),
    "bad-enclosure": _error("an enclosure has no address, length and type"),
    "many-enclosures": _warning("an item has more than one enclosure"),
    "podcast-part": _warning("a channel lacks what directories of podcasts need"),
    "channel-image": _warning("the image of a channel is too large, or does not agree with the channel"),
    # Atom
    "id-not-uri": _error("an id of Atom is not a whole URI"),
    "bad-text-type": _error("the type of a text is none of text, html and xhtml"),
    "untyped-content": _warning("the content of an entry does not say of what type it is"),
    # JSON Feed
    "not-json": _error("a file is not JSON"),
    "json-byte-order-mark": _warning("a JSON Feed begins with a byte order mark"),
    "repeated-member": _error("a key is given twice in one object"),
    "unknown-member": _warning("a key is none of JSON Feed, and does not begin with _"),
    "wrong-kind": _error("a value is not of the kind that its key needs"),
    "next-url": _error("the next page of a feed is the feed itself"),
    "feed-size": _warning("a JSON Feed is larger than 250 KB"),
    # CSV
    "csv-line-end": _error("a row does not end with CR and LF"),
    "csv-quote": _error("a quotation mark stands where it cannot"),
    "csv-columns": _error("a row has more or fewer columns than the header"),
    "csv-header": _error("the first row does not name the columns"),
    "csv-duplicate-column": _error("two columns have the same name"),
    # how a feed is served
    "http-status": _error("a server answers with an error"),
    "redirected-feed": _warning("a feed is at another address"),
    "served-type": _warning("Content-Type names a media type that is not that of the feed"),
    "served-charset": _warning("Content-Type names another encoding than the document, or none"),
    "no-validator": _warning("an answer has neither ETag nor Last-Modified"),
    "no-304": _warning("a server sends the whole feed to those who have it"),
    "not-compressed": _warning("a feed is sent without compression"),
    "cache-control": _warning("a server does not say how long a feed is fresh, or forbids to keep it"),
    "self-elsewhere": _warning("a feed names another address as its own than that at which it is"),
    "bot-wall": _error("a server does not let feed readers in"),
}
