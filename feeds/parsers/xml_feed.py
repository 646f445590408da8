"""Parse the feeds that are XML, by their root element."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from feeds.lazy_pattern import lazy_pattern
from feeds.parsers import atom, opml, rss
from feeds.parsers.namespaces import local_name, short_name
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.parser import FeedDocument
from feeds.parsers.resolve import resolve
from feeds.parsers.xml_reader import LateHeadError, NotWellFormedError, XmlReader
from feeds.parsers.xml_repair import xml_readers

_START = re.compile(rb"\s*+(?:\xef\xbb\xbf)?\s*+<", re.ASCII)
_ALTERNATE = lazy_pattern(
    r"<link\b(?=[^>]*\brel=[\"']?alternate)(?=[^>]*\btype=[\"']?application/(?:rss\+xml|atom\+xml|feed\+json))"
    r"[^>]*?\bhref=[\"']?([^\"'\s>]+)",
    re.IGNORECASE,
)
_ROOTS: dict[str, Callable[[XmlReader, Notes, str], Parsed]] = {
    "rss": rss.parse_xml,
    "channel": rss.parse_xml,
    "rdf:rdf": rss.parse_rdf,
    "atom:feed": atom.parse_xml,
    "atom:entry": atom.parse_xml,
    "feed": atom.parse_xml,
    "opml": opml.parse_xml,
}
_LONGEST_HEAD = 64 * 1024


def sniff(data: bytes) -> bool:
    """Return whether a document is XML, even if not well-formed."""
    return bool(_START.match(data)) or b"<rss" in data[:1024] or b"<feed" in data[:1024]


def parse(document: FeedDocument, notes: Notes) -> Parsed | None:
    """Return the feed in a document, or None and note a problem."""
    for xml in xml_readers(document.data, notes):
        known = len(notes.problems)
        with suppress(NotWellFormedError):
            return _read(xml, document, notes)
        notes.forget(known)
    notes.add("not-a-feed", "the document has no XML element", "give RSS, Atom, JSON Feed, CSV or OPML")
    return None


def _read(xml: XmlReader, document: FeedDocument, notes: Notes) -> Parsed | None:
    tag = xml.root.tag
    if tag.endswith(("}rss", "}feed")) and tag == short_name(tag):
        xml = xml.whole()
        _strip_namespace(xml.root)
    read, known = _ROOTS.get(short_name(xml.root.tag)), len(notes.problems)
    if read is None:
        message = f"the document is <{local_name(tag)[:60]}>, which is no feed"
        notes.problems.clear()  # for a page, it is irrelevant that it is no XML
        notes.add("not-a-feed", message, _advice(document))
        return None
    try:
        return read(xml, notes, document.url)
    except LateHeadError:
        notes.forget(known)
        return read(xml.whole(), notes, document.url)


def _strip_namespace(root: Any) -> None:
    """Read elements in the unknown namespace of the root as elements of RSS and Atom."""
    namespace = root.tag.rpartition("}")[0] + "}"
    for node in root.iter(f"{namespace}*"):
        with suppress(ValueError):  # a recovered name that libxml2 refuses
            node.tag = node.tag.removeprefix(namespace)


def _advice(document: FeedDocument) -> str:
    found = _ALTERNATE.search(document.data[:_LONGEST_HEAD].decode("utf-8", "replace"))
    if not found:
        return "give the address of the feed, not of the page"
    return f"the page names the feed {resolve(found[1], document.url)}"
