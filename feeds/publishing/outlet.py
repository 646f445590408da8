"""Say where a build puts its files: into a folder, or into storage elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from feeds.config import Config
from feeds.place import Address, Place
from feeds.publishing.output import differs, replace_file
from feeds.reading.source import mark_of


class Outlet(Protocol):
    """Hold files by their names; each method raises CouldNotRun when they cannot be read or written."""

    def place(self, name: str) -> str:
        """Return where a file lies, in full."""

    def mark(self, name: str) -> str:
        """Return how a file looks from outside, nothing if it is not there."""

    def differs(self, name: str, content: Iterable[bytes]) -> bool:
        """Tell whether a file does not hold exactly these pieces, or is not there."""

    def replace(self, name: str, content: Iterable[bytes], media_type: str) -> None:
        """Put content, given in pieces, in place of a file: a reader sees the old bytes or the new ones."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Be a folder on this machine."""

    path: Path

    def place(self, name: str) -> str:
        """Return the file's path."""
        return str(self.path / name)

    def mark(self, name: str) -> str:
        """Return the file's times, size and inode."""
        return mark_of(self.place(name))

    def differs(self, name: str, content: Iterable[bytes]) -> bool:
        """Compare the file with what it should hold."""
        return differs(self.path / name, content)

    def replace(self, name: str, content: Iterable[bytes], media_type: str) -> None:  # noqa: ARG002 - suffixes tell it
        """Move new content into place."""
        replace_file(self.path / name, content)


def outlet_at(place: Place, config: Config) -> Outlet:
    """Return what holds the files at a place."""
    if isinstance(place, Address):
        from feeds.publishing.bucket import Bucket  # noqa: PLC0415 - most runs publish on this machine

        return Bucket(place.url, config.cache_control)
    return Folder(place)
