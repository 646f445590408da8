"""What a parser is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from feeds.parsers.parsed import Notes, Parsed


class Document(NamedTuple):
    """A document to be parsed: its bytes, where it was, and for tables which column is which field."""

    data: bytes
    url: str = ""
    columns: Mapping[str, str] = {}


class Parser(NamedTuple):
    """A format that is read: its name, how its documents are recognised, and how one becomes a feed."""

    name: str
    sniff: Callable[[bytes], bool]
    parse: Callable[[Document, Notes], Parsed | None]
