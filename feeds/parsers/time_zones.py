"""Parse time zones of dates: offsets, the names of RFC 822 and others in feeds."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache

# RFC 822, section 5.1, and others in use; military letters are UTC (RFC 5322, section 4.3).
_HOURS = {
    **dict.fromkeys(("AT", "AST"), -4),
    "ADT": -3,
    **dict.fromkeys(("ET", "EST"), -5),
    "EDT": -4,
    **dict.fromkeys(("CT", "CST"), -6),
    "CDT": -5,
    **dict.fromkeys(("MT", "MST"), -7),
    "MDT": -6,
    **dict.fromkeys(("PT", "PST"), -8),
    "PDT": -7,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "BRT": -3,
    "ART": -3,
    **dict.fromkeys(("BST", "CET", "MET", "MEZ", "WEST", "WAT"), 1),
    **dict.fromkeys(("CEST", "MEST", "MESZ", "EET", "SAST"), 2),
    **dict.fromkeys(("EEST", "MSK"), 3),
    "PKT": 5,
    "IST": 5.5,
    "ICT": 7,
    **dict.fromkeys(("SGT", "HKT", "AWST"), 8),
    **dict.fromkeys(("JST", "KST"), 9),
    "ACST": 9.5,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
}
_OFFSET = re.compile(r"(?:GMT|UTC|UT|[Zz])?\s*([+-])(\d{1,2}):?(\d\d)?", re.ASCII)


@lru_cache(maxsize=256)
def zone_of(text: str) -> tzinfo:
    """Return a zone by its name; unknown ones are UTC (RFC 5322, section 4.3)."""
    found = _OFFSET.match(text)
    if not found:
        word = text.split(maxsplit=1)[0].strip("()").upper() if text.strip() else ""
        hours = _HOURS.get(word, 0)
        return timezone(timedelta(hours=hours)) if hours else UTC
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset) if offset else UTC
