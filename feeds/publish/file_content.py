"""Read parts of files, of which a table of all items may be too large for memory, and find where two differ."""

from collections.abc import Callable
from io import SEEK_END
from typing import BinaryIO

from feeds.secrets.scanner import OVERLAP, Content

_PIECES = (1 << 18, 1 << 13, 1 << 8, 1 << 4, 1)  # bytes, to narrow down where two contents begin to differ


class FileContent:
    """The content of an open file; a slice of it is read from the disk."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._size = file, file.seek(0, SEEK_END)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        self._file.seek(start)
        return self._file.read(stop - start)


class _Part:
    """A part of other content."""

    def __init__(self, whole: Content, start: int, end: int) -> None:
        self._whole, self._start, self._size = whole, start, end - start

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        return self._whole[self._start + start : self._start + stop]


def changed_part(new: Content, old: Content) -> Content:
    """Return new content without what both have in common at their ends, but with enough of that for a search."""
    start, end = common_ends(new, old)
    return _Part(new, max(0, start - OVERLAP), min(len(new), len(new) - end + OVERLAP))


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
