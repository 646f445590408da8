"""Parse the feeds that are XML, by their root element."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from feeds.parsers import atom, opml, rdf, rss
from feeds.parsers.namespaces import short_name
from feeds.parsers.parsed import Notes, Parsed
from feeds.parsers.parser import Document
from feeds.parsers.resolve import resolve
from feeds.parsers.xml_tree import parse_xml

_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<", re.ASCII)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0", b"\x4c\x6f\xa7\x94")
_ALTERNATE = re.compile(
    r"<link\b(?=[^>]*\brel=[\"']?alternate)(?=[^>]*\btype=[\"']?application/(?:rss\+xml|atom\+xml|feed\+json))"
    r"[^>]*?\bhref=[\"']?([^\"'\s>]+)",
    re.IGNORECASE,
)
_ROOTS: dict[str, Callable[[Any, Notes, str], Parsed]] = {
    "rss": rss.parse_tree,
    "channel": rss.parse_tree,
    "rdf:rdf": rdf.parse_tree,
    "atom:feed": atom.parse_tree,
    "atom:entry": atom.parse_tree,
    "feed": atom.parse_tree,
    "opml": opml.parse_tree,
}
_LONGEST_HEAD = 64 * 1024


def sniff(data: bytes) -> bool:
    """Return whether a document is XML, even if not well-formed."""
    return bool(_START.match(data)) or data.startswith(_WIDE) or b"<rss" in data[:1024] or b"<feed" in data[:1024]


def parse(document: Document, notes: Notes) -> Parsed | None:
    """Return the feed in a document, or None and note a problem."""
    root = parse_xml(document.data, notes)
    if root is None:
        notes.add("not-a-feed", "the document has no XML element", "give RSS, Atom, JSON Feed, CSV or OPML")
        return None
    if root.tag.endswith(("}rss", "}feed")) and root.tag == short_name(root.tag):
        _strip_namespace(root)
    read = _ROOTS.get(short_name(root.tag))
    if read:
        return read(root, notes, document.url)
    message = f"the document is <{root.tag[:60]}>, which is no feed"
    notes.problems.clear()  # for a page, it is irrelevant that it is no XML
    notes.add("not-a-feed", message, _advice(document))
    return None


def _strip_namespace(root: Any) -> None:
    """Read elements in the unknown namespace of the root as elements of RSS and Atom."""
    namespace = root.tag.rpartition("}")[0] + "}"
    for node in root.iter(f"{namespace}*"):
        with suppress(ValueError):  # a recovered name that libxml2 refuses
            node.tag = node.tag.removeprefix(namespace)


def _advice(document: Document) -> str:
    found = _ALTERNATE.search(document.data[:_LONGEST_HEAD].decode("utf-8", "replace"))
    if not found:
        return "give the address of the feed, not of the page"
    return f"the page names the feed {resolve(found[1], document.url)}"
