"""Divide a feed into what subscribers get at once and the archive documents of all older items (RFC 5005, section 4).

A list of items is cut where an item has the least key, and its parts again, until each is as short as a document may
be. Keys are made of ids, so that an item cuts or does not wherever it stands: one that comes, goes or is edited changes
the document that it is in, and no other. A document is named after the item behind it, which is the first of the next
one, so that what a document links to depends on its own items too. Sizes of items are those in the index, as how large
a document is would only be known once it is rendered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple

from feeds.planning.feeds import FeedPlan

ARCHIVE = "archive/"
_KEY_BYTES = 6
_RENDERED = 2  # times the size that it has in the index, or less, an item has in a feed


class Window(NamedTuple):
    """The places of a document's items, counted from the oldest item; `end` is the place behind them."""

    start: int
    end: int


def archive_windows(keys: Sequence[bytes], sizes: Sequence[int], items: int, limit: int, most: int) -> list[Window]:
    """Return the windows of archive documents, for items given by keys and sizes from the oldest to the newest.

    Subscribers get the newest `items` at once. Every other item is in one of the documents, of which none has more
    than `limit`, nor several whose sizes come to more than `most`; the newest document may repeat some of what
    subscribers get.
    """
    sums, windows = [0, *accumulate(sizes)], list[Window]()
    waiting = [Window(0, len(keys))] if len(keys) > items else []
    while waiting:
        start, end = waiting.pop()
        is_open, is_large = end == len(keys), end - start > 1 and sums[end] - sums[start] > most
        if end - start > items if is_open else end - start > limit or is_large:
            middle = start + 1 + _least(keys[start + 1 : end])
            waiting += [Window(middle, end), Window(start, middle)]
        elif start < len(keys) - items:
            windows.append(Window(start, end))
    return windows


def with_archives(plan: FeedPlan, items: int, most_bytes: int) -> list[FeedPlan]:
    """Return the feed of so many of the newest items, and its archive documents from the oldest to the newest."""
    total, channel = len(plan.records), plan.channel
    if total <= items:
        return [plan._replace(limit=total)]
    keys, sizes = [*map(_key, plan.records.ids())][::-1], [*plan.records.sizes()][::-1]
    previous, documents = "", list[FeedPlan]()
    limit = plan.usual_limit or plan.limit
    for start, end in archive_windows(keys, sizes, items, limit, most_bytes // _RENDERED):
        name = f"{ARCHIVE}{channel.name}-{keys[end].hex()}"
        of_document = replace(channel, name=name, current=channel.name, previous=previous, hub="")
        documents.append(FeedPlan(of_document, plan.records[total - end : total - start], end - start))
        previous = name
    return [plan._replace(channel=replace(channel, previous=previous), limit=items), *documents]


def _key(identity: str) -> bytes:
    return blake2b(identity.encode(errors="replace"), digest_size=_KEY_BYTES).digest()


def _least(keys: Sequence[bytes]) -> int:
    return keys.index(min(keys))
