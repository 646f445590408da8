"""Refuse what would do harm if it were published while nobody looks."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.config.settings import Config
from feeds.model.selection import Status
from feeds.publish.manifest import Manifest
from feeds.publish.prepare import StagedBuild
from feeds.publish.secret_guard import leaks_of, unpublished_in
from feeds.publish.transaction import Transaction
from feeds.store.store import RecordStore
from feeds.text import counted

_WORTH_GUARDING = 10  # items: of fewer, half come and go on an ordinary day


def refusals_of(
    transaction: Transaction, store: RecordStore, prepared: StagedBuild, config: Config, status: Status
) -> Iterator[str]:
    """Yield why files that lie ready must not be published, whatever the user wants."""
    files = [file for file in prepared.files if file.has_changed and not file.is_part]
    yield from leaks_of(transaction, store, files, config)
    if status == "published":
        yield from unpublished_in(transaction, store, files)
    errors = sum(problem.is_error for problem in prepared.objections)
    if errors:
        yield f"the new feeds have {counted(errors, 'error')}"


def drops_of(former: Manifest, manifest: Manifest, most_drop: int) -> Iterator[str]:
    """Yield which feeds would be empty, or lose more than so many percent of their items: this may be meant.

    A small topic may go, and its feed with it; a feed that stays is never emptied.
    """
    for name, feed in former.feeds.items():
        left = manifest.feeds[name].total if name in manifest.feeds else 0
        is_emptied = name in manifest.feeds and feed.total > 0 == left
        if is_emptied or (feed.total >= _WORTH_GUARDING and (feed.total - left) * 100 > feed.total * most_drop):
            yield f"{name} would drop from {counted(feed.total, 'item')} to {left}; if that is meant, use --force"
