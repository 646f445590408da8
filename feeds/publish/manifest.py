"""Say what a publication consists of: every file with its hash, every feed with its items.

The manifest lies in the output folder as `manifest.json`. It tells the next run which files are its own, and what
subscribers have seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from feeds.planning.feeds import FeedPlan

MANIFEST = "manifest.json"
_VERSION = 1
_NOT_IN_NAMES = re.compile(r"[\\\0\ud800-\udfff]")  # another separator, and what no disk takes


class ManifestItem(NamedTuple):
    """An item that subscribers get; `digest` changes with anything in it."""

    id: str
    title: str
    link: str
    digest: str


class ManifestEntry(NamedTuple):
    """A published file: the SHA-256 of its bytes in hexadecimal, and the feed that it carries, if any.

    `inputs` is a hash, in hexadecimal, of what an archive document was made of.
    """

    sha256: str
    feed: str = ""
    inputs: str = ""


class ManifestFeed(NamedTuple):
    """A published feed: how many items it has in all, and those that subscribers get."""

    total: int
    items: tuple[ManifestItem, ...] = ()


class Manifest(NamedTuple):
    """Files by their names below the output folder, and feeds by theirs."""

    files: Mapping[str, ManifestEntry] = {}
    feeds: Mapping[str, ManifestFeed] = {}

    def to_json(self) -> bytes:
        """Return the manifest as it is written."""
        files = {name: _file(*entry) for name, entry in sorted(self.files.items())}
        feeds = {
            name: {"total": feed.total, "items": [item._asdict() for item in feed.items]}
            for name, feed in sorted(self.feeds.items())
        }
        return f'{{"version": {_VERSION},\n"files": {_lines(files)},\n"feeds": {_lines(feeds)}}}\n'.encode()


def manifest_feed(plan: FeedPlan) -> ManifestFeed:
    """Return what the manifest says of a feed."""
    listed = (ManifestItem(*row[:3], row.digest.hex()) for row in plan.records[: plan.limit].summaries())
    return ManifestFeed(len(plan.records), tuple(listed))


def parse_manifest(content: bytes) -> Manifest:
    """Return the manifest in the bytes of its file; an empty one if there is none that can be read."""
    try:
        return _manifest(json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Manifest()


def _file(sha256: str, feed: str, inputs: str) -> dict[str, str]:
    return {"sha256": sha256, "feed": feed} | ({"inputs": inputs} if inputs else {})


def _lines(entries: Mapping[str, Any]) -> str:
    """Return an object with one line for each entry, as git shows what has changed."""
    lines = (f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}" for name, entry in entries.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def _manifest(content: dict[str, Any]) -> Manifest:
    if content["version"] != _VERSION:
        return Manifest()
    return Manifest(
        {name: _entry(**_texts(file)) for name, file in content["files"].items() if _is_inside(name)},
        {name: _feed(**feed) for name, feed in content["feeds"].items()},
    )


def _feed(total: int, items: list[dict[str, str]]) -> ManifestFeed:
    if not isinstance(total, int):
        raise TypeError
    return ManifestFeed(total, tuple(ManifestItem(**_texts(item)) for item in items))


def _entry(sha256: str, feed: str = "", inputs: str = "") -> ManifestEntry:
    bytes.fromhex(inputs)
    return ManifestEntry(sha256, feed, inputs)


def _texts(entry: dict[str, str]) -> dict[str, str]:
    for text in entry.values():
        text.encode()  # half a character is none, and a number is no text
    return entry


def _is_inside(name: str) -> bool:
    """Tell whether a name leads to a file below the folder that can be published, and to no other place."""
    path = PurePosixPath(name)
    is_hidden = any(part.startswith(".") for part in path.parts)  # ".." is too
    return bool(path.parts) and not path.is_absolute() and not is_hidden and not _NOT_IN_NAMES.search(name)
