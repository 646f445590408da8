"""The result of parsing a document, and the Problems that a parser reports."""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from feeds.diagnostics.problem import START, Problem, Span
from feeds.diagnostics.rules import Severity
from feeds.model.feed import Feed
from feeds.text import NOT_XML

MOST_PROBLEMS = 1000
# Each needs a gigabyte of memory.
MOST = {"items": 1_000_000, "extensions": 1_500_000, "tags": 6_000_000, "values": 10_000_000}
_MOST_SHARED = 10_000
T = TypeVar("T")

CUT_OFF = "cut-off"
PARSE_RULES: dict[str, Severity] = {
    "not-a-feed": "error",  # the document has no feed
    "feed-too-large": "error",  # the document, packed or unpacked, is over the limit
    "bad-compression": "error",  # a compressed document cannot be unpacked
    CUT_OFF: "warning",  # the end is missing, so the last item may not be whole
    "bad-encoding": "warning",  # the bytes are not in the declared encoding
    "not-well-formed": "warning",  # XML was repaired to be read
    "bad-date": "warning",  # a date that cannot be read
    "bad-number": "warning",  # a length or duration is not a number
    "not-kept": "warning",  # a part that has no field in Feed
    "wrong-value": "warning",  # a value of another type than in the format, which is read
    "left-out": "warning",  # a value of another type, or broken XML, that cannot be read
    "shared-address": "info",  # items without ids are given ids of their own
}


class Subscription(NamedTuple):
    """A feed in a list of feeds (OPML): its title, its URL, that of its site, and its groups."""

    title: str
    url: str
    link: str = ""
    groups: tuple[str, ...] = ()


class Parsed(NamedTuple):
    """A parsed document.

    `format` is `rss`, `rdf`, `atom`, `json`, `csv`, `hfeed`, `opml`, or empty if it is not a feed; `version` is that
    of the format. `lines` has the first line of each item, in the order of `feed.items`, and for OPML of each
    subscription. Problems are sorted; with an error, or CUT_OFF, the feed is incomplete.
    """

    feed: Feed
    problems: tuple[Problem, ...] = ()
    format: str = ""
    version: str = ""
    lines: tuple[int, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()


class TooManyError(Exception):
    """A document with more items or elements than can be in memory."""


class Notes:
    """The Problems of one document while it is parsed; at most the first 1,000 are kept."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.is_mended = False  # elements and names may not be well-formed
        self.has_relative = True  # attributes may have relative URLs
        self.has_bases = True  # the document may have xml:base
        self.has_languages = True  # the document may have xml:lang
        self.problems: list[Problem] = []
        self._shared: dict[Any, Any] = {}
        self._once: set[str] = set()
        self._left = dict(MOST)

    def add(self, rule: str, message: str, remedy: str = "", line: int = 1, column: int = 1) -> None:
        """Add a Problem at a line."""
        if len(self.problems) < MOST_PROBLEMS or PARSE_RULES[rule] == "error" or rule == CUT_OFF:
            span = Span(line, column, line, column) if line > 1 or column > 1 else START
            self.problems.append(Problem(self._path, span, rule, message, remedy, PARSE_RULES[rule]))

    def note_forbidden(self, text: str) -> bool:
        """Add the Problem of the first character in a text that XML forbids; return whether there is one."""
        if not (found := NOT_XML.search(text)):
            return False
        line = text.count("\n", 0, found.start()) + 1
        self.add("left-out", "a character that XML forbids was left out", "leave it out", line)
        return True

    def count(self, what: str, number: int = 1) -> None:
        """Count parts of the document. Raises TooManyError."""
        self._left[what] = left = self._left[what] - number
        if left < 0:
            raise TooManyError(f"more than {MOST[what]:,} {what}")

    def shared(self, values: Iterable[T]) -> tuple[T, ...]:
        """Return values as a tuple; equal values and tuples of all items are the same objects, to save memory."""
        found = tuple(values)
        known: tuple[T, ...] | None = self._shared.get(found)
        if known is not None:
            return known
        keep = self._shared.setdefault if len(self._shared) < _MOST_SHARED else self._shared.get
        same: tuple[T, ...] = tuple([keep(each, each) for each in found])
        keep(same, same)
        return same

    def not_kept(self, message: str, line: int) -> None:
        """Add the Problem that a part is not kept, at the first line that has one of its kind."""
        if message not in self._once and len(self._once) < MOST_PROBLEMS:
            self._once.add(message)
            self.add("not-kept", message, "", line)

    def forget(self, known: int) -> None:
        """Forget all but the first so many Problems, and the counts of items, before a document is read again."""
        del self.problems[known:]
        self._once.clear()
        self._left |= {"items": MOST["items"], "extensions": MOST["extensions"]}

    def sorted(self) -> tuple[Problem, ...]:
        """Return the Problems in document order."""
        return tuple(sorted(self.problems))
