"""Parse feeds of any format; the table PARSERS lists them all."""

import gc
from collections.abc import Mapping

from feeds.model.feed import Feed
from feeds.parsers.encoding import with_ascii
from feeds.parsers.parsed import Notes, Parsed, Subscription, TooManyError
from feeds.parsers.parser import FeedDocument, Parser
from feeds.parsers.shared_links import with_distinct_ids
from feeds.parsers.unpack import MAX_BYTES, UnpackError, unpack

__all__ = ["NOTHING", "PARSERS", "Parsed", "Subscription", "parse"]

_TABLE = Parser("csv", "feeds.parsers.csv_table")
PARSERS = (
    Parser("json", "feeds.parsers.json_feed"),
    Parser("hfeed", "feeds.parsers.hfeed"),  # before XML, which pages look like
    Parser("xml", "feeds.parsers.xml_feed"),  # RSS, RDF, Atom and OPML: by the root element
    _TABLE,
)
NOTHING = Parsed(Feed(is_foreign=True))


def parse(
    data: bytes, *, url: str = "", columns: Mapping[str, str] | None = None, name: str = "", limit: int = MAX_BYTES
) -> Parsed:
    """Return the feed in a document of any format, and the problems found while reading it.

    The content decides the format: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x, CSV, OPML; compressed with
    gzip, deflate or Brotli, in any encoding. `url` is where the document was found: relative URLs are resolved
    against it. `columns` maps fields of `csv_table.FIELDS` to columns of a table (`{"title": "Headline"}`). `name`, or
    else `url`, is the path in problems. Nothing is fetched, and at most `limit` bytes are unpacked.

    No input raises. A document that is not a feed gives a Parsed with an empty `format` and an error. Warnings list
    what was repaired or dropped; a strict caller can refuse them. OPML gives `subscriptions` and no items.
    """
    notes = Notes(name or url or "-")
    try:
        document = FeedDocument(unpack(data, limit), url, columns or {})
    except UnpackError as error:
        rule = "feed-too-large" if error.is_too_large else "bad-compression"
        notes.add(rule, f"the document cannot be unpacked: {error}", error.remedy)
        return NOTHING._replace(problems=notes.sorted())
    was_enabled = gc.isenabled()
    gc.disable()  # parsed values have no cycles
    try:
        found = with_distinct_ids(_parsed(document, notes) or NOTHING, notes)
    except TooManyError as error:
        notes.add("feed-too-large", f"the document has {error}", "give a smaller one")
        found = NOTHING
    finally:
        if was_enabled:
            gc.enable()
    return found._replace(problems=notes.sorted())


def _parsed(document: FeedDocument, notes: Notes) -> Parsed | None:
    readable = with_ascii(document.data)
    parser = next((each for each in PARSERS if each.sniff(readable)), None)
    if parser is None and document.columns:
        return _TABLE.parse(document, notes)
    if parser is None:
        what = "neither a feed nor a table" if document.data.strip() else "empty"
        notes.add("not-a-feed", f"the document is {what}", "give RSS, Atom, JSON Feed, CSV or OPML")
        return None
    return parser.parse(document, notes)
