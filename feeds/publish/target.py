"""Say where a build puts its files: into a folder, or into storage elsewhere."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import BinaryIO, Protocol

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import Address
from feeds.publish.atomic_write import holds
from feeds.regular_file import open_regular, read_regular
from feeds.sources.files import fingerprint_of


class Target(Protocol):
    """Hold published files by their names; each method raises CouldNotRunError when they cannot be read or written."""

    def location(self, name: str) -> str:
        """Return where a file lies, in full."""

    def fingerprint(self, name: str) -> str:
        """Return how a file looks from outside, nothing if it is not there."""

    def size(self, name: str) -> int | None:
        """Return how many bytes a file has, None if it is not there."""

    def names(self) -> Iterator[str]:
        """Yield the names of all files, hidden ones left out."""

    def read(self, name: str) -> bytes:
        """Return what a file holds, nothing if it is not there."""

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""

    def equals(self, name: str, content: Path) -> bool:
        """Return whether a file holds what a local file does."""

    def has(self, name: str, sha256: str) -> bool:
        """Return whether a file holds bytes with a SHA-256, in hexadecimal."""

    def keeps(self, name: str, sha256: str) -> bool:
        """Return whether a file that was put there with a SHA-256 is still there, as far as is told without a fetch."""

    def prepare(self, name: str, content: Path) -> None:
        """Do all of putting a local file that takes time, while readers still see the old bytes."""

    def put(self, name: str, content: Path, media_type: str) -> None:
        """Put what a prepared local file holds in place of a file: a reader sees the old bytes or the new ones."""

    def remove(self, name: str) -> None:
        """Remove a file."""

    def sync(self) -> None:
        """See to it that what was put and removed survives a loss of power."""


class FolderTarget:
    """Be a folder on this machine; what is put there is moved, and so must lie on the same disk."""

    def __init__(self, path: Path) -> None:
        self._path, self._prefix = path, str(path / "_")[:-1]
        self._touched = {path}

    def location(self, name: str) -> str:
        """Return the file's path."""
        return self._prefix + name

    def fingerprint(self, name: str) -> str:
        """Return the file's times, size and inode."""
        return fingerprint_of(self.location(name))

    def size(self, name: str) -> int | None:
        """Look at the file."""
        try:
            return (self._path / name).stat().st_size
        except OSError:
            return None

    def names(self) -> Iterator[str]:
        """Walk the folder."""
        for parent, folders, files in os.walk(self._path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            within = Path(parent).relative_to(self._path).as_posix()
            start = "" if within == "." else f"{within}/"
            yield from (start + name for name in sorted(files) if not name.startswith("."))

    def open(self, name: str) -> BinaryIO:
        """Open the file."""
        path = self._path / name
        try:
            return open_regular(path)
        except OSError as error:
            raise CouldNotRunError(f"{path}: cannot be read: {error.strerror}") from None

    def read(self, name: str) -> bytes:
        """Read the file."""
        try:
            return read_regular(self._path / name)
        except OSError:
            return b""

    def equals(self, name: str, content: Path) -> bool:
        """Compare the files byte by byte."""
        path = self._path / name
        if link := self._link_to(name):
            raise CouldNotRunError(
                f"{link}: is a link, and feeds writes nothing through one; put a folder in its place"
            )
        if path.is_dir():
            raise CouldNotRunError(f"{path}: cannot be written: it is a folder; move it out of the way")
        try:
            return filecmp.cmp(content, path, shallow=False)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise CouldNotRunError(f"{path}: cannot be read: {error.strerror}") from None

    def has(self, name: str, sha256: str) -> bool:
        """Read the file, and compare; one that a link leads to is not there."""
        return not self._link_to(name) and holds(self._path / name, sha256)

    def keeps(self, name: str, sha256: str) -> bool:
        """Read the file, and compare."""
        return self.has(name, sha256)

    def prepare(self, name: str, content: Path) -> None:
        """Bring the bytes to the disk, and let those read them who may read the old file."""
        path = self._path / name
        with translate_disk_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                shutil.copymode(path, content)
            sync_file(content)
        self._touched.add(path.parent)

    def put(self, name: str, content: Path, media_type: str) -> None:  # noqa: ARG002 - the suffix tells it
        """Move the file into place."""
        path = self._path / name
        with translate_disk_errors(path):
            content.replace(path)

    def remove(self, name: str) -> None:
        """Remove the file, if it is there."""
        path = self._path / name
        with translate_disk_errors(path):
            path.unlink(missing_ok=True)
        self._touched.add(path.parent)

    def _link_to(self, name: str) -> Path | None:
        """Return the folder below this one that a file lies in and that is a link, if there is one."""
        folders = (self._path / folder for folder in PurePath(name).parents[:-1])
        return next((folder for folder in folders if os.path.islink(folder)), None)  # noqa: PTH114 - of any name

    def sync(self) -> None:
        """Bring the names in the folders to the disk."""
        for folder in self._touched:
            with translate_disk_errors(folder):
                sync_file(folder)


def target_at(config: Config) -> Target:
    """Return what holds the output of a configuration."""
    if isinstance(config.output, Address):
        from feeds.publish.object_storage import BucketTarget  # noqa: PLC0415 - most runs publish on this machine

        return BucketTarget(config.output.url, config.cache_control)
    return FolderTarget(config.output)


@contextmanager
def translate_disk_errors(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into words."""
    try:
        yield
    except OSError as error:
        raise CouldNotRunError(f"{path}: cannot be written: {error.strerror}") from None


def sync_file(path: Path) -> None:
    """See to it that a file, or the names in a folder, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
