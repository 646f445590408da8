"""Check the format of dates: RFC 822 in RSS and OPML, RFC 3339 everywhere else."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from feeds.dates import parse_instant
from feeds.lint.lint_rule import LintProblem
from feeds.text import quoted

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Hours of the zones that RFC 822, section 5.1, names; single letters other than Z are ambiguous.
_ZONES = {
    "GMT": 0,
    "UT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_RFC822 = re.compile(
    rf"(?:({'|'.join(_WEEKDAYS)}),\s*)?(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}}|\d{{2}})\s+"
    rf"(\d\d:\d\d(?::\d\d)?)\s+({'|'.join(_ZONES)}|[+-](?:[01]\d|2[0-3])[0-5]\d)",
    re.ASCII,
)
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_SHORT_YEAR = 2
_CENTURY_TURNS = 70  # of two-digit years, as in C libraries


class DateReading(NamedTuple):
    """The instant of a date, if it is valid, and the problems of its format."""

    instant: datetime | None
    problems: tuple[LintProblem, ...] = ()


def read_rfc822_date(text: str, what: str) -> DateReading:
    """Read a date of RSS, named `what` in problems: RFC 822, section 5.1, with a four-digit year."""
    match = _RFC822.fullmatch(text.strip())
    remedy = "write it as in Wed, 01 May 2024 08:30:00 GMT"
    if not match:
        return DateReading(
            None, (LintProblem("rfc822-date", f"{what} is {quoted(text)}, which is not an RFC 822 date", remedy),)
        )
    weekday, day, month, year, time, zone = match.groups()
    try:
        local = _local(day, month, year, time)
        instant = local.replace(tzinfo=UTC) - _offset(zone)
    except (ValueError, OverflowError):
        return DateReading(
            None, (LintProblem("rfc822-date", f"{what} is {quoted(text)}, which does not exist", remedy),)
        )
    problems = [*_year_problems(instant, text, what)]
    right = _WEEKDAYS[local.weekday()]
    if weekday and weekday != right:
        problems.append(
            LintProblem("wrong-weekday", f"{what} is {quoted(text)}, and that day is a {right}", f"write {right}")
        )
    if len(year) == _SHORT_YEAR or (zone in _ZONES and zone != "GMT"):
        message = f"{what} is {quoted(text)}, with a two-digit year or an obsolete zone name"
        problems.append(LintProblem("odd-date", message, remedy))
    return DateReading(instant, tuple(problems))


def read_rfc3339_date(text: str, what: str) -> DateReading:
    """Read a date of Atom or JSON Feed, named `what` in problems: RFC 3339, uppercase T and Z (RFC 4287, 3.3)."""
    try:
        instant = parse_instant(text if text == text.upper() else "")
    except ValueError:
        remedy = "write it as in 2024-05-01T08:30:00Z"
        return DateReading(
            None, (LintProblem("rfc3339-date", f"{what} is {quoted(text)}, which is not an RFC 3339 date", remedy),)
        )
    return DateReading(instant, tuple(_year_problems(instant, text, what)))


def _year_problems(instant: datetime, text: str, what: str) -> Iterator[LintProblem]:
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        yield LintProblem("odd-year", f"{what} is {quoted(text)}, an unlikely year", "correct the date")


def _local(day: str, month: str, year: str, time: str) -> datetime:
    number = int(year)
    if len(year) == _SHORT_YEAR:
        number += 1900 if number >= _CENTURY_TURNS else 2000
    hours, minutes, *seconds = map(int, time.split(":"))
    return datetime(number, _MONTHS.index(month) + 1, int(day), hours, minutes, min(*seconds, 59) if seconds else 0)  # noqa: DTZ001 - its zone comes after its weekday


def _offset(zone: str) -> timedelta:
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
