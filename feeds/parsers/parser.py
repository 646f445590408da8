"""Input formats."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from feeds.parsers.parsed import Notes, Parsed


class FeedDocument(NamedTuple):
    """A document to be parsed: its bytes, its URL, and for tables the columns of fields."""

    data: bytes
    url: str
    columns: Mapping[str, str]


class Parser(NamedTuple):
    """An input format: its name, and the module that parses it, which is imported on first use."""

    name: str
    module: str

    def sniff(self, data: bytes) -> bool:
        """Return whether a document seems to be in this format."""
        return bool(import_module(self.module).sniff(data))

    def parse(self, document: FeedDocument, notes: Notes) -> Parsed | None:
        """Return the feed in a document, or None if it has none."""
        found: Parsed | None = import_module(self.module).parse(document, notes)
        return found
