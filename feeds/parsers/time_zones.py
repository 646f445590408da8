"""Parse time zones of dates: offsets, the names of RFC 822 and others in feeds."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache

from feeds.lazy_pattern import lazy_pattern

# RFC 822, section 5.1, and others in use; military letters are UTC (RFC 5322, section 4.3).
_NAMES = {
    -10: "HST",
    -9: "AKST",
    -8: "PT PST AKDT",
    -7: "MT MST PDT",
    -6: "CT CST MDT",
    -5: "ET EST CDT",
    -4: "AT AST EDT",
    -3: "ADT ART BRT",
    1: "BST CET MET MEZ WAT WEST",
    2: "CEST EET MEST MESZ SAST",
    3: "EEST MSK",
    5: "PKT",
    5.5: "IST",
    7: "ICT",
    8: "AWST HKT SGT",
    9: "JST KST",
    9.5: "ACST",
    10: "AEST",
    11: "AEDT",
    12: "NZST",
    13: "NZDT",
}
_HOURS = {name: hours for hours, names in _NAMES.items() for name in names.split()}
_OFFSET = lazy_pattern(r"(?:GMT|UTC|UT|[Zz])?\s*([+-])(\d{1,2}):?(\d\d)?", re.ASCII)


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
