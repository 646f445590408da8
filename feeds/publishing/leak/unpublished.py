"""Find records in outputs that are not to be published.

An item tells of a record if it has the record's id, or shows the record's own words: its title, its excerpt, or a
stretch of its body. Items are read as a subscriber's program reads them and compared as wholes, because a mere search
would give false alarms: an id may be an address to which other records link; `Weekly news` is many a title; a record
that is not published may be related to one that is. So texts of less than 48 bytes say nothing, nor do those that a
published record holds as well, as twins, quoted press releases and related articles do.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from lxml import etree

from feeds.formats.content import content_html
from feeds.record import Record

FEWEST_BYTES = 48

_TAG = re.compile(r"<[^>]*>")
_ATOM = "{http://www.w3.org/2005/Atom}"
_ITEMS = ("item", f"{_ATOM}entry")
_IDS = ("guid", f"{_ATOM}id")
_TEXTS = ("title", f"{_ATOM}title", f"{_ATOM}summary")
_MARKUP = ("description", "{http://purl.org/rss/1.0/modules/content/}encoded", f"{_ATOM}content")


def signs_of(unpublished: Iterable[Record], published: Iterable[Record]) -> dict[str, str]:
    """Return the ids and the own words of records that are not published, each with the id of its record."""
    signs = {sign: record.id for record in unpublished for sign in (record.id, *_words(record))}
    for record in published:
        for sign in (record.id, *_words(record), *_cited(record)):
            signs.pop(sign, None)
    return signs


def unpublished_items(name: str, content: bytes, signs: Mapping[str, str]) -> list[str]:
    """Return the ids of the unpublished records of which an output file tells, in order.

    The file's name says its format; a file that is no feed has no items. Raises ValueError or SyntaxError for a feed
    that cannot be read.
    """
    return sorted({signs[sign] for sign in _signs_in(name, content) if sign in signs})


def _signs_in(name: str, content: bytes) -> Iterator[str]:
    suffix = name.rpartition(".")[2]
    if suffix in {"rss", "atom"}:
        for _, item in etree.iterparse(io.BytesIO(content), tag=_ITEMS):
            yield from (element.text or "" for element in item.iterchildren(*_IDS))
            yield from _long(element.text or "" for element in item.iterchildren(*_TEXTS))
            yield from _long(text for element in item.iterchildren(*_MARKUP) for text in _shown(element.text or ""))
            item.clear()
    elif suffix == "json":
        for item in json.loads(content)["items"]:
            yield item["id"]
            yield from _long([item["title"], item.get("summary", ""), *_shown(item["content_html"])])
    elif suffix == "csv":
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            yield row["id"]
            yield from _long([row["title"], row["excerpt"]])


def _words(record: Record) -> Iterator[str]:
    return _long([record.title, record.excerpt, *(_shown(content_html(record)) if record.body else ())])


def _cited(record: Record) -> Iterator[str]:
    images = (text for image in record.images for text in (image.title, image.attribution))
    return _long([*images, *(text for article in record.related for text in (article.title, article.excerpt))])


def _shown(markup: str) -> Iterator[str]:
    return (unescape(text) for text in _TAG.split(markup))


def _long(texts: Iterable[str]) -> Iterator[str]:
    lines = (" ".join(text.split()) for text in texts)
    return (line for line in lines if len(line.encode()) >= FEWEST_BYTES)
