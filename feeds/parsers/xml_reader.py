"""Parse an XML document while its items are read, so that few of them are in memory."""

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

from lxml import etree

from feeds.parsers.namespaces import short_name

_CHUNK = 32 * 1024
_ENDS = ("{*}item", "{*}entry")  # other spellings are found when all is parsed
OPTIONS: dict[str, Any] = {
    "encoding": "utf-8",
    "resolve_entities": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}


class NotWellFormedError(Exception):
    """XML that must be repaired to be read."""


class LateHeadError(Exception):
    """The head of a feed follows items that depend on it, so that the whole document must be parsed first."""


class XmlReader:
    """A reader of the elements of a document: its items one by one, then all others below `root`.

    Before the items, `root` has what is parsed so far, at least all that precedes the first one; if it `is_whole`, that
    is everything. Any method raises NotWellFormedError where the document is not well-formed.
    """

    def __init__(self, data: bytes, root: Any = None) -> None:
        self._data, self.root = data, root
        self._ends = self._parse() if root is None else iter(())
        first = next(self._ends, None)
        self.is_whole = first is None
        if first is not None:
            self.root = first.getroottree().getroot()
            self._ends = chain((first,), self._ends)

    def _parse(self) -> Iterator[Any]:
        """Yield the elements that may be items, each when it is parsed."""
        parser = etree.XMLPullParser(("end",), tag=_ENDS, **OPTIONS)
        try:
            for start in range(0, len(self._data), _CHUNK):
                parser.feed(self._data[start : start + _CHUNK])
                yield from (element for _, element in parser.read_events())
            self.root = parser.close()
        except (etree.XMLSyntaxError, ValueError):
            raise NotWellFormedError from None

    def items(self, names: Collection[str]) -> Iterator[Any]:
        """Yield the items, which have one of some short names; each is removed when the next is asked for."""
        holder = None
        for element in chain(self._ends, self._rest(names)):
            parent = element.getparent()
            if parent is None or short_name(element.tag) not in names:
                continue
            if parent is holder or self._has_items(parent):
                holder = parent
                yield element
                if element.tail and not element.tail.isspace():
                    parent.text = (parent.text or "") + element.tail
                parent.remove(element)

    def _rest(self, names: Collection[str]) -> Iterator[Any]:
        for parent in filter(self._has_items, (self.root, *self.root.iterchildren("*"))):
            yield from [child for child in parent.iterchildren("*") if short_name(child.tag) in names]

    def _has_items(self, parent: Any) -> bool:
        is_channel = parent.getparent() is self.root and short_name(parent.tag) == "channel"
        return is_channel or parent is self.root

    def whole(self) -> "XmlReader":
        """Return a reader that has all elements of the document below `root`."""
        if self.is_whole:
            return self
        try:
            return XmlReader(self._data, etree.XML(self._data, etree.XMLParser(**OPTIONS)))
        except (etree.XMLSyntaxError, ValueError):
            raise NotWellFormedError from None
