"""Where a build puts its files: a folder, or object storage."""

import errno
import filecmp
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import BinaryIO, Protocol

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import Address
from feeds.publish.files.atomic_write import copy_permissions, has_sha256
from feeds.publish.files.disk_errors import translate_read_errors, translate_write_errors
from feeds.regular_file import open_regular, read_regular
from feeds.sources.files import fingerprint_of


class Target(Protocol):
    """A place for published files; each method raises CouldNotRunError when they cannot be read or written."""

    def location(self, name: str) -> str:
        """Return the full path or address of a file."""

    def fingerprint(self, name: str) -> str:
        """Return the fingerprint of a file, or nothing if it does not exist."""

    def size(self, name: str) -> int | None:
        """Return the size of a file in bytes, or None if it does not exist."""

    def names(self) -> Iterator[str]:
        """Yield the names of all files except hidden ones."""

    def read(self, name: str) -> bytes:
        """Return the content of a file, empty if it does not exist."""

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""

    def equals(self, name: str, content: Path) -> bool:
        """Return whether a file has the same content as a local one."""

    def has(self, name: str, sha256: str) -> bool:
        """Return whether a file has a given SHA-256, in hexadecimal."""

    def still_has(self, name: str, sha256: str) -> bool:
        """Return whether a file exists, with a given SHA-256 unless that would take a fetch: a cheaper `has`."""

    def prepare(self, name: str, content: Path) -> None:
        """Do the slow part of putting a local file, while readers still see the old bytes."""

    def put(self, name: str, content: Path, media_type: str) -> None:
        """Replace a file by a prepared local one atomically: readers see the old bytes or the new ones."""

    def remove(self, name: str) -> None:
        """Remove a file."""

    def sync(self) -> None:
        """Make all changes survive a power failure."""


class FolderTarget:
    """A folder on this machine; files are moved into it, and so must be on the same disk."""

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
        with translate_read_errors(path):
            return open_regular(path)

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
        _refuse_folder(path)
        with translate_read_errors(path), suppress(FileNotFoundError):
            return filecmp.cmp(content, path, shallow=False)
        return False

    def has(self, name: str, sha256: str) -> bool:
        """Read and compare the file; a file behind a link does not count."""
        return not self._link_to(name) and has_sha256(self._path / name, sha256)

    def still_has(self, name: str, sha256: str) -> bool:
        """Read and compare the file."""
        return self.has(name, sha256)

    def prepare(self, name: str, content: Path) -> None:
        """Sync the bytes to disk, and give them the permissions of the old file."""
        path = self._path / name
        _refuse_folder(path)
        with translate_write_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not os.access(path.parent, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            with suppress(FileNotFoundError):
                copy_permissions(path, content)
            _sync_file(content)
        self._touched.add(path.parent)

    def put(self, name: str, content: Path, media_type: str) -> None:  # noqa: ARG002 - unused here
        """Move the file into place."""
        path = self._path / name
        with translate_write_errors(path):
            content.replace(path)

    def remove(self, name: str) -> None:
        """Remove the file, if it exists."""
        path = self._path / name
        with translate_write_errors(path):
            path.unlink(missing_ok=True)
        self._touched.add(path.parent)

    def _link_to(self, name: str) -> Path | None:
        """Return the linked folder, if any, on the path of a file below this one."""
        folders = (self._path / folder for folder in PurePath(name).parents[:-1])
        return next((folder for folder in folders if os.path.islink(folder)), None)  # noqa: PTH114 - of any name

    def sync(self) -> None:
        """Sync the folders to disk."""
        for folder in self._touched:
            with translate_write_errors(folder):
                _sync_file(folder)


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise CouldNotRunError(f"{path}: cannot be written: it is a folder; move it out of the way")


def target_at(config: Config) -> Target:
    """Return the target of a configuration's output."""
    if isinstance(config.output, Address):
        from feeds.publish.output.object_storage import BucketTarget  # noqa: PLC0415 - most runs publish on this machine

        return BucketTarget(config.output.url, config.cache_control)
    return FolderTarget(config.output)


def _sync_file(path: Path) -> None:
    """Sync a file or a folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
