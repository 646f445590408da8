"""Find the rows of a table that another version of it lacks."""

from feeds.publish.files.file_content import common_ends
from feeds.secrets.scanner import Content

_MOST, _PIECE = 1 << 20, 1 << 16  # bytes
_QUOTE, _END = b'"', b"\n"


def changed_rows(new: Content, old: Content) -> bytes | None:
    """Return a table (CSV, RFC 4180) with all rows of a new table that the old one lacks, and perhaps some others.

    Only what is between the bytes that both have in common at their ends is read. A line feed ends a row if it is
    outside of quotes, which is so after an even number of quotation marks. None if a change of these numbers moves the
    ends of common rows, or if too much has changed.
    """
    start, end = common_ends(new, old)
    first = _row_at(new, start)
    last = _row_end(new, first, len(new) - end)
    is_same_beyond = _quotes(old, first, len(old) - len(new) + last) % 2 == _quotes(new, first, last) % 2
    head = new[:_PIECE].partition(_END)[0] + _END if first else b""
    return head + new[first:last] if is_same_beyond and _QUOTE not in head and last - first < _MOST else None


def _row_at(content: Content, offset: int) -> int:
    """Return where the row begins to which the byte at an offset belongs."""
    is_quoted = _quotes(content, 0, offset) % 2
    for at in range(offset, 0, -1):
        before = content[at - 1 : at]
        if before == _END and not is_quoted:
            return at
        is_quoted ^= before == _QUOTE
    return 0


def _row_end(content: Content, first: int, offset: int) -> int:
    """Return the first end of a row behind an offset, if another row begins at `first`."""
    is_quoted = _quotes(content, first, offset) % 2
    for at in range(offset, len(content)):
        byte = content[at : at + 1]
        is_quoted ^= byte == _QUOTE
        if byte == _END and not is_quoted:
            return at + 1
    return len(content)


def _quotes(content: Content, start: int, end: int) -> int:
    pieces = (content[at : min(at + _PIECE, end)] for at in range(start, end, _PIECE))
    return sum(piece.count(_QUOTE) for piece in pieces)
