"""Check the format of dates: RFC 822 in RSS and OPML, RFC 3339 everywhere else."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from typing import NamedTuple

from feeds.dates import MONTHS, WEEKDAYS, parse_instant
from feeds.lazy_pattern import lazy_pattern
from feeds.lint.lint_rule import LintProblem
from feeds.text import quoted

_MONTHS = "|".join(name[:3] for name in MONTHS)
# The zones of RFC 822, section 5.1; single letters are read as UTC, since their signs were printed wrong.
_ZONES = "GMT|UT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|[A-IK-Z]"
_COMMENT = lazy_pattern(r"\((?:[^()\\]|\\.)*\)")
_RFC822 = lazy_pattern(
    rf"(?:({'|'.join(WEEKDAYS)}),\s*)?\d{{1,2}}\s+(?:{_MONTHS})\s+(\d{{4}}|\d{{2}})\s+"
    rf"\d\d:\d\d(?::(?:[0-5]\d|60))?\s+(?:({_ZONES})|[+-](?:[01]\d|2[0-3])[0-5]\d)",
    re.ASCII,
)
_UNIVERSAL = {None, "GMT", "UT", "Z"}
_ODD_SPACE = lazy_pattern(r",\S|\s\s|[^\S ]")
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_SHORT_YEAR = 2


class DateReading(NamedTuple):
    """The instant of a date, if it is valid, and the problems of its format."""

    instant: datetime | None
    problems: tuple[LintProblem, ...] = ()


def read_rfc822_date(text: str, what: str) -> DateReading:
    """Read a date of RSS, named `what` in problems: RFC 822, section 5.1, with a four-digit year."""
    plain, comments = _COMMENT.subn("", text) if "(" in text else (text, 0)
    match = _RFC822.fullmatch(plain.strip())
    parts = parsedate_tz(match[0]) if match else None
    remedy = "write it as in Wed, 01 May 2024 08:30:00 GMT"
    if not match or not parts:
        return _no_date("rfc822-date", f"{what} is {quoted(text)}, which is not an RFC 822 date", remedy)
    weekday, year, zone = match.groups()
    is_short = len(year) == _SHORT_YEAR
    short, month, day, hours, minutes, seconds, *_, offset = parts
    try:
        # The zone comes after the weekday; 0001 is no short year, whatever parsedate_tz says.
        local = datetime(short if is_short else int(year), month, day, hours, minutes, min(seconds, 59), tzinfo=UTC)
        instant = local - timedelta(seconds=offset or 0)
    except (ValueError, OverflowError):
        return _no_date("rfc822-date", f"{what} is {quoted(text)}, which does not exist", remedy)
    problems = [*_year_problems(instant, text, what), *_weekday_problems(weekday, local, text, what)]
    if is_short or zone not in _UNIVERSAL or comments or _ODD_SPACE.search(match[0]):
        odd = "a two-digit year, an obsolete zone name, a comment or unusual spaces"
        message = f"{what} is {quoted(text)}, with {odd}"
        problems.append(LintProblem("odd-date", message, remedy))
    return DateReading(instant, tuple(problems))


def read_rfc3339_date(text: str, what: str) -> DateReading:
    """Read a date of Atom or JSON Feed, named `what` in problems: RFC 3339, uppercase T and Z (RFC 4287, 3.3)."""
    try:
        instant = parse_instant(text if text == text.upper() else "")
    except ValueError:
        remedy = "write it as in 2024-05-01T08:30:00Z"
        return _no_date("rfc3339-date", f"{what} is {quoted(text)}, which is not an RFC 3339 date", remedy)
    return DateReading(instant, tuple(_year_problems(instant, text, what)))


def _no_date(rule: str, message: str, remedy: str) -> DateReading:
    return DateReading(None, (LintProblem(rule, message, remedy),))


def _weekday_problems(weekday: str, day: datetime, text: str, what: str) -> Iterator[LintProblem]:
    right = WEEKDAYS[day.weekday()]
    if weekday and weekday != right:
        message = f"{what} is {quoted(text)}, and that day is a {right}"
        yield LintProblem("wrong-weekday", message, f"write {right}")


def _year_problems(instant: datetime, text: str, what: str) -> Iterator[LintProblem]:
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        yield LintProblem("odd-year", f"{what} is {quoted(text)}, an unlikely year", "correct the date")
