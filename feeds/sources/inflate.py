"""Decompress data as a stream, up to a limit, as a few bytes can expand to gigabytes."""

import zlib
from collections.abc import Iterable, Iterator

_PIECE = 256 * 1024
_MEMBER = b"\x1f\x8b"  # how a member of a gzip file begins (RFC 1952, section 2.3.1)
_MOST_MEMBERS = 10_000
_GZIP = 16 + zlib.MAX_WBITS
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}


class TooLargeError(Exception):
    """A document is larger than the limit."""


def is_in(start: bytes, encoding: str) -> bool:
    """Return whether a document that begins so is in its Content-Encoding; it is in any unsupported one."""
    window = _WINDOWS.get(encoding.strip().lower())
    try:
        if window is not None:
            zlib.decompressobj(window).decompress(start, 1)
    except zlib.error:
        return False
    return True


def decompress(pieces: Iterable[bytes], encoding: str, limit: int) -> Iterator[bytes]:
    """Yield a document decompressed by its Content-Encoding; any unsupported encoding is passed through.

    Raises TooLargeError if there are more than `limit` bytes before or after, and zlib.error for damaged data.
    """
    window = _WINDOWS.get(encoding.strip().lower())
    return bounded(pieces if window is None else inflate(bounded(pieces, limit), window), limit)


def bounded(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Yield pieces. Raises TooLargeError as soon as they have more than `limit` bytes."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLargeError(f"it has more than {limit // 2**20} MiB" if limit >= 2**20 else f"over {limit} bytes")
        yield piece


def inflate(pieces: Iterable[bytes], window: int) -> Iterator[bytes]:
    """Yield data in the format that a window (`wbits` of zlib) stands for; what follows its end is ignored.

    A gzip file may have several members, with zeros between them. Raises zlib.error for damaged data.
    """
    stream, members = zlib.decompressobj(window), 1
    for piece in pieces:
        waiting = piece.lstrip(b"\0") if stream.eof else piece
        while waiting:
            if stream.eof:
                if window != _GZIP or not _MEMBER.startswith(waiting[:2]):
                    return
                stream, members = zlib.decompressobj(window), members + 1
            if members > _MOST_MEMBERS:
                raise zlib.error(f"more than {_MOST_MEMBERS} parts")
            yield stream.decompress(waiting, _PIECE)
            waiting = stream.unused_data.lstrip(b"\0") if stream.eof else stream.unconsumed_tail
    if not stream.eof:
        raise zlib.error("it ends too early")
