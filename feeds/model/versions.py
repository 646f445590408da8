"""Make one item of the records that are versions of one article."""

from collections.abc import Iterable
from datetime import datetime

from feeds.model.record import Record


def version_of(record: Record) -> tuple[datetime, datetime]:
    """Return what tells a newer version of an article from an older one."""
    return max(record.published, record.updated), record.published


def merged(versions: Iterable[Record]) -> Record:
    """Return the newest of some versions, as published when the first was, and updated when the newest was."""
    listed = list(versions)
    newest = max(listed, key=version_of)
    published = min(record.published for record in listed)
    return newest if len(listed) == 1 else newest._replace(published=published, updated=version_of(newest)[0])
