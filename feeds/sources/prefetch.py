"""Stand for a file in storage elsewhere, with what its folder's listing says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Self, TypeVar

from feeds.diagnostics.problem import Problem
from feeds.locations import is_address

_TOGETHER = 250

T = TypeVar("T")


class RemoteFile(str):
    """The address of a file, with its fingerprint and its size when it was listed, or -1 if it was not.

    `content` is there from when it was fetched until it is read.
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


def fetched(items: Iterable[T]) -> Iterator[T]:
    """Yield items of work; what those of a batch have in storage elsewhere is fetched together beforehand."""
    waiting = iter(items)
    while batch := list(islice(waiting, _TOGETHER)):
        remote = [entry for entry in map(entry_of, batch) if isinstance(entry, RemoteFile)]
        if remote:
            from feeds.sources.object_storage import fetch  # noqa: PLC0415 - most records lie on this machine

            fetch(remote)
        yield from batch


def file_at(path: str) -> str:
    """Return a path as one that can be fetched together with others, if it is an address."""
    return RemoteFile(path) if is_address(path) else path


def entry_of(item: object) -> object:
    """Return what an item of work is about: itself, or its entry."""
    return getattr(item, "entry", item)
