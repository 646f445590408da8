"""The health of feeds: what they contain, how large they are, what their items lack. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from feeds.diagnostics.problem import Problem
from feeds.diagnostics.rules import Severity
from feeds.formats.pages.chart import Bar
from feeds.health.rhythm import Calendar, Rhythm

SHOWN = 20
_WORST = 10
_WHOLE = 100  # percent


class FileHealth(NamedTuple):
    """A file of a feed: its size in bytes, None if it is not built yet, and its largest size, if it has one."""

    name: str
    format: str
    size: int | None
    budget: int | None = None

    @property
    def percent(self) -> int | None:
        """Return the size in percent of the budget, rounded up, so that an excess is never 100."""
        return None if self.size is None or not self.budget else ceil(_WHOLE * self.size / self.budget)

    @property
    def is_too_large(self) -> bool:
        """Return whether the file is larger than its budget."""
        return self.size is not None and self.budget is not None and self.size > self.budget


class FeedHealth(NamedTuple):
    """The health of one feed; `bars` count its items per week or month."""

    name: str
    title: str
    rhythm: Rhythm
    bars: Sequence[Bar]
    files: tuple[FileHealth, ...]


class ItemRef(NamedTuple):
    """The title and date of an item, and the file of its record."""

    path: str
    title: str
    published: datetime


class Lack(NamedTuple):
    """The number of items that lack a part, and the newest of them."""

    what: str
    items: int
    newest: tuple[ItemRef, ...]


class TopicWithoutFeed(NamedTuple):
    """A topic that has no feed of its own, how many items it has, and why."""

    name: str
    items: int
    reason: str


class Spelling(NamedTuple):
    """The spelling of a topic in a number of records, and the name under which it is published."""

    written: str
    published: str
    records: int
    is_alias: bool


class FileCounts(NamedTuple):
    """The number of files in the source by status; every file counts once."""

    published: int = 0
    scheduled: int = 0
    next_due: datetime | None = None
    expired: int = 0
    unpublished: int = 0
    not_selected: int = 0
    held_back: int = 0

    @property
    def files(self) -> int:
        """Return the total."""
        return self.published + self.scheduled + self.expired + self.unpublished + self.not_selected + self.held_back


class Tally(NamedTuple):
    """The number of problems of each severity, of a rule or of a file."""

    of: str
    errors: int
    warnings: int
    infos: int

    @property
    def all(self) -> int:
        """Return the total."""
        return self.errors + self.warnings + self.infos

    @property
    def worst(self) -> Severity:
        """Return the highest severity among them."""
        return "error" if self.errors else "warning" if self.warnings else "info"


class Health(NamedTuple):
    """The health of all feeds; the first of `feeds` has all items, `now` is the time of the report.

    `selected` has the selection in words.
    """

    title: str
    now: datetime
    selected: tuple[str, ...]
    calendar: Calendar
    feeds: tuple[FeedHealth, ...]
    file_counts: FileCounts
    newest: ItemRef | None
    oldest: ItemRef | None
    lacks: tuple[Lack, ...]
    topics_without_feed: tuple[TopicWithoutFeed, ...]
    single_topics: tuple[str, ...]
    spellings: tuple[Spelling, ...]
    rules: tuple[Tally, ...]
    files: tuple[Tally, ...]


def lacks_of(kinds: Sequence[str], lacking: Iterable[tuple[ItemRef, Sequence[str]]]) -> tuple[Lack, ...]:
    """Count the items that lack each part; `lacking` has items, newest first, with the parts that they lack."""
    counts: Counter[str] = Counter()
    newest: dict[str, list[ItemRef]] = {kind: [] for kind in kinds}
    for item, lacked in lacking:
        counts.update(lacked)
        for kind in lacked:
            if len(newest[kind]) < SHOWN:
                newest[kind].append(item)
    return tuple(Lack(kind, counts[kind], tuple(newest[kind])) for kind in kinds)


def tallies_by_rule(problems: Iterable[Problem]) -> tuple[Tally, ...]:
    """Count the problems per rule, the most severe and the most frequent rules first."""
    tallies = _tallies((problem.rule, problem.severity) for problem in problems)
    return tuple(sorted(tallies, key=lambda tally: (tally.errors == 0, tally.warnings == 0, -tally.all, tally.of)))


def tallies_by_file(problems: Iterable[Problem]) -> tuple[Tally, ...]:
    """Count the problems per file, for the ten files with the most."""
    tallies = _tallies((problem.path, problem.severity) for problem in problems)
    return tuple(sorted(tallies, key=lambda tally: (-tally.all, -tally.errors, tally.of))[:_WORST])


def _tallies(found: Iterable[tuple[str, Severity]]) -> list[Tally]:
    counts = Counter(found)
    names = {name for name, _ in counts}
    return [Tally(name, counts[name, "error"], counts[name, "warning"], counts[name, "info"]) for name in names]
