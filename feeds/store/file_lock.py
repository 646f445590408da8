"""Lock a file for as long as this process lives; the system lets go of it however the process ends."""

from __future__ import annotations

import os
import sys


def try_lock(descriptor: int) -> bool:
    """Lock an open file for this process alone, and tell whether that was possible: at once, without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - it exists there only

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - it does not exist on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def open_lock(path: os.PathLike[str]) -> int:
    """Open the file of a lock, which is made if it is missing; return its descriptor."""
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
