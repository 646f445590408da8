"""Dates under keys of other programs from when on, or until when, a record is published."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from feeds.dates import format_rfc3339
from feeds.diagnostics.wording import quote
from feeds.hold_back import bare_word, truth
from feeds.hold_back_words import EXPIRY, GO_LIVE
from feeds.model.record import Record
from feeds.typos import typos_of

OWN = frozenset({"publishedDateTime", "expires"})
_START = ("publishdate", "publishat", "publishon", "golive", "scheduled")
_END = ("expires", "expirydate", "expiration", "expirationdate", "unpublishdate")
# They also have other meanings, or are reported already.
_MAY_BE_ELSE = {"publish", "published", "datepublished"}

_Kind = Literal["start", "end", ""]


class ReleaseDate(NamedTuple):
    """When a record is published first, or no longer; `at` is None if the value is no date."""

    key: str
    at: datetime | None
    is_end: bool


def release_dates(
    data: Mapping[str, Any], zone: tzinfo | None, read: Collection[str | int] = OWN
) -> tuple[ReleaseDate, ...]:
    """Return the dates of a record that limit its publication, except for those under keys that are `read`."""
    return tuple(
        found for key, kind in _kinds(tuple(data)) if key not in read and (found := _read(key, data[key], kind, zone))
    )


def released(record: Record, dates: Collection[ReleaseDate]) -> Record:
    """Return a record that is published only between its dates, and never if one of them is not readable."""
    if not dates:
        return record
    starts = [each.at for each in dates if each.at and not each.is_end]
    ends = [each.at for each in dates if each.at and each.is_end]
    published = max(record.published, *starts) if starts else record.published
    return record._replace(
        published=published,
        updated=max(record.updated, published),
        expires=min([*ends, *([record.expires] if record.expires else [])], default=None),
        is_published=record.is_published and all(each.at for each in dates),
    )


def holding_dates(
    dates: Collection[ReleaseDate], published: datetime | None, what: str, date_key: str = "publishedDateTime"
) -> Iterator[tuple[str, str, str]]:
    """Yield the key of each date that holds a record back, with a message and how to mend it.

    `published` is the record's own date, and `date_key` the key that it is to stand under.
    """
    for key, at, is_end in dates:
        if at is None:
            how, remedy = ", though its value is no date", "write it as in 2024-05-01, or"
        elif is_end:
            how, remedy = f" from {format_rfc3339(at)} on", "set expires in its place, or"
        else:
            how, remedy = f" until {format_rfc3339(at)}", f"set {date_key} in its place, or"
        if at is None or is_end or not published or at > published:
            yield key, f"{quote(key)} holds the {what} back{how}", f"{remedy} remove it to publish the {what}"


@lru_cache(maxsize=1024)
def _kinds(keys: tuple[str, ...]) -> tuple[tuple[str, _Kind], ...]:
    """Return the keys of dates; most records have the same keys."""
    return tuple((key, kind) for key in keys if (kind := _kind(key)))


def _kind(key: str) -> _Kind:
    word = bare_word(key)
    if GO_LIVE.fullmatch(word) or any(typos_of(word, _START)):
        return "start"
    return "end" if EXPIRY.fullmatch(word) or any(typos_of(word, _END)) else ""


def _read(key: str, value: Any, kind: _Kind, zone: tzinfo | None) -> ReleaseDate | None:
    value = value[0] if isinstance(value, list) and value else value
    if value in (None, "", [], {}) or truth(value) is not None:
        return None
    from feeds.records.loose_dates import read_date  # noqa: PLC0415 - few records have such a date

    at = read_date(str(value), zone)
    word = bare_word(key)
    is_sure = word not in _MAY_BE_ELSE and bool(GO_LIVE.fullmatch(word) or EXPIRY.fullmatch(word))
    return ReleaseDate(key, at, kind == "end") if at or is_sure else None
