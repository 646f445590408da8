"""Parse dates as people write them: with spaces, without time or offset, with month names."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from feeds.dates import MONTHS

_MONTHS = [name[:3].lower() for name in MONTHS]
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
# Names of zones that mean one offset in hours, unlike CST or IST.
_ZONES = {
    "z": 0, "utc": 0, "ut": 0, "gmt": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
    "hkt": 8, "jst": 9, "kst": 9, "edt": -4, "est": -5, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
}  # fmt: skip
_DATES = (
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<year>\d{4})-(?P<month>\d\d)(?P<day>)",
    rf"{_MONTH},?\s+{_DAY},?\s+{_YEAR}",
    rf"{_DAY}(?:\s+(?:of\s+)?|-){_MONTH}(?:,?\s+|-){_YEAR}",
    rf"{_MONTH},?\s+{_YEAR}(?P<day>)",
    rf"{_YEAR}[-/\s]{_MONTH}[-/\s]{_DAY}",
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?"
)
_OFFSET = r"[+-]\d{1,2}:?\d\d|[+-]\d{1,2}"
_ZONE = rf"(?:(?:gmt|utc)?(?P<offset>{_OFFSET})(?:\s+\(?[a-z ]+\)?)?|(?P<zone>{'|'.join(_ZONES)}))"
_FLAGS = re.IGNORECASE | re.ASCII
_FORMS = [
    *(rf"{_WEEKDAY}{date}(?:(?:[t_]|,?\s+(?:(?:at|@)\s+)?){_TIME}(?:\s*{_ZONE})?)?" for date in _DATES),
    # As the program date writes it.
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_TIME}\s+(?:{_ZONE}\s+)?{_YEAR}",
]
# Nearly all dates are written so, and need none of the forms.
_USUAL = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))?", re.ASCII)


def read_date(text: str, zone: tzinfo | None) -> datetime | None:
    """Return the UTC instant of a date; without an offset it is in `zone`, or else UTC.

    A date without a time is the start of that day. Returns None for an ambiguous date.
    """
    found = _read(text, zone)
    return found[0] if found else None


def day_of(text: str, zone: tzinfo | None, shown: tzinfo | None) -> date | None:
    """Return the day of a date in the zone in which it is shown, or as written; without an offset it is in `zone`."""
    found = _read(text, zone)
    if not found:
        return None
    instant, own_zone = found
    return instant.astimezone(shown or own_zone)


@lru_cache(maxsize=64)  # day_of is called right after read_date
def _read(text: str, zone: tzinfo | None) -> tuple[datetime, tzinfo] | None:
    """Return the UTC instant of a date, and its own zone."""
    try:
        local = _usual_date(text) or _unusual_date(text)
        if not local:
            return None
        own_zone = local.tzinfo or zone or UTC
        return local.replace(tzinfo=own_zone).astimezone(UTC), own_zone
    except (ValueError, OverflowError):
        return None


def _usual_date(text: str) -> datetime | None:
    if not _USUAL.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # as a leap second
        return None


def _unusual_date(text: str) -> datetime | None:
    # Few records have such dates: the forms are compiled when one does.
    found = (re.fullmatch(form, text.strip(), _FLAGS) for form in _FORMS)
    match = next(filter(None, found), None)
    if not match:
        return None
    day, hour, minute = int(match["day"] or 1), _hour(match), int(match["minute"] or 0)
    is_end = (hour, minute) == (24, 0)  # of the day: the start of the next
    local = datetime(int(match["year"]), _month(match), day, 0 if is_end else hour, minute)  # noqa: DTZ001 - its zone may not be known
    return (local + timedelta(days=is_end, seconds=int(match["second"] or 0))).replace(tzinfo=_zone(match))


def _month(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return _MONTHS.index(groups["name"][:3].lower()) + 1 if groups.get("name") else int(groups["month"])


def _hour(match: re.Match[str]) -> int:
    hour = int(match["hour"] or 0)
    if not match["half"]:
        return hour
    if not 1 <= hour <= 12:  # noqa: PLR2004 - hours of a clock
        raise ValueError(hour)
    return hour % 12 + 12 * (match["half"].lower() == "p")


def _zone(match: re.Match[str]) -> tzinfo | None:
    if match["zone"]:
        return timezone(timedelta(hours=_ZONES[match["zone"].lower()]))
    if not match["offset"]:
        return None
    digits = match["offset"][1:].replace(":", "")
    hours, minutes = divmod(int(digits), 100) if digits[2:] else (int(digits), 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if match["offset"][0] == "-" else offset)
