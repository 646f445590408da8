"""Replace files atomically, and only if their bytes change."""

import hashlib
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from feeds.lazy_pattern import lazy_pattern
from feeds.publish.files.disk_errors import translate_read_errors, translate_write_errors
from feeds.publish.files.end_signals import tidy_end
from feeds.store.file_lock import try_lock

_PIECE = 1024 * 1024
_TEMPORARY = lazy_pattern(r"\..+\.\d+\.tmp")


def differs(path: Path, content: Iterable[bytes]) -> bool:
    """Return whether a file is missing or its content differs. Raises CouldNotRunError if it cannot be read."""
    with translate_read_errors(path), suppress(FileNotFoundError), path.open("rb") as file:
        return any(file.read(len(piece)) != piece for piece in content) or bool(file.read(1))
    return True


def has_sha256(path: Path, sha256: str) -> bool:
    """Return whether a file has a given SHA-256, in hexadecimal."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def copy_permissions(source: Path, target: Path) -> None:
    """Give a file the permissions of another one."""
    target.chmod(stat.S_IMODE(source.stat().st_mode))


def replace_file(path: Path, content: Iterable[bytes]) -> None:
    """Replace the content of a file atomically, unless it is the same: readers see the old bytes or the new ones.

    The bytes are written to a temporary file in the same folder, synced and renamed. The file keeps its permissions.
    A device, as /dev/null, or a FIFO with a reader is written to. Raises CouldNotRunError when the folder cannot be
    written to; the old file is then unchanged.
    """
    is_special = path.exists() and not (path.is_file() or path.is_dir())
    with tidy_end(), translate_write_errors(path):
        if is_special:
            _write_to(path, content)
        else:
            _replace(path, content)


def _write_to(path: Path, content: Iterable[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))  # or opening a FIFO would wait for a reader
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(content)


def write_file(path: Path, content: Iterable[bytes]) -> None:
    """Replace a file as `replace_file` does, once temporary files that killed runs left beside it are removed."""
    remove_left_behind(path)
    replace_file(path, content)


def _replace(path: Path, content: Iterable[bytes]) -> None:
    temporary = temporary_for(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            write_locked(file, content)
            os.fsync(file.fileno())
        with temporary.open("rb") as file:
            if not differs(path, iter(partial(file.read, _PIECE), b"")):
                return
        with suppress(FileNotFoundError):
            copy_permissions(path, temporary)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink()


def temporary_for(path: Path) -> Path:
    """Return the temporary file of this process for a file."""
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def write_locked(file: BinaryIO, content: Iterable[bytes]) -> None:
    """Write a temporary file, which no other process removes while it is open."""
    with suppress(OSError):  # some disks have no locks
        try_lock(file.fileno())
    file.writelines(content)
    file.flush()


def remove_left_behind(path: Path) -> None:
    """Remove temporary files that killed runs left beside a file."""
    with suppress(OSError):
        for temporary in path.parent.iterdir():
            if temporary.name.startswith(f".{path.name}.") and temporary.name.endswith(".tmp"):
                _remove_unlocked(temporary)


def remove_all_left_behind(folder: Path) -> None:
    """Remove temporary files that killed runs left in a folder that is ours."""
    with suppress(OSError):
        for temporary in folder.glob(".*.tmp"):
            if _TEMPORARY.fullmatch(temporary.name):
                _remove_unlocked(temporary)


def _remove_unlocked(temporary: Path) -> None:
    with temporary.open("r+b") as file:
        if try_lock(file.fileno()):
            temporary.unlink()
