"""Read the path of a request."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

_LONGEST = 4096  # bytes, as the longest path that Linux opens
_UNFIT = frozenset("/\\\0")


def name_in(raw_path: bytes) -> str | None:
    """Return the name of a file below the folder that a path asks for, empty or ending in `/` if it asks for a folder.

    Each part is decoded once (RFC 3986, section 2.4). None if the path names nothing that is ever served: a part that
    begins with a dot, as `..` does, is empty, is no UTF-8, or hides another separator.
    """
    if not raw_path.startswith(b"/") or len(raw_path) > _LONGEST:
        return None
    try:
        parts = [unquote_to_bytes(part).decode() for part in raw_path[1:].split(b"/")]
    except UnicodeDecodeError:
        return None
    *folders, last = parts
    if not all(folders) or any(part.startswith(".") or _UNFIT & set(part) for part in parts):
        return None
    return "/".join((*folders, last))
