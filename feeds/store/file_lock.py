"""Lock a file until this process ends, in whatever way."""

import os
import sys
from pathlib import Path


def try_lock(descriptor: int) -> bool:
    """Lock an open file without waiting, and return whether that succeeded.

    Raises OSError if the file system does not support locks.
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
    """Open or create a lock file, never through a link, and return its descriptor."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, flags, 0o644)


def is_file_at(descriptor: int, path: Path) -> bool:
    """Return whether an open file is still the one at a path, whose folder may have been replaced."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False
