"""Input formats."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from feeds.parsers.parsed import Notes, Parsed


class Document(NamedTuple):
    """A document to be parsed: its bytes, its URL, and for tables the columns of fields."""

    data: bytes
    url: str = ""
    columns: Mapping[str, str] = {}


class Parser(NamedTuple):
    """An input format: its name, how its documents are recognised, and how they are parsed."""

    name: str
    sniff: Callable[[bytes], bool]
    parse: Callable[[Document, Notes], Parsed | None]
