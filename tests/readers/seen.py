"""State what can be told of an item, in one form for all readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from feeds.model.channel import Channel
from feeds.model.record import Record


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold what a reader tells of an item; what it does not tell is empty."""

    title: str = ""
    link: str = ""
    id: str = ""
    published: datetime | None = None
    author: str = ""
    categories: tuple[str, ...] = ()
    image: str = ""


def author_of(record: Record, feed: Channel) -> str:
    """Return the name of an item's author: its provider, or else the feed's author."""
    return record.provider.name if record.provider else feed.author


def seen_in(record: Record, feed: Channel) -> Seen:
    """Return what a reader tells that loses nothing."""
    return Seen(
        title=record.title,
        link=record.link,
        id=record.id,
        published=record.published,
        author=author_of(record, feed),
        categories=record.topics,
        image=record.images[0].url if record.images else "",
    )


def instant(seconds: float) -> datetime:
    """Return the instant that is so many seconds after the epoch."""
    return datetime.fromtimestamp(seconds, UTC)
