"""A file in object storage."""

from typing import Self

from feeds.diagnostics.problem import Problem
from feeds.locations import is_address


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


def file_at(path: str) -> str:
    """Return a path, as a RemoteFile if it is an address."""
    return RemoteFile(path) if is_address(path) else path
