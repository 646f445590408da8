"""Compute how regularly a feed gets items. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from feeds.formats.pages.chart import Bar

_DAY = timedelta(days=1)
_WEEK = 7
_MONTHS = 12
_MOST_PERIODS = 36
_SHORT = timedelta(weeks=26)


class Silence(NamedTuple):
    """A time without items."""

    began: datetime
    ended: datetime

    @property
    def days(self) -> float:
        """Return the length in days."""
        return (self.ended - self.began) / _DAY


class Rhythm(NamedTuple):
    """The number of items, and the time between them in days; the median needs two items."""

    items: int
    newest: datetime | None = None
    oldest: datetime | None = None
    median_days: float | None = None
    longest: Silence | None = None

    def days_since(self, now: datetime) -> float | None:
        """Return the days between the newest item and an instant."""
        return (now - self.newest) / _DAY if self.newest else None

    @property
    def items_a_week(self) -> float | None:
        """Return the average number of items per week, between the oldest and the newest."""
        if not self.newest or not self.oldest or self.newest == self.oldest:
            return None
        return (self.items - 1) / ((self.newest - self.oldest) / _DAY / _WEEK)

    def is_longest_silence(self, now: datetime) -> bool:
        """Return whether the time since the newest item is longer than any time between two items."""
        since = self.days_since(now)
        return bool(since and self.longest and since > self.longest.days)


def rhythm_of(instants: Iterable[datetime]) -> Rhythm:
    """Return the rhythm of items by their dates of publication, in any order."""
    times = sorted(instants)
    if not times:
        return Rhythm(0)
    silences = [Silence(*pair) for pair in pairwise(times)]
    median_days = median(silence.days for silence in silences) if silences else None
    longest = max(silences, key=lambda silence: silence.days, default=None)
    return Rhythm(len(times), times[-1], times[0], median_days, longest)


class Calendar(NamedTuple):
    """Consecutive weeks or months; the last has the newest item of all feeds."""

    unit: Literal["week", "month"]
    first: int
    last: int

    def bars(self, instants: Iterable[datetime]) -> list[Bar]:
        """Return the number of items per period."""
        counts = Counter(_number(instant.date(), self.unit) for instant in instants)
        return [Bar(self.label(number), counts[number]) for number in range(self.first, self.last + 1)]

    def label(self, number: int) -> str:
        """Return the month as in 2024-05, or the date of the week's Monday."""
        if self.unit == "week":
            return date.fromordinal(number * _WEEK + 1).isoformat()
        return f"{number // _MONTHS:04}-{number % _MONTHS + 1:02}"


def calendar_of(instants: Sequence[datetime]) -> Calendar:
    """Return the weeks, if all items are within half a year, else the months, at most the last 36."""
    if not instants:
        return Calendar("month", 0, -1)
    newest, oldest = max(instants), min(instants)
    unit: Literal["week", "month"] = "week" if newest - oldest <= _SHORT else "month"
    last, first = _number(newest.date(), unit), _number(oldest.date(), unit)
    return Calendar(unit, max(first, last - _MOST_PERIODS + 1), last)


def _number(day: date, unit: Literal["week", "month"]) -> int:
    # Day 1 of the calendar was a Monday.
    return (day.toordinal() - 1) // _WEEK if unit == "week" else day.year * _MONTHS + day.month - 1
