"""Parse dates of feeds: RFC 822 and its variants, ISO 8601, W3CDTF, asctime, months in several languages."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from feeds.lazy_pattern import lazy_pattern
from feeds.parsers.time_zones import zone_of

_MAIL = re.compile(  # in nearly all RSS feeds (RFC 5322, section 3.3)
    r"(?:[A-Z][a-z]{2}, )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) (GMT|[+-]\d{4})", re.ASCII
)
_ISO = lazy_pattern(
    r"(\d{4})(?:[-/]?(\d\d)(?:[-/]?(\d\d))?|-(\d{1,2})-(\d{1,2}))?"
    r"(?:[Tt ]+(\d{1,2}(?=:)|\d\d):?(\d\d|(?<=:)\d)(?::?(\d\d|(?<=:)\d)(?:[.,](\d+))?)?\s*([AaPp][Mm])?)?"
    r" ?([Zz]|(?:[Zz]|GMT|UTC)?[+-]\d\d(?::?\d\d)?|[A-Za-z]{2,4})?(?: [A-Z]{3,4})?",
    re.ASCII,
)
_ORDINAL = lazy_pattern(r"(\d{4})-?(\d{3})", re.ASCII)
_WEEKDAY = lazy_pattern(r"[^\W\d_]+\.?,\s*(?=\d{4}[-/])")
_WORD = r"[^\W\d_]+"
_HALF = rf"([AaPp][Mm](?!{_WORD}))?"  # of a day; not the beginning of a zone, as in AMT
_RFC822 = lazy_pattern(
    rf"(?:{_WORD}\.?,?\s*)?(\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+({_WORD})\.?,?(?:\s+|-|\s+-\s+)(\d{{2,4}})"
    rf"(?:,?\s+(\d{{1,2}}):(\d{{1,2}})(?::(\d{{1,2}})(?:\.\d+)?)?\s*{_HALF}\s*(\S.*)?)?"
)
_ASCTIME = lazy_pattern(
    rf"(?:{_WORD}\.?,?\s+)?({_WORD})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?(?:\s+(\d{{4}}),?)?"
    rf"(?:\s+(\d{{1,2}}):(\d{{1,2}})(?::(\d{{1,2}}))?\s*{_HALF}\s*([A-Z]{{0,5}}(?:[+-]\d{{1,4}})?)\s*(?:\(.*\))?)?"
    r"\s*(\d{4})?"
)
_NAMED_MONTH = lazy_pattern(rf"(\d{{4}})-({_WORD})-")
_DOTTED = lazy_pattern(r"(\d{1,2})\.(\d{1,2})\.(\d{4}),?(?!\S)", re.ASCII)  # where it is written so, days come first
# Beginnings of months in ten European languages, no accents.
_MONTHS = {
    start: number
    for number, starts in enumerate(
        (
            *("jan ene gen ιαν янв", "feb fev φεβ фев", "mar maa mrt μαρ мар", "apr avr abr απρ апр"),
            *("may mai mag mei maj μαι маи мая", "jun juin giu ιουν июн", "jul juil lug ιουλ июл"),
            *("aug aou ago αυγ авг", "sep set sze σεπ сен", "oct okt ott out οκτ окт", "nov νοε ноя"),
            *("dec dez dic δεκ дек",),
        ),
        1,
    )
    for start in starts.split()
}
_DIGITS = {start.capitalize(): f"{number:02}" for start, number in _MONTHS.items()}
_SPOKEN = lazy_pattern(  # `at` or a hyphen before the time, dots of a.m. and p.m., a zone twice, and that of a day
    r"(?<=\d),?\s+(?:at|-|–)(?=\s+\d\d?:\d)|(?<=\b[AaPp])\.(?=[Mm]\.)|(?<=\b[AaPp]\.[Mm])\.|(?<=\d\d:\d\d)Z$"
    r"|(?<=\s\d{4}) (?:GMT|UTC)$"
)
_SLASHED = lazy_pattern(rf"(?:{_WORD}\.?,?\s+)?(\d\d?)/(\d\d?)/(\d{{4}})(?:,?\s+(?:-\s+)?(?=\d)|$)")
_TIMESTAMP = lazy_pattern(r"(1\d{9})(?:\d{3})?", re.ASCII)
_KOREAN = lazy_pattern(r"(\d{4})(?:년 ?|-)(\d\d?)(?:월 ?|-)(\d\d?)일?\s+(오전|오후)?\s*([\d:]+)")
_KOREA = timezone(timedelta(hours=9))
_EDGES = (1, 9999)
_RFC3339_LENGTHS = (len("2026-01-31T08:00:00Z"), len("2026-01-31T08:00:00+01:00"))
_LONGEST = 100
_PIVOT = 69
_CENTURY = 100
_FULL_YEAR = 4  # digits
_NOON = 12
_MONTHS_OF_YEAR = 12


def parse_date(text: str) -> datetime | None:
    """Return the instant of a date in its own offset, by default UTC; None if it is not a date."""
    if len(text) > _LONGEST:
        return None
    try:
        instant = _rfc3339(text) or _mail(text) or _rfc822(text) or _iso(text) or _asctime(text) or _rare(text)
        if instant and instant.year in _EDGES:
            instant.astimezone(UTC)  # which may be in no year that there is
    except (ValueError, OverflowError):
        return None
    return instant


def _rfc3339(text: str) -> datetime | None:
    """Parse a date as in nearly all Atom feeds."""
    if len(text) not in _RFC3339_LENGTHS or text[10] != "T":
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else None


def _mail(text: str) -> datetime | None:
    found = _MAIL.fullmatch(text)
    if not found:
        return None
    day, month, year, time, zone = found.groups()
    number = _DIGITS.get(month)
    if not number or time.endswith("60") or time.startswith("24"):
        return None
    instant = datetime.fromisoformat(f"{year}-{number}-{day.zfill(2)}T{time}Z")
    return instant if zone == "GMT" else instant.replace(tzinfo=zone_of(zone))


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, short_month, short_day, hour, minute, second, fraction, half, zone = found.groups()
    month, day = month or short_month, day or short_day
    micro = int((fraction or "")[:6].ljust(6, "0"))
    time = _of_day(hour, half), minute, second
    return _instant((int(year), int(month or 1), int(day or 1)), time, zone or "", micro)


def _rfc822(text: str) -> datetime | None:
    found = _RFC822.fullmatch(text)
    if not found:
        return None
    day, name, year_text, hour, minute, second, half, zone = found.groups()
    month = _month(name)
    year = int(year_text)
    if not month:
        return None
    if year < _CENTURY and len(year_text) < _FULL_YEAR:
        year += 2000 if year < _PIVOT else 1900
    return _instant((year, month, int(day)), (_of_day(hour, half), minute, second), zone or "")


def _asctime(text: str) -> datetime | None:
    found = _ASCTIME.fullmatch(text)
    if not found:
        return None
    name, day, before, hour, minute, second, half, zone, after = found.groups()
    month = _month(name)
    year = before or after
    time = _of_day(hour, half), minute, second
    return _instant((int(year), month, int(day)), time, zone or "") if month and year else None


def _rare(text: str) -> datetime | None:
    """Parse a date of a form that few feeds have: a day of the year, in Korean, or one of the others."""
    if found := _ORDINAL.fullmatch(text):
        return datetime(int(found[1]), 1, 1, tzinfo=UTC) + timedelta(int(found[2]) - 1)
    if found := _KOREAN.fullmatch(text):
        year, month, day, half, time = found.groups()
        local = _iso(f"{year}-{month:0>2}-{day:0>2} {time}{'' if not half else 'pm' if half == '오후' else 'am'}")
        return local.replace(tzinfo=_KOREA) if local else None
    return _numbered(text) or _as_said(text)


def _numbered(text: str) -> datetime | None:
    """Parse a date of numbers: with dots, with slashes, or seconds or milliseconds since 1970."""
    if found := _DOTTED.match(text):
        day, month, year = found.groups()
        return _iso(f"{year}-{month:0>2}-{day:0>2}{text[found.end() :]}")
    if found := _SLASHED.match(text):
        return _slashed(int(found[1]), int(found[2]), found[3], text[found.end() :])
    found = _TIMESTAMP.fullmatch(text)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _as_said(text: str) -> datetime | None:
    """Parse a date as people say it, or an ISO date after a weekday or with the name of a month."""
    spoken = _SPOKEN.sub("", text)
    if spoken != text:
        return _rfc822(spoken) or _iso(spoken) or _asctime(spoken)
    numbered = _NAMED_MONTH.sub(lambda found: f"{found[1]}-{_month(found[2]):02}-", _WEEKDAY.sub("", text))
    return _iso(numbered) if numbered != text else None


def _slashed(first: int, second: int, year: str, time: str) -> datetime | None:
    """Parse a date with slashes, if one of its numbers can be no month; else it is not known which is the day."""
    day, month = max(first, second), min(first, second)
    return _iso(f"{year}-{month:02}-{day:02} {time}".strip()) if month <= _MONTHS_OF_YEAR < day else None


@lru_cache(maxsize=256)
def _month(name: str) -> int:
    """Return the number of a month; 0 if unknown."""
    letters = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isalpha())
    return _MONTHS.get(letters[:4]) or _MONTHS.get(letters[:3], 0)


def _of_day(hour: str | None, half: str | None) -> str | None:
    """Return the hour of the day of an hour with AM or PM."""
    return str(int(hour) % _NOON + _NOON * (half.lower() == "pm")) if hour and half else hour


def _instant(
    day: tuple[int, int, int], time: tuple[str | None, str | None, str | None], zone: str, micro: int = 0
) -> datetime:
    hour, minute, second = (int(part or 0) for part in time)
    if hour == 24:  # noqa: PLR2004 - end of a day in ISO 8601, and some minutes more in feeds
        return datetime(*day, 0, minute, second, micro, tzinfo=zone_of(zone)) + timedelta(days=1)
    second = 59 if second == 60 else second  # noqa: PLR2004 - a leap second
    return datetime(*day, hour, minute, second, micro, tzinfo=zone_of(zone))
