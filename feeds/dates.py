"""Read and write instants: timezone-aware datetimes in UTC."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from feeds.lazy_pattern import lazy_pattern

_RFC3339 = lazy_pattern(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:)(\d\d)(?:\.(\d{1,6})\d*)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_DATE_ONLY = lazy_pattern(r"\d{4}-\d\d-\d\d", re.ASCII)
_NAIVE = lazy_pattern(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(\.\d+)?", re.ASCII)
# The rarer ones are compiled when they are first used.
# What says all that RFC 3339 wants, in the order of ISO 8601 or as e-mail does (RFC 5322, section 3.3).
_COMPLETE = (
    r"(?a)(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[Tt]|\s+)(\d\d?:\d\d)(:\d\d)?(?:[.,](\d+))?\s*"
    r"(?:([Zz]|UTC|GMT)|([+-])(\d\d)(?::?(\d\d))?)"
)
_OF_MAIL = r"(?a)(?:[A-Z][a-z]{2}, ?)?\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?|Z)"
_DIGITS = r"[0-9]{9,16}"
_UNIX_UNITS = ((10**8, 10**10, 1), (10**11, 10**13, 10**3), (10**14, 10**16, 10**6))  # from 1973 to 2286
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DURATION = (
    r"(?a)P(?=.)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?"
)
_PARTS_OF_CLOCK = 3
_LONGEST_CLOCK = 1e9


@lru_cache(maxsize=64)  # each rule about dates, and the record, ask for the same
def parse_instant(text: str) -> datetime:
    """Return the UTC instant that an RFC 3339 date-time (section 5.6) names.

    A leap second becomes the second before it, which every format can carry. Raises ValueError for anything
    else: no offset, a day that does not exist, an instant outside the years 1 to 9999.
    """
    match = _RFC3339.fullmatch(text)
    if not match:
        raise ValueError(f"not an RFC 3339 date-time: {text!r}")
    day, minutes, seconds, fraction, offset = match.groups()
    if offset == "Z" and not fraction and seconds != "60":
        return datetime.fromisoformat(text)
    whole = datetime.fromisoformat(f"{day}T{minutes}{'59' if seconds == '60' else seconds}{offset.upper()}")
    try:
        return whole.astimezone(UTC) + timedelta(microseconds=int((fraction or "0").ljust(6, "0")))
    except OverflowError:
        raise ValueError(f"outside the years 1 to 9999 in UTC: {text!r}") from None


def read_instant(text: str, zone: tzinfo | None) -> datetime:
    """Return the UTC instant of a date-time, one without an offset taken as of a zone, or else as UTC.

    A date without a time is its first moment. Raises ValueError for what is no date at all.
    """
    local = None if text.endswith("Z") else naive_time(f"{text}T00:00" if is_date_only(text) else text)
    if local is None:
        return parse_instant(text)
    return local.replace(tzinfo=zone or UTC).astimezone(UTC)


def naive_time(text: str) -> datetime | None:
    """Return the local time that a date-time without an offset names; None for anything else.

    In the years 1 and 9999 it could be an instant outside of them, so there it is none.
    """
    match = _NAIVE.fullmatch(text)
    if not match or text.startswith(("0001", "9999")):
        return None
    day, minutes, seconds, fraction = match.groups()
    try:
        return parse_instant(f"{day}T{minutes}{seconds or ':00'}{fraction or ''}Z").replace(tzinfo=None)
    except ValueError:
        return None


def naive_instant(*instants: datetime | None) -> str:
    """Return what is wrong with the first instant that has no offset, or nothing if each has one."""
    naive = (instant for instant in instants if instant and not instant.tzinfo)
    return next((f"{instant} has no offset; expected an instant, as in datetime.now(UTC)" for instant in naive), "")


def is_date_only(text: str) -> bool:
    """Return whether a text is a date that exists, without a time."""
    return bool(_DATE_ONLY.fullmatch(text)) and naive_time(f"{text}T00:00") is not None


def rfc3339_of(text: str) -> str:
    """Write a date and time that names an instant, but in another form, as RFC 3339 does; nothing for any other."""
    text, written = text.strip(), ""
    if match := re.fullmatch(_COMPLETE, text):
        written = _rearranged(*match.groups())
    elif re.fullmatch(_OF_MAIL, text):
        written = _from_mail(text)
    try:
        return written if written and parse_instant(written) else ""
    except ValueError:
        return ""


def in_zone(text: str, zone: tzinfo) -> str:
    """Write a local time with the offset of its zone then; nothing for one that the clock skips or shows twice."""
    local = naive_time(text)
    if not local:
        return ""
    first, second = (local.replace(tzinfo=zone, fold=fold).isoformat()[-6:] for fold in (0, 1))
    if first != second:
        return ""
    return f"{with_seconds(text)}{'Z' if first == '+00:00' else first}"


def with_seconds(text: str) -> str:
    """Write a date-time without an offset with a T and with seconds."""
    return f"{text[:10]}T{text[11:] if text.count(':') > 1 else f'{text[11:]}:00'}"


def unix_time(value: object) -> str:
    """Write the instant that a number, or its digits, name as Unix time; nothing for what is hardly meant as one."""
    number = int(str(value)) if re.fullmatch(_DIGITS, str(value)) else 0
    unit = next((unit for first, last, unit in _UNIX_UNITS if first <= number < last), 0)
    return format_rfc3339(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number // unit)) if unit else ""


def _rearranged(*parts: str | None) -> str:
    year, month, day, time, seconds, fraction, zulu, sign, hours, minutes = (part or "" for part in parts)
    offset = "Z" if zulu else f"{sign}{hours}:{minutes or '00'}"
    written = f"{year}-{month:0>2}-{day:0>2}T{time:0>5}{seconds or ':00'}"
    return f"{written}{f'.{fraction}' if fraction else ''}{offset}"


def _from_mail(text: str) -> str:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - checking records must not wait for the mail package

    try:
        read = parsedate_to_datetime(text)
    except ValueError:
        return ""
    return format_rfc3339(read if read.tzinfo else read.replace(tzinfo=UTC))


def format_rfc3339(instant: datetime) -> str:
    """Write an instant as Atom and JSON Feed want it: `2022-11-16T15:47:00Z`."""
    return instant.isoformat().replace("+00:00", "Z")


def format_rfc822(instant: datetime) -> str:
    """Write an instant as RSS wants it: English names, four-digit year, `GMT` or its offset, in whatever locale."""
    zone = "GMT" if instant.tzinfo == UTC else f"{instant:%z}"
    written, weekday, month = instant.isoformat(), WEEKDAYS[instant.weekday()], MONTHS[instant.month - 1][:3]
    return f"{weekday}, {written[8:10]} {month} {written[:4]} {written[11:19]} {zone}"


def format_day(day: date) -> str:
    """Write a day, in UTC, as people read it: `16 November 2022`, in English in whatever locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def parse_duration(text: str) -> int | None:
    """Return the seconds in an ISO 8601 duration; None when it names years or months, whose length varies.

    Raises ValueError for text that is no duration.
    """
    match = re.fullmatch(_DURATION, text)
    if not match:
        raise ValueError(f"not an ISO 8601 duration: {text!r}")
    years, months, *rest = (int(part or 0) for part in match.groups())
    if years or months:
        return None
    weeks, days, hours, minutes, seconds = rest
    return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds


def parse_clock(text: str) -> int | float | None:
    """Return the seconds in `3600`, `60:00` or `1:00:00`; None if invalid."""
    if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004 - below the limit, as usual
        return int(text)
    parts = text.strip().split(":")
    try:
        numbers = [float(part or 0) for part in parts]
    except ValueError:
        return None
    is_finite = all(0 <= number < _LONGEST_CLOCK for number in numbers)
    if not text.strip() or len(numbers) > _PARTS_OF_CLOCK or not is_finite:
        return None
    total = 0.0
    for number in numbers:
        total = total * 60 + number
    return int(total) if total.is_integer() else total
