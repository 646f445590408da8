"""Reading of regular files, and of nothing for which one would have to wait: no FIFO, device or socket."""

import errno
import os
import stat
from io import FileIO
from pathlib import Path
from typing import BinaryIO

_NONE = "not a regular file"
_WHY = {
    errno.ENOENT: "there is no such file; correct the name",
    errno.EISDIR: "it is a folder; name a file, or move the folder away",
    errno.EINVAL: f"it is {_NONE}; name one, or put one in its place",
    errno.EACCES: "permission denied; let the user who runs feeds read it",
    errno.ELOOP: "it is a link that leads back to itself; remove the link",
    errno.ENOTDIR: "a file stands where its folder should be; move that file away",
}
_REMEDIES = {
    errno.EACCES: "let the user who runs feeds write there, or name another place",
    errno.EROFS: "name another place",
    errno.ENOSPC: "make room, or name another place",
    errno.EDQUOT: "make room, or name another place",
    errno.ENXIO: "nothing reads what is written there; name a file",
    errno.EFBIG: "raise the limit on the size of files (ulimit -f)",
    errno.EMFILE: "raise the limit on open files (ulimit -n)",
}
_HOW = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def open_regular(path: Path | str) -> BinaryIO:
    """Open a file for reading. Raises OSError for what is no regular file, too."""
    return os.fdopen(_opened(path)[0], "rb")


def read_regular(path: Path) -> bytes:
    """Return what a regular file holds. Raises OSError."""
    with open_regular(path) as file:
        return file.read()


def read_regular_text(path: Path, encoding: str = "utf-8", errors: str = "strict") -> str:
    """Return the text of a regular file. Raises OSError and UnicodeDecodeError."""
    return read_regular(path).decode(encoding, errors)


def read_at_most(path: str, most: int) -> bytes:
    """Return what a regular file holds, or that number of bytes of a longer one. Raises OSError."""
    descriptor, size = _opened(path)
    with FileIO(descriptor) as file:
        # Reading with a much larger limit is slower than the read itself.
        content = file.read(min(size + 1, most))
        if content is None:  # a file of /proc that waits for more
            raise OSError(errno.EINVAL, _NONE, str(path))
        if size < len(content) < most:  # the file has grown since
            content += file.read(most - len(content))
    return content


def why_unread(error: OSError) -> str:
    """Return why a file cannot be read, and what to do."""
    return _WHY.get(error.errno or 0) or why_unwritten(error)


def why_unwritten(error: OSError) -> str:
    """Return why a file cannot be written, and what to do."""
    remedy = _REMEDIES.get(error.errno or 0)
    return f"{error.strerror}; {remedy}" if remedy else error.strerror or str(error)


def _opened(path: Path | str) -> tuple[int, int]:
    """Return the descriptor and the size of a regular file."""
    # Opening a FIFO waits for its writer, which may never come.
    descriptor = os.open(path, _HOW)
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode):
        return descriptor, status.st_size
    os.close(descriptor)
    is_folder = stat.S_ISDIR(status.st_mode)
    raise OSError(errno.EISDIR if is_folder else errno.EINVAL, "Is a directory" if is_folder else _NONE, str(path))
