"""The result of parsing a document, and the Problems that a parser reports."""

from __future__ import annotations

from typing import NamedTuple

from feeds.diagnostics.problem import START, Problem, Span
from feeds.diagnostics.rules import Severity
from feeds.model.feed import Feed

MOST_PROBLEMS = 1000

PARSE_RULES: dict[str, Severity] = {
    "not-a-feed": "error",  # nothing in the document is a feed
    "feed-too-large": "error",  # the document, or what it unpacks to, is larger than what is read
    "bad-compression": "error",  # a compressed document cannot be unpacked
    "bad-encoding": "warning",  # the bytes are not in the encoding that is declared
    "not-well-formed": "warning",  # XML was repaired to be read
    "bad-date": "warning",  # a date that nobody can read
    "bad-number": "warning",  # a length or duration that is no number
    "not-kept": "warning",  # a part that the hub has no field for
    "wrong-value": "warning",  # a value of another kind than the format says
}


class Subscription(NamedTuple):
    """A feed in a list of feeds (OPML): its title, its address, that of its site, and the groups it is in."""

    title: str
    url: str
    link: str = ""
    groups: tuple[str, ...] = ()


class Parsed(NamedTuple):
    """A parsed document.

    `format` is `rss`, `rdf`, `atom`, `json`, `csv`, `hfeed`, `opml`, or empty for what is no feed; `version` is its
    version.
    `lines` has the line at which each item begins, in the order of `feed.items`, and for OPML of each subscription.
    Problems are sorted; an error among them means that the feed is not whole.
    """

    feed: Feed
    problems: tuple[Problem, ...] = ()
    format: str = ""
    version: str = ""
    lines: tuple[int, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()


class Notes:
    """The Problems of one document while it is parsed; of very many the first 1,000 are kept."""

    __slots__ = ("_path", "has_bases", "has_relative", "is_mended", "problems")

    def __init__(self, path: str) -> None:
        self._path = path
        self.is_mended = False  # elements and their names may not be well-formed
        self.has_relative = True  # there may be relative addresses in attributes
        self.has_bases = True  # there may be xml:base in the document
        self.problems: list[Problem] = []

    def add(self, rule: str, message: str, remedy: str = "", line: int = 1, column: int = 1) -> None:
        """Note a Problem at a place."""
        if len(self.problems) < MOST_PROBLEMS:
            span = Span(line, column, line, column) if line > 1 or column > 1 else START
            self.problems.append(Problem(self._path, span, rule, message, remedy, PARSE_RULES[rule]))

    def sorted(self) -> tuple[Problem, ...]:
        """Return the Problems in the order of their places."""
        return tuple(sorted(self.problems))
