"""Unpack what a server sends piece by piece, never further than a bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

_PIECE = 256 * 1024
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class TooLargeError(Exception):
    """More than a bound allows."""


def inflated(pieces: Iterable[bytes], encoding: str, limit: int) -> Iterator[bytes]:
    """Yield a document as it was before it was packed, as a Content-Encoding says; in any other as it comes.

    Raises TooLargeError when either way there are more bytes than `limit`, and zlib.error for what is damaged.
    """
    window = _WINDOWS.get(encoding.strip().lower())
    return _bounded(pieces if window is None else _unpacked(_bounded(pieces, limit), window), limit)


def _bounded(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLargeError(f"it has more than {limit // 2**20} MiB" if limit >= 2**20 else f"over {limit} bytes")
        yield piece


def _unpacked(pieces: Iterator[bytes], window: int) -> Iterator[bytes]:
    first = next(pieces, b"")
    if not _is_packed(first, window):  # the header says so, and it is not
        yield first
        yield from pieces
        return
    stream = zlib.decompressobj(window)
    for piece in chain([first], pieces):
        waiting = piece
        while waiting and not stream.eof:
            yield stream.decompress(waiting, _PIECE)
            waiting = stream.unconsumed_tail
    if not stream.eof:
        raise zlib.error("it ends too early")


def _is_packed(start: bytes, window: int) -> bool:
    try:
        zlib.decompressobj(window).decompress(start, 1)
    except zlib.error:
        return False
    return True
