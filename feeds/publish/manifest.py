"""Say what a publication consists of: every file with its hash, every feed with its items.

The manifest lies in the output folder as `manifest.json`. It tells the next run which files are its own, and what
subscribers have seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from feeds.planning.feeds import FeedPlan

MANIFEST = "manifest.json"
_VERSION = 1
_NOT_IN_NAMES = re.compile(r"[\\\0\ud800-\udfff]")  # another separator, and what no disk takes


class ManifestItem(Struct, frozen=True, forbid_unknown_fields=True):
    """An item that subscribers get; `digest` changes with anything in it."""

    id: str
    title: str
    link: str
    digest: str


class ManifestEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A published file: the SHA-256 of its bytes in hexadecimal, and the feed that it carries, if any.

    `inputs` is a hash, in hexadecimal, of what an archive document was made of.
    """

    sha256: str
    feed: str = ""
    inputs: Annotated[str, Meta(pattern="^([0-9a-f]{2})*$")] = ""


class ManifestFeed(Struct, frozen=True, forbid_unknown_fields=True):
    """A published feed: how many items it has in all, and those that subscribers get."""

    total: int
    items: tuple[ManifestItem, ...] = ()


class Manifest(Struct, frozen=True):
    """Files by their names below the output folder, and feeds by theirs."""

    files: Mapping[str, ManifestEntry] = {}
    feeds: Mapping[str, ManifestFeed] = {}
    version: int = _VERSION

    def changed_since(self, former: Manifest) -> Manifest:
        """Return the entries that another manifest does not have."""
        files = {name: entry for name, entry in self.files.items() if former.files.get(name) != entry}
        return Manifest(files, {name: feed for name, feed in self.feeds.items() if former.feeds.get(name) != feed})

    def to_json(self) -> bytes:
        """Return the manifest as it is written."""
        files, feeds = _lines(self.files), _lines(self.feeds)
        return b'{"version": %d,\n"files": %b,\n"feeds": %b}\n' % (self.version, files, feeds)


def manifest_feed(plan: FeedPlan) -> ManifestFeed:
    """Return what the manifest says of a feed."""
    rows = plan.records[: plan.limit].summaries()
    return ManifestFeed(len(plan.records), tuple(ManifestItem(*row[:3], row.digest.hex()) for row in rows))


def parse_manifest(content: bytes) -> Manifest:
    """Return the manifest in the bytes of its file; an empty one if there is none that can be read."""
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Manifest()
    if manifest.version != _VERSION:
        return Manifest()
    return Manifest({name: entry for name, entry in manifest.files.items() if _is_inside(name)}, manifest.feeds)


def _lines(entries: Mapping[str, ManifestEntry | ManifestFeed]) -> bytes:
    """Return an object with one line for each entry, as git shows what has changed."""
    lines = (b"%b: %b" % (json.dumps(name).encode(), _line(entry)) for name, entry in sorted(entries.items()))
    return b"{\n" + b",\n".join(lines) + b"\n}"


def _line(entry: ManifestEntry | ManifestFeed) -> bytes:
    values = msgspec.structs.asdict(entry) if isinstance(entry, ManifestEntry) else entry
    if isinstance(values, dict) and not values["inputs"]:
        del values["inputs"]
    return msgspec.json.format(msgspec.json.encode(values), indent=0)


def _is_inside(name: str) -> bool:
    """Return whether a name leads to a file below the folder that can be published, and to no other place."""
    path = PurePosixPath(name)
    is_hidden = any(part.startswith(".") for part in path.parts)  # ".." is too
    return bool(path.parts) and not path.is_absolute() and not is_hidden and not _NOT_IN_NAMES.search(name)
