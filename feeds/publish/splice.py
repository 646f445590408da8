"""Render only the new items of a feed, and take all others from its published file, which is much faster."""

from collections.abc import Sequence
from typing import NamedTuple

from feeds.formats.format import Format
from feeds.model.feed import Feed


class _Written(NamedTuple):
    """The bytes that a format writes before all items, at the beginning and the end of each, and between two."""

    before: bytes
    begin: bytes
    end: bytes
    between: bytes = b""


# No text of an item is a line like these, as formats escape its tags and, in JSON, its line breaks.
_WRITTEN = {
    "rss": _Written(b"", b"    <item>\n", b"\n    </item>\n"),
    "atom": _Written(b"", b"  <entry", b"\n  </entry>\n"),
    "json": _Written(b'\n  "items": [\n', b"    {\n", b"\n    }", b",\n"),
}


class Published(NamedTuple):
    """A published document, and the digests of its items in their order."""

    content: bytes
    digests: Sequence[bytes]


class Spliced(NamedTuple):
    """A whole document, and a document of its new items and its newest one alone, for lint."""

    content: bytes
    of_new: bytes


class _Parts(NamedTuple):
    head: bytes
    items: list[bytes]
    end: bytes


def spliced(kind: Format, feed: Feed, digests: Sequence[bytes], published: Published) -> Spliced | None:
    """Return a feed as `kind` renders it, with each item that has not changed copied from the published document.

    `digests` are those of the feed's items: an item with a digest of the published document has the same bytes there.
    None if the whole feed has to be rendered: without items, with more new items than others, or if the published
    document cannot be taken apart.
    """
    known = _parts(published.content, kind)
    if not known or len(known.items) != len(published.digests):
        return None
    written = dict(zip(published.digests, known.items, strict=True))
    new = {digest: item for item, digest in zip(feed.items, digests, strict=True) if digest not in written}
    if not feed.items or 2 * len(new) > len(digests):
        return None
    # The date of a document is that of its newest item.
    newest = max(zip(digests, feed.items, strict=True), key=lambda each: each[1].updated or feed.newest)
    few = new | dict([newest])
    of_few = feed._replace(items=tuple(few.values()))
    of_new = b"".join(kind.render(of_few))
    parts = _parts(of_new, kind)
    if not parts or len(parts.items) != len(few):
        return None
    written |= zip(few, parts.items, strict=True)
    head = parts.head.replace(_beginning(kind, of_few), _beginning(kind, feed), 1)
    items = _WRITTEN[kind.name].between.join([written[digest] for digest in digests])
    return Spliced(head + items + parts.end, of_new)


def _parts(content: bytes, kind: Format) -> _Parts | None:
    if kind.name not in _WRITTEN:
        return None
    written = _WRITTEN[kind.name]
    after = content.find(written.before) + len(written.before)
    start = content.find(b"\n" + written.begin, max(after - 1, 0)) + 1
    *found, end = content[start:].split(written.end)
    items = [part.removeprefix(written.between) + written.end for part in found]
    if not start or not items or not all(item.startswith(written.begin) for item in items):
        return None
    parts = _Parts(content[:start], items, end)
    return parts if parts.head + written.between.join(items) + parts.end == content else None


def _beginning(kind: Format, feed: Feed) -> bytes:
    """Return the first piece of a document, in which the namespaces that its items use are declared."""
    return next(kind.render(feed))
