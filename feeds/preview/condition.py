"""Evaluate the conditions of a request (RFC 9110, section 13)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def is_unchanged(none_match: str | None, modified_since: str | None, etag: str, modified: int) -> bool:
    """Tell whether a client that sends If-None-Match or If-Modified-Since has what would be sent.

    The tags decide if there are any, by weak comparison, and the time only without them (section 13.2.2); `modified`
    is in seconds since 1970. A time that cannot be read is no condition.
    """
    if none_match is not None:
        return none_match == etag or none_match.strip() == "*" or etag in _TAG.findall(none_match)
    if modified_since is None:
        return False
    since = _parse_date(modified_since)
    return since is not None and modified <= since


def format_date(seconds: int) -> str:
    """Return an instant, in seconds since 1970, as HTTP writes it (section 5.6.7)."""
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


def _parse_date(text: str) -> float | None:
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()
