"""Report the losses of a conversion, each kind with its first location."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from feeds.diagnostics.problem import Problem, Span
from feeds.formats.loss import Loss, Losses, losses_of
from feeds.parsers.encoding import with_ascii
from feeds.parsers.unpack import unpack
from feeds.publish.conversion.conversion_rules import LOST, conversion_problem
from feeds.publish.conversion.inputs import FeedInput

_BLOCK = 64 * 1024
_MOST_SEARCHED = 512 * 1024 * 1024  # bytes: each kind of loss may take a search of the whole document
# Patterns of the names of Item's fields in documents, the preferred ones before a space.
_WRITTEN = {
    "authors": "author|creator|managingEditor",
    "categories": "category|subject|keywords|tags",
    "comments": "comments link[^<>]{0,999}rel=.replies link",
    "content": "content:encoded|content_html|content_text content|encoded|body",
    "contributors": "contributor",
    "current_url": "link[^<>]{0,999}rel=.current",
    "description": "description|subtitle|tagline",
    "enclosures": "enclosure|attachments link[^<>]{0,999}rel=.enclosure content",
    "hubs": "hubs link[^<>]{0,999}rel=.hub",
    "id": "id|guid",
    "images": "thumbnail|image|content",
    "is_expired": "expired",
    "is_permalink": "guid",
    "link": "link|home_page_url|url",
    "links": "link[^<>]{0,999}rel=.(?!alternate|self|hub|next|prev|current|via|related|enclosure)[^\\s>]+ link",
    "logo": "image|logo|icon",
    "next_url": "next_url link[^<>]{0,999}rel=.next",
    "plain_content": "content_text",
    "previous_url": "link[^<>]{0,999}rel=.prev-archive",
    "published": "pubDate|published|date|date_published",
    "related": "link[^<>]{0,999}rel=.related _related",
    "rights": "rights|copyright",
    "source": "atom:source source|_source",
    "summary": "description|summary",
    "title_markup": "title",
    "updated": "lastBuildDate|updated|modified|date_modified",
    "url": "feed_url link[^<>]{0,999}rel=.self",
    "via": "external_url link[^<>]{0,999}rel=.via",
}


def report_losses(read: FeedInput, losses: Losses) -> Iterator[Problem]:
    """Yield a problem, with its line and column, for each kind of content that a format loses of a feed."""
    yield from read.lost
    if read.lost or read.parsed.format == "records":
        return
    found = losses_of(read.parsed.feed, losses)
    locations = _Locations(read) if found else None
    for number, loss in enumerate(found):
        is_searched = number * len(read.data) < _MOST_SEARCHED
        span = locations.find(loss) if locations and is_searched else line_of(loss.item, read.parsed.lines)
        yield conversion_problem(read.name, LOST, f"lost {loss.name} x{loss.times}", "", span)


def line_of(item: int | None, lines: Sequence[int]) -> Span:
    """Return where an item begins, by its number; the beginning of the document for None."""
    line = lines[item] if item is not None and item < len(lines) else 1
    return Span(line, 1, line, 1)


class _Locations:
    """The places of losses in a document, which is searched for the names of elements and keys without parsing it."""

    def __init__(self, read: FeedInput) -> None:
        self._data = with_ascii(unpack(read.data))
        blocks = range(0, len(self._data), _BLOCK)
        self._breaks = list(accumulate(self._data.count(b"\n", at, at + _BLOCK) for at in blocks))
        self._lines = read.parsed.lines

    def find(self, loss: Loss) -> Span:
        """Return where the first loss of a kind is written, else where its item begins."""
        start, end = self._extent(loss.item)
        if ".extensions" in loss.path and not loss.path.startswith("item.source."):
            names = [re.escape(loss.name)]
        else:
            field = loss.path.split(".")[1] if "." in loss.path else loss.path
            names = [rf"(?:[\w.-]+:)?(?:{name})" for name in _WRITTEN.get(field, field).split(" ")]
        written = [re.compile(f'[<"](?={name}[\\s>/"\'])'.encode()) for name in names]
        for last in (end, len(self._data)):
            for pattern in written:
                if found := pattern.search(self._data, start, last):
                    return self._span(found.start())
        return self._span(start)

    def _extent(self, item: int | None) -> tuple[int, int]:
        """Return the extent of an item or of the head, from the lines on which items begin."""
        if item is None or item >= len(self._lines):
            return 0, self._start_of(min(self._lines, default=0)) or len(self._data)
        line = self._lines[item]
        after = next((each for each in self._lines[item + 1 :] if each > line), None)
        return self._start_of(line), self._start_of(after) if after else len(self._data)

    def _start_of(self, line: int) -> int:
        """Return where a line begins, which is counted from 1."""
        before = min(max(line - 1, 0), self._breaks[-1])
        block = bisect_left(self._breaks, before)
        at, breaks = block * _BLOCK, self._breaks[block - 1] if block else 0
        for _ in range(before - breaks):
            at = self._data.find(b"\n", at) + 1
        return at

    def _span(self, at: int) -> Span:
        line = self._data.count(b"\n", 0, at) + 1
        before = self._data[self._data.rfind(b"\n", 0, at) + 1 : at]
        column = len(before.decode("utf-8-sig", "replace")) + 1
        return Span(line, column, line, column)
