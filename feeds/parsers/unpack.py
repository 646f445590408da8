"""Unpack compressed documents, whose format is known by their first bytes alone."""

import zlib

from feeds.compression import compression_of

MAX_BYTES = 128 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_PIECE = 8 * 1024  # what follows a member is copied
_TEXTS = (b"<", b"{", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<", b"\0{", b"\0\0", b"\x4c\x6f\xa7\x94")


class UnpackError(Exception):
    """A document that cannot be unpacked, or exceeds the limit (`is_too_large`), and what to do."""

    def __init__(
        self, message: str, remedy: str = "give a smaller or a whole document", *, is_too_large: bool = False
    ) -> None:
        super().__init__(message)
        self.remedy, self.is_too_large = remedy, is_too_large


def unpack(data: bytes, limit: int = MAX_BYTES) -> bytes:
    """Return a document unpacked from gzip, deflate or Brotli; any other unchanged.

    Raises UnpackError, also for other formats and for several on top of each other.
    """
    unpacked = _unpacked(data, limit)
    if found := compression_of(unpacked):
        again = "once more " if unpacked is not data else ""
        raise UnpackError(f"it is compressed {again}with {found[0]}", f"decompress it, as with {found[1]}")
    return unpacked


def _unpacked(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise UnpackError(f"more than {limit // 2**20} MiB", is_too_large=True)
    if data.startswith(_GZIP):
        return _inflate(data, 16 + zlib.MAX_WBITS, limit)
    if _is_zlib(data):
        return _inflate(data, zlib.MAX_WBITS, limit)
    if _is_text(data):
        return data
    try:
        return _inflate(data, -zlib.MAX_WBITS, limit) or data
    except UnpackError as error:
        if error.is_too_large:
            raise
    return _brotli(data, limit)


def _is_zlib(data: bytes) -> bool:
    return len(data) > 2 and data[0] == 0x78 and (data[0] * 256 + data[1]) % 31 == 0 and data[1] in b"\x01\x5e\x9c\xda"  # noqa: PLR2004 - RFC 1950, section 2.2


def _inflate(data: bytes, window: int, limit: int) -> bytes:
    from feeds.sources.inflate import TooLargeError, bounded, inflate  # noqa: PLC0415 - few documents are compressed

    pieces = (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
    try:
        return b"".join(bounded(inflate(pieces, window), limit))
    except TooLargeError:
        raise UnpackError(f"more than {limit // 2**20} MiB when unpacked", is_too_large=True) from None
    except zlib.error as error:
        raise UnpackError(str(error)) from None


def _is_text(data: bytes) -> bool:
    """Return whether data begins like text in some encoding: Brotli has no magic number."""
    return not data or data.startswith(_TEXTS) or data[:256].isascii()


def _brotli(data: bytes, limit: int) -> bytes:
    try:
        import brotli  # noqa: PLC0415 - rarely needed, and rarely installed
    except ImportError:
        return data
    stream, unpacked = brotli.Decompressor(), b""
    try:
        unpacked = stream.process(data, output_buffer_limit=limit + 1)
    except brotli.error:
        return data
    if len(unpacked) > limit:
        raise UnpackError(f"more than {limit // 2**20} MiB when unpacked", is_too_large=True)
    return unpacked if stream.is_finished() else data
