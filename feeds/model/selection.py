"""Choose and order records: by topic, status, type, dates and quality."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from feeds.dates import naive_instant
from feeds.model.record import Record
from feeds.model.topic import topic_key
from feeds.model.versions import merged

Status = Literal["published", "unpublished", "all"]


class Selection(NamedTuple):
    """Which records are wanted; what is left at its default does not restrict.

    A record needs any of `topics` and none of `exclude_topics`, in whatever case; `since` and `until` are
    instants, both included; `min_quality` leaves out records without a quality; `limit` keeps the newest.
    """

    topics: tuple[str, ...] = ()
    exclude_topics: tuple[str, ...] = ()
    status: Status = "published"
    type: str = ""
    since: datetime | None = None
    until: datetime | None = None
    min_quality: int | None = None
    limit: int | None = None


EVERYTHING_PUBLISHED = Selection()
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def select(
    records: Iterable[Record], selection: Selection = EVERYTHING_PUBLISHED, now: datetime | None = None
) -> list[Record]:
    """Return the records that a selection wants, newest first, then by id.

    Records dated after `now` are held until they are due, and those that have expired by then are left out; without
    `now` none are. Of several records with the same id the newest is returned, with the first date as published and
    the newest as updated; if some are published and some are not, one that is. Raises ValueError for an instant
    without offset.
    """
    if message := naive_instant(now, selection.since, selection.until):
        raise ValueError(message)
    versions: dict[tuple[str, bool], list[Record]] = {}
    for record in records:
        if not now or record.published <= now:
            versions.setdefault((record.id, record.is_published), []).append(record)
    criteria = Criteria(selection, now)
    wanted = [record for record in map(merged, versions.values()) if _is_wanted(record, selection, criteria, now)]
    chosen = {record.id: record for record in sorted(wanted, key=lambda record: record.is_published)}
    return [as_of(record, now) for record in sort_newest_first(chosen.values())[: selection.limit]]


def as_of(record: Record, now: datetime | None) -> Record:
    """Return a record as it is at an instant: an update that is still to come does not count yet."""
    return record._replace(updated=record.published) if now and record.updated > now else record


def sort_newest_first(records: Iterable[Record]) -> list[Record]:
    """Return records by publication, newest first, and those of one instant by id."""
    return sorted(sorted(records, key=lambda record: record.id), key=lambda record: record.published, reverse=True)


def _is_wanted(record: Record, selection: Selection, criteria: "Criteria", now: datetime | None) -> bool:
    return (
        selection.status in {"all", "published" if record.is_published else "unpublished"}
        and criteria.is_in_time(record.published)
        and not (now and record.expires and record.expires <= now)
        and criteria.has_topics(record.topics)
        and criteria.has_type_and_quality(record.type, record.quality)
    )


class Criteria:
    """A selection as tests of what records and items of any feed have in common."""

    def __init__(self, selection: Selection, now: datetime | None) -> None:
        self._topics = {topic_key(name) for name in selection.topics}
        self._excluded = {topic_key(name) for name in selection.exclude_topics}
        self._since = selection.since or LONG_AGO
        bounds = [bound for bound in (selection.until, now) if bound]
        self._until = min(bounds, default=datetime.max.replace(tzinfo=UTC))
        self._type, self._least = selection.type, selection.min_quality

    def is_in_time(self, instant: datetime) -> bool:
        """Return whether an instant is between the dates of the selection, and not in the future."""
        return self._since <= instant <= self._until

    def has_topics(self, names: Iterable[str]) -> bool:
        """Return whether there is a wanted topic among some, and no excluded one."""
        topics = set(map(topic_key, names if self._topics or self._excluded else ()))
        return (not self._topics or bool(self._topics & topics)) and not self._excluded & topics

    def has_type_and_quality(self, kind: object, quality: object) -> bool:
        """Return whether the type and the quality are wanted."""
        has_quality = self._least is None or (isinstance(quality, int) and quality >= self._least)
        return has_quality and self._type in {"", kind}
