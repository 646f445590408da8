"""Keys of what records say, to compare records whose addresses and paths differ. Pure.

A content key is a digest of the title, a space and the date.
"""

from datetime import datetime, timedelta
from hashlib import blake2b, sha256

from feeds.dates import format_rfc3339

_DIGITS = 8
_WORDS, _BLANKS = 8, b" \t\r\n"


def content_key(title: str, published: datetime) -> str:
    """Return a key of an article's title and date."""
    digest = sha256(" ".join(title.casefold().split()).encode(errors="replace")).hexdigest()[:_DIGITS]
    return f"{digest} {format_rfc3339(published)}"


def alike(content: str, other: str) -> int:
    """Return how many of title and date two content keys share, or 1 if one of them is unknown."""
    if not content or not other:
        return 1
    return sum(part == known for part, known in zip(content.split(), other.split(), strict=False))


def title_and_day(content: str) -> str:
    """Return a content key without the time of day."""
    return content.partition("T")[0]


def days_around(content: str) -> list[str]:
    """Return the title and day of a content key, then those with the day before and the day after."""
    title, _, date = content.partition(" ")
    try:
        day = datetime.fromisoformat(date)
        return [f"{title} {(day + timedelta(days=shift)).date()}" for shift in (0, -1, 1)]
    except (ValueError, OverflowError):
        return []


def body_key(body: str) -> str:
    """Return a key of a body, whatever its blanks, or nothing if it is so short that two articles may well share it."""
    if len(body.split(maxsplit=_WORDS - 1)) < _WORDS:
        return ""
    return blake2b(body.encode(errors="replace").translate(None, _BLANKS), digest_size=8).hexdigest()
