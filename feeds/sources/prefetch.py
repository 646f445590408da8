"""Fetch files in object storage in batches, before the work that needs them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from feeds.sources.remote_file import RemoteFile

_TOGETHER = 250

T = TypeVar("T")


def prefetch(items: Iterable[T]) -> Iterator[T]:
    """Yield items of work after fetching the remote files of each batch together."""
    waiting = iter(items)
    while batch := list(islice(waiting, _TOGETHER)):
        if remote := [entry for entry in map(entry_of, batch) if isinstance(entry, RemoteFile)]:
            from feeds.sources.object_storage import fetch  # noqa: PLC0415 - most records lie on this machine

            fetch(remote)
        yield from batch


def entry_of(item: object) -> object:
    """Return the entry of an item of work, or the item if it is one."""
    return getattr(item, "entry", item)
