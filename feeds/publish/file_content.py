"""The content of files, read on demand as a table of all items may be large."""

from io import SEEK_END
from typing import BinaryIO, NamedTuple

from feeds.secrets.scanner import OVERLAP, Content

_PIECE = 1 << 14


class FileContent:
    """The content of an open file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._size = file, file.seek(0, SEEK_END)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        self._file.seek(start)
        return self._file.read(stop - start)


class _Part(NamedTuple):
    """Content between two offsets of other content."""

    whole: Content
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __getitem__(self, part: slice) -> bytes:  # type: ignore[override]  # a part of the bytes, not of the tuple
        start, stop, _ = part.indices(len(self))
        return self.whole[self.start + start : self.start + stop]


def changed_part(new: Content, old: Content) -> Content:
    """Return the part of new content between the bytes that it has in common with the old, with some of these."""
    most, start, end = min(len(new), len(old)), 0, 0
    while start < most and new[start : start + _PIECE] == old[start : start + _PIECE]:
        start += _PIECE
    while end + _PIECE <= most - start and _end_of(new, end) == _end_of(old, end):
        end += _PIECE
    return _Part(new, max(0, min(start, most) - OVERLAP), min(len(new), len(new) - end + OVERLAP))


def _end_of(content: Content, before: int) -> bytes:
    return content[len(content) - before - _PIECE : len(content) - before]
