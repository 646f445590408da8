"""Read dates as feeds write them: RFC 822 with its habits, ISO 8601 and W3CDTF, asctime."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_ISO = re.compile(
    r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?|-(\d{1,2})-(\d{1,2}))?"
    r"(?:[Tt ]+(\d{1,2}(?=:)|\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?"
    r" ?([Zz]|[+-]\d\d(?::?\d\d)?|[A-Za-z]{2,4})?",
    re.ASCII,
)
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})", re.ASCII)
_RFC822 = re.compile(
    r"(?:[A-Za-z]+\.?,?\s*)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{2,4})"
    r"(?:,?\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?\s*([AaPp][Mm])?\s*(\S.*)?)?",
    re.ASCII,
)
_ASCTIME = re.compile(
    r"(?:[A-Za-z]+\.?,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(?:(\d{4}),?\s+)?"
    r"(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s*([AaPp][Mm])?\s*(?:([A-Z]{1,5}|[+-]\d{4})\s*)?(\d{4})?",
    re.ASCII,
)
_MONTHS = {
    month: number
    for number, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)  # noqa: SIM905 - shorter
}
# RFC 822, section 5.1, and what else is met; military letters are UTC (RFC 5322, section 4.3).
_ZONES = {
    **dict.fromkeys(("UT", "UTC", "GMT", "Z", "WET"), 0),
    "AST": -4,
    "ADT": -3,
    "EST": -5,
    "EDT": -4,
    "ET": -5,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "BST": 1,
    "CET": 1,
    "MET": 1,
    "WEST": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "SGT": 8,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
}
_OFFSET = re.compile(r"(?:GMT|UTC|UT)?\s*([+-])(\d{1,2}):?(\d\d)?", re.ASCII)
_LONGEST = 100
_PIVOT = 69
_CENTURY = 100
_NOON = 12


def parse_date(text: str) -> datetime | None:
    """Return the instant that a date names, in its own offset; without one it is UTC. None for what is no date."""
    if len(text) > _LONGEST:
        return None
    try:
        return _rfc822(text) or _iso(text) or _ordinal(text) or _asctime(text)
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, short_month, short_day, hour, minute, second, fraction, zone = found.groups()
    month, day = month or short_month, day or short_day
    micro = int((fraction or "")[:6].ljust(6, "0"))
    return _instant((int(year), int(month or 1), int(day or 1)), (hour, minute, second), zone or "", micro)


def _ordinal(text: str) -> datetime | None:
    found = _ORDINAL.fullmatch(text)
    return datetime(int(found[1]), 1, 1, tzinfo=UTC) + timedelta(int(found[2]) - 1) if found else None


def _rfc822(text: str) -> datetime | None:
    found = _RFC822.fullmatch(text)
    if not found:
        return None
    day, name, year_text, hour, minute, second, half, zone = found.groups()
    month = _MONTHS.get(name[:3].lower())
    year = int(year_text)
    if not month:
        return None
    if year < _CENTURY:
        year += 2000 if year < _PIVOT else 1900
    hour = _of_day(hour, half)
    return _instant((year, month, int(day)), (hour, minute, second), zone or "")


def _asctime(text: str) -> datetime | None:
    found = _ASCTIME.fullmatch(text)
    if not found:
        return None
    name, day, before, hour, minute, second, half, zone, after = found.groups()
    hour = _of_day(hour, half)
    month = _MONTHS.get(name[:3].lower())
    year = before or after
    return _instant((int(year), month, int(day)), (hour, minute, second), zone or "") if month and year else None


def _of_day(hour: str, half: str | None) -> str:
    """Return the hour of the day that an hour before or after noon is."""
    return str(int(hour) % _NOON + _NOON * (half.lower() == "pm")) if half else hour


def _instant(
    day: tuple[int, int, int], time: tuple[str | None, str | None, str | None], zone: str, micro: int = 0
) -> datetime:
    hour, minute, second = (int(part or 0) for part in time)
    if hour == 24 and not minute and not second:  # noqa: PLR2004 - ISO 8601 calls the end of a day so
        return datetime(*day, tzinfo=_zone(zone)) + timedelta(days=1)
    second = 59 if second == 60 else second  # noqa: PLR2004 - a leap second
    return datetime(*day, hour, minute, second, micro, tzinfo=_zone(zone))


@lru_cache(maxsize=256)
def _zone(text: str) -> tzinfo:
    """Return the zone that a text names; what nobody knows is UTC, as RFC 5322 says (section 4.3)."""
    found = _OFFSET.match(text)
    if not found:
        word = text.split(maxsplit=1)[0].strip("()").upper() if text.strip() else ""
        hours = _ZONES.get(word, 0)
        return timezone(timedelta(hours=hours)) if hours else UTC
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset) if offset else UTC
