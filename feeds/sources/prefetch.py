"""Fetch files in object storage in batches, before the work that needs them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Self, TypeVar

from feeds.diagnostics.problem import Problem
from feeds.locations import is_address

_TOGETHER = 250

T = TypeVar("T")


class RemoteFile(str):
    """The address of a file in object storage, with its fingerprint and its size, or -1, from the listing.

    `content` is set when the file is fetched, and cleared when it is read.
    """

    __slots__ = ("content", "fingerprint", "size")

    fingerprint: str
    size: int
    content: bytes | Problem | None

    def __new__(cls, address: str, fingerprint: str = "", size: int = -1) -> Self:
        """Return the file at an address."""
        file = super().__new__(cls, address)
        file.fingerprint, file.size, file.content = fingerprint, size, None
        return file


def prefetch(items: Iterable[T]) -> Iterator[T]:
    """Yield items of work after fetching the remote files of each batch together."""
    waiting = iter(items)
    while batch := list(islice(waiting, _TOGETHER)):
        remote = [entry for entry in map(entry_of, batch) if isinstance(entry, RemoteFile)]
        if remote:
            from feeds.sources.object_storage import fetch  # noqa: PLC0415 - most records lie on this machine

            fetch(remote)
        yield from batch


def file_at(path: str) -> str:
    """Return a path, as a RemoteFile if it is an address."""
    return RemoteFile(path) if is_address(path) else path


def entry_of(item: object) -> object:
    """Return the entry of an item of work, or the item if it is one."""
    return getattr(item, "entry", item)
