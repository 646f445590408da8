"""Recognize compressed files by their magic numbers, and name the commands that decompress them."""

_KNOWN = {
    b"\x1f\x8b": ("gzip", "gzip -dc"),
    b"\x28\xb5\x2f\xfd": ("zstd", "zstd -dc"),
    b"\xfd7zXZ\0": ("xz", "xz -dc"),
    **{b"BZh%d1AY&SY" % level: ("bzip2", "bzip2 -dc") for level in range(1, 10)},
    b"PK\x03\x04": ("zip", "funzip"),
    b"PK\x05\x06": ("zip", "funzip"),
    b"7z\xbc\xaf\x27\x1c": ("7-Zip", "7z e -si -so"),
}


def compression_of(data: bytes) -> tuple[str, str] | None:
    """Return the format of compressed data, and a command that decompresses standard input."""
    return next((how for magic, how in _KNOWN.items() if data.startswith(magic)), None)
