"""Reading of regular files, and of nothing for which one would have to wait: no FIFO, device or socket."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_NONE = "not a regular file"


def open_regular(path: Path | str) -> BinaryIO:
    """Open a file for reading. Raises OSError for what is no regular file, too."""
    # Opening a FIFO waits for its writer, which may never come.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        is_folder = stat.S_ISDIR(mode)
        raise OSError(errno.EISDIR if is_folder else errno.EINVAL, "Is a directory" if is_folder else _NONE, str(path))
    return os.fdopen(descriptor, "rb")


def read_regular(path: Path) -> bytes:
    """Return what a regular file holds. Raises OSError."""
    with open_regular(path) as file:
        return file.read()


def text_of(path: Path, encoding: str = "utf-8", errors: str = "strict") -> str:
    """Return the text of a regular file. Raises OSError and UnicodeDecodeError."""
    return read_regular(path).decode(encoding, errors)
