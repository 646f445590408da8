"""Refuse what would do harm if it were published while nobody looks."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.publishing.manifest import Manifest
from feeds.publishing.preparing import Prepared
from feeds.text import counted

_WORTH_GUARDING = 10  # items: of fewer, half come and go on an ordinary day


def refusals_of(prepared: Prepared, most_drop: int) -> Iterator[str]:
    """Yield why files that lie ready must not be published; `most_drop` is in percent of a feed's items."""
    errors = sum(problem.is_error for problem in prepared.objections)
    if errors:
        yield f"the new feeds have {counted(errors, 'error')}"
    yield from _drops(prepared.former, prepared.manifest, most_drop)


def _drops(former: Manifest, manifest: Manifest, most_drop: int) -> Iterator[str]:
    for name, feed in former.feeds.items():
        left = manifest.feeds[name].total if name in manifest.feeds else 0
        if feed.total >= _WORTH_GUARDING and (feed.total - left) * 100 > feed.total * most_drop:
            yield f"{name} would drop from {counted(feed.total, 'item')} to {left}; if that is meant, use --force"
