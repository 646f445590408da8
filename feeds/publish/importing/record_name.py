"""Name the file of a record after its date and title: valid on every file system, and stable."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from feeds.text import slug

_LONGEST = 80  # bytes


def record_name(data: Mapping[str, Any], suffix: str, identity: str, is_taken: Callable[[str], bool]) -> str:
    """Return `YYYY-MM-DD-slug` with a suffix; a hash of the id is added to a name that is taken."""
    start = f"{data['publishedDateTime'][:10]}-{_slug(data)}"
    name = f"{start}{suffix}"
    return f"{start}-{sha256(identity.encode(errors='replace')).hexdigest()[:8]}{suffix}" if is_taken(name) else name


def _slug(data: Mapping[str, Any]) -> str:
    page = PurePosixPath(unquote(urlsplit(data.get("webUrl", "")).path)).stem
    words = slug(data["title"]) or slug(page) or "item"
    if len(words.encode()) <= _LONGEST:
        return words
    return words.encode()[:_LONGEST].decode(errors="ignore").rpartition("-")[0] or words[:20]
