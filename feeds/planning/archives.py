"""Divide a feed into the items that subscribers get at once, and archive documents of older ones (RFC 5005, section 4).

The list of items is split before the item with the least key, and its parts likewise, until each fits a document. Keys
are hashes of ids, so the splits do not depend on positions: adding, removing or editing an item changes only the
document that contains it. A document is named after the first item of the next one, so that the next one's link to
it depends only on its own items. Sizes are those in the index, as the size of a document is known only once rendered.
"""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple

from feeds.planning.feeds import FeedPlan

ARCHIVE = "archive/"
_KEY_BYTES = 6
_RENDERED = 2  # largest ratio of an item's size in a feed to that in the index


class Window(NamedTuple):
    """The positions of a document's items, from the oldest; `end` is exclusive."""

    start: int
    end: int


def archive_windows(keys: Sequence[bytes], sizes: Sequence[int], items: int, limit: int, most: int) -> list[Window]:
    """Return the windows of archive documents, for items given by keys and sizes from the oldest to the newest.

    Subscribers get the newest `items` at once. Every other item is in one document. A document has at most `limit`
    items, of a total size of at most `most` unless it is a single item; the newest may repeat items that
    subscribers get.
    """
    sums, windows = [0, *accumulate(sizes)], list[Window]()
    waiting = [Window(0, len(keys))] if len(keys) > items else []
    while waiting:
        start, end = waiting.pop()
        is_open, is_large = end == len(keys), end - start > 1 and sums[end] - sums[start] > most
        if end - start > items if is_open else end - start > limit or is_large:
            middle = min(range(start + 1, end), key=keys.__getitem__)
            waiting += [Window(middle, end), Window(start, middle)]
        elif start < len(keys) - items:
            windows.append(Window(start, end))
    return windows


def with_archives(plan: FeedPlan, items: int, most_bytes: int) -> list[FeedPlan]:
    """Return the feed with the given number of newest items, and its archive documents, oldest first."""
    total, channel = len(plan.records), plan.channel
    if total <= items:
        return [plan._replace(limit=total)]
    keys, sizes = [*map(_key, plan.records.ids())][::-1], [*plan.records.sizes()][::-1]
    previous, documents = "", list[FeedPlan]()
    limit = plan.usual_limit or plan.limit
    for start, end in archive_windows(keys, sizes, items, limit, most_bytes // _RENDERED):
        name = f"{ARCHIVE}{channel.name}-{keys[end].hex()}"
        of_document = channel._replace(name=name, current=channel.name, previous=previous, hub="", podcast=None)
        documents.append(FeedPlan(of_document, plan.records[total - end : total - start], end - start))
        previous = name
    return [plan._replace(channel=channel._replace(previous=previous), limit=items), *documents]


def _key(identity: str) -> bytes:
    return blake2b(identity.encode(errors="replace"), digest_size=_KEY_BYTES).digest()
