"""List the rules for finished feed files, and the severity of each."""

from collections.abc import Iterable
from typing import NamedTuple

from feeds.diagnostics.problem import START, Problem, Route, Span
from feeds.diagnostics.rules import Rule, error


class LintProblem(NamedTuple):
    """A broken rule: what was found, how to fix it, and where; `route` leads to a value of JSON Feed."""

    rule: str
    message: str
    remedy: str = ""
    span: Span = START
    route: Route = ()


def problems_of(path: str, lint_problems: Iterable[LintProblem]) -> list[Problem]:
    """Return lint problems as problems of a file, sorted, with the severity of their rules."""
    return sorted(
        {
            Problem(path, span, rule, message, remedy, LINT_RULES[rule].severity, route)
            for rule, message, remedy, span, route in lint_problems
        }
    )


def _warning(summary: str) -> Rule:
    return Rule("warning", summary)


LINT_RULES: dict[str, Rule] = {
    # any format
    "unknown-format": error("a file is not RSS 2.0, Atom 1.0, JSON Feed, CSV or OPML 2.0"),
    "compressed": error("a file is compressed, so it is not checked"),
    "wrong-suffix": _warning("the suffix of a file belongs to another format"),
    "feed-too-large": _warning("a file is too large to be checked"),
    "bad-encoding": error("bytes are not valid in the encoding of the file"),
    "wrong-version": error("a feed names an unknown version of its format"),
    "old-version": _warning("a feed is in an old version of its format, which readers still know"),
    "missing-part": error("a required part of a feed or an item is missing or empty"),
    "repeated-part": error("an element that may occur only once is repeated"),
    "unknown-part": error("an element is not defined in the format, or text is between elements"),
    "unknown-attribute": _warning("an attribute is not defined in the format"),
    "not-empty": _warning("an element that has attributes alone holds text"),
    "bare-source": _warning("the source of an Atom entry has no id, title or updated"),
    "missing-id": error("an item has no id"),
    "repeated-id": error("two items have the same id"),
    "blank-in-id": _warning("an id contains white space"),
    "odd-spelling": _warning("an id is a URL that has a usual spelling, too, which some readers take for another"),
    "feed-date": _warning("a feed's date is not that of its newest item"),
    "rfc3339-date": error("a date is not an RFC 3339 date-time"),
    "relative-address": error("a URL is not absolute"),
    "mangled-address": _warning(
        "a URL is HTML-escaped, begins twice, or has invisible characters, a stray %, or more than ASCII in RSS"
    ),
    "local-address": _warning("a URL has a host that subscribers cannot reach"),
    "odd-year": _warning("a date is in an unlikely year"),
    "wrong-value": error("a value is not allowed for its element"),
    "missing-self": _warning("a feed has no self link"),
    "bad-media-type": error("a text is not a media type"),
    "bad-language": error("a text is not a language tag"),
    "forbidden-character": error("a character that XML 1.0 does not allow"),
    "escaped-twice": _warning("plain text is escaped twice"),
    "html-in-plain-text": _warning("plain text contains HTML"),
    # HTML
    "relative-html-address": error("a URL in HTML content is not absolute"),
    "security-risk": error("HTML content contains scripts or other unsafe elements"),
    "unclosed-html": _warning("an element of HTML content is not closed"),
    "dangerous-style": _warning("HTML content has styles that could cover a reader's own page"),
    # XML
    "not-well-formed": error("a file is not well-formed XML"),
    "unescaped-html": error("HTML is not escaped where readers expect text"),
    "xml-doctype": error("a document type contains declarations"),
    "xml-entity": error("an entity that is not defined in XML"),
    "xml-too-deep": error("elements are nested too deeply"),
    "other-encoding": _warning("XML is in another encoding than UTF-8"),
    "missing-xml-declaration": Rule("info", "XML does not begin with its declaration"),
    "unused-namespace": _warning("a declared namespace is not used"),
    "misspelt-namespace": error("a namespace is a misspelling of a known one"),
    "odd-prefix": _warning("a prefix is not that by which programs know its namespace"),
    "undefined-element": _warning("an element is not defined in its vocabulary"),
    "unknown-rel": _warning("a link has a relation that is not registered"),
    "paging-in-entry": error("a paging link of the feed is in an entry"),
    "repeated-alternate": error("two alternate links have the same type and language"),
    "self-type": _warning("the link of a feed to itself names another format's media type"),
    "blank-category": error("a category has no term or name"),
    "media-size": error("a width or height is not a positive whole number"),
    "media-medium": error("a medium is not one of Media RSS"),
    "media-group-of-one": error("a media:group holds fewer than two media:content"),
    # RSS
    "missing-guid": _warning("an item of RSS has no guid"),
    "weak-guid": _warning("a guid is a small number, which other feeds have too"),
    "bad-permalink": error("isPermaLink of a guid is neither true nor false"),
    "guid-not-address": error("a guid that counts as a permalink is not a URL"),
    "rfc822-date": error("a date is not an RFC 822 date"),
    "wrong-weekday": error("a date does not fall on the weekday that it names"),
    "odd-date": _warning("a date has a two-digit year, an obsolete zone name, a comment or unusual spaces"),
    "rss-author": error("an author of RSS has no e-mail address"),
    "author-form": _warning("an author of RSS is not an e-mail address with a name in brackets"),
    "description-order": _warning("content:encoded comes before the description"),
    "duplicate-element": _warning("an element and its equivalent in another vocabulary are both present"),
    "bad-enclosure": error("an enclosure has no address, length and type"),
    "many-enclosures": _warning("an item has more than one enclosure"),
    "podcast-part": _warning("a podcast channel lacks an element that directories require"),
    "channel-image": _warning("the image of a channel is too large, or differs from the channel"),
    # Atom
    "id-not-uri": error("an Atom id is not an absolute URI"),
    "id-form": _warning("an Atom id has not the form of its kind of URI"),
    "bad-text-type": error("the type of a text is not text, html or xhtml"),
    "untyped-content": _warning("the content of an entry has no type"),
    # JSON Feed
    "not-json": error("a file is not JSON"),
    "json-byte-order-mark": _warning("a JSON Feed begins with a byte order mark"),
    "repeated-member": error("a key is given twice in one object"),
    "unknown-member": _warning("a key is not defined in JSON Feed, and does not begin with _"),
    "wrong-kind": error("a value has the wrong type for its key"),
    "next-url": error("the next page of a feed is the feed itself"),
    "feed-size": _warning("a JSON Feed is larger than 250 KB"),
    # CSV
    "csv-line-end": error("a row does not end with CR and LF"),
    "csv-quote": error("a quotation mark is misplaced"),
    "csv-columns": error("a row has more or fewer columns than the header"),
    "csv-header": error("the first row does not name the columns"),
    "csv-duplicate-column": error("two columns have the same name"),
    # how a feed is served
    "http-status": error("a server answers with an error"),
    "redirected-feed": _warning("a feed is at another URL"),
    "served-type": _warning("Content-Type names a media type that is not that of the feed"),
    "served-charset": _warning("Content-Type names another encoding than the document, or none"),
    "served-encoding": error("Content-Encoding names a compression that the bytes do not have"),
    "no-validator": _warning("an answer has neither ETag nor Last-Modified"),
    "no-304": _warning("a server does not answer conditional requests with 304"),
    "not-compressed": _warning("a feed is sent without compression"),
    "cache-control": _warning("a server sends no caching headers, or forbids caching"),
    "self-elsewhere": _warning("the self link of a feed names another URL"),
    "bot-wall": error("a server blocks feed readers"),
}
