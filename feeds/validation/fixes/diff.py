"""Show what changed in a file as a unified diff that `git apply` and `patch` take."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

_NO_NEWLINE = b"\n\\ No newline at end of file\n"


def patch_of(path: str, old: bytes, new: bytes) -> Iterator[bytes]:
    """Yield the lines of the diff that leads from the old content of a file to the new."""
    name = path.encode(errors="surrogateescape")
    lines = difflib.diff_bytes(
        difflib.unified_diff, _lines(old), _lines(new), b"a/" + name, b"b/" + name, lineterm=b"\n"
    )
    return (line if line.endswith(b"\n") else line + _NO_NEWLINE for line in lines)


def _lines(content: bytes) -> list[bytes]:
    lines = content.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
