"""Lock a file for as long as this process lives; the system lets go of it however the process ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def try_lock(descriptor: int) -> bool:
    """Lock an open file for this process alone, and tell whether that was possible: at once, without waiting.

    Raises OSError where the disk has no locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - it exists there only

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - it does not exist on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def open_lock(path: os.PathLike[str]) -> int:
    """Open the file of a lock, which is made if it is missing, but never through a link; return its descriptor."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, flags, 0o644)


def is_file_at(descriptor: int, path: Path) -> bool:
    """Return whether an open file is still the one at a path, as its folder may have been removed and made anew."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False
