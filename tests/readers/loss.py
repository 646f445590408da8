"""State what a reader tells otherwise than the record says, and what all readers of a kind lose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from readers.seen import Seen, seen_in

from feeds.media_types import image_type
from feeds.model.channel import Channel
from feeds.model.record import Record

Told = Callable[[Record, Channel], Any]


@dataclass(frozen=True, slots=True)
class Loss:
    """Name a field, the formats, why, and what is told of a record instead: ANY where that cannot be foretold."""

    field: str
    formats: tuple[str, ...]
    why: str
    told: Told


def told_of(record: Record, feed: Channel, losses: tuple[Loss, ...], suffix: str) -> dict[str, Any]:
    """Return the fields that are told otherwise in a format, and what is told."""
    return {loss.field: loss.told(record, feed) for loss in losses if suffix in loss.formats}


def disagreements(seen: Seen, record: Record, feed: Channel, losses: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields in which an item is neither as the record says nor as the losses do: both values of each."""
    plain = seen_in(record, feed)
    names = [field.name for field in fields(Seen)]
    pairs = {name: (getattr(plain, name), getattr(seen, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[1] not in (pair[0], losses.get(name, pair[0]))}


def nothing(_record: Record, _feed: Channel) -> str:
    return ""


def no_categories(_record: Record, _feed: Channel) -> tuple[str, ...]:
    return ()


def whole_seconds(record: Record, _feed: Channel) -> Any:
    return record.published.replace(microsecond=0)


def milliseconds(record: Record, _feed: Channel) -> Any:
    return record.published.replace(microsecond=record.published.microsecond // 1000 * 1000)


def first_if_typed(record: Record, _feed: Channel) -> str:
    """Return the first image if it is an enclosure, which it is where its address tells its media type."""
    lead = record.images[0].url if record.images else ""
    return lead if image_type(lead) else ""


def first_typed_attachment(record: Record, _feed: Channel) -> str:
    """Return the first image that JSON Feed has as an attachment: the lead is not among them."""
    return next((image.url for image in record.images[1:] if image_type(image.url)), "")


FRACTION_IN_RSS = Loss("published", ("rss",), "an RFC 822 date has no fractions of a second", whole_seconds)
