"""Decompress a response as a stream, up to a limit."""

import zlib
from collections.abc import Iterable, Iterator

_PIECE = 256 * 1024
_MEMBER = b"\x1f\x8b"  # of a gzip file, which may have several (RFC 1952, section 2.2)
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


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
    return _bounded(pieces if window is None else _decompressed(_bounded(pieces, limit), window), limit)


def _bounded(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLargeError(f"it has more than {limit // 2**20} MiB" if limit >= 2**20 else f"over {limit} bytes")
        yield piece


def _decompressed(pieces: Iterator[bytes], window: int) -> Iterator[bytes]:
    stream = zlib.decompressobj(window)
    for piece in pieces:
        waiting = piece
        while waiting:
            if stream.eof:
                if window == zlib.MAX_WBITS or not _MEMBER.startswith(waiting[:2]):
                    return
                stream = zlib.decompressobj(window)
            yield stream.decompress(waiting, _PIECE)
            waiting = stream.unused_data if stream.eof else stream.unconsumed_tail
    if not stream.eof:
        raise zlib.error("it ends too early")
