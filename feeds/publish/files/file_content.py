"""Read parts of files, of which a table of all items may be too large for memory, and find where two differ."""

from collections.abc import Callable
from io import SEEK_END
from typing import BinaryIO, Self

from feeds.secrets.scanner import OVERLAP, Content

_PIECES = (1 << 18, 1 << 13, 1 << 8, 1 << 4, 1)  # bytes, to narrow down where two contents begin to differ


class FileContent:
    """The content of an open file, or of a part of it; a slice of it is read from the disk."""

    def __init__(self, file: BinaryIO, start: int = 0, end: int | None = None) -> None:
        self._file, self._start = file, start
        self._size = (file.seek(0, SEEK_END) if end is None else end) - start

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        self._file.seek(self._start + start)
        return self._file.read(stop - start)

    def changed_since(self, old: Content) -> Self:
        """Return the content without what the old has in common at both ends, but with enough of that for a search."""
        start, end = common_ends(self, old)
        return type(self)(self._file, max(0, start - OVERLAP), min(self._size, self._size - end + OVERLAP))


def common_ends(new: Content, old: Content) -> tuple[int, int]:
    """Return how many bytes two contents have in common at their start, and how many of the others at their end."""
    most = min(len(new), len(old))
    start = _common(lambda at, size: new[at : at + size] == old[at : at + size], most)
    return start, _common(lambda at, size: _before_end(new, at, size) == _before_end(old, at, size), most - start)


def _common(is_same: Callable[[int, int], bool], most: int) -> int:
    at = 0
    for size in _PIECES:
        while at + size <= most and is_same(at, size):
            at += size
    return at


def _before_end(content: Content, at: int, size: int) -> bytes:
    return content[len(content) - at - size : len(content) - at]
