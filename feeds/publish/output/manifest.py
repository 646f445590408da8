"""The manifest of an output, its file `manifest.json`: which files are ours, and which items subscribers have seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from feeds.lazy_pattern import lazy_pattern
from feeds.planning.feeds import FeedPlan

MANIFEST = "manifest.json"
_VERSION = 1
_NOT_IN_NAMES = lazy_pattern(r"[\\\0\ud800-\udfff]")  # another separator, and characters that file systems reject


class ManifestItem(Struct, frozen=True, forbid_unknown_fields=True):
    """An item that subscribers get, with a digest of everything in it."""

    id: str
    title: str
    link: str
    digest: str


class ManifestEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A published file: the SHA-256 of its bytes in hexadecimal, and its feed, if any.

    `inputs` is the hash of an archive document's inputs, in hexadecimal.
    """

    sha256: str
    feed: str = ""
    inputs: Annotated[str, Meta(pattern="^([0-9a-f]{2})*$")] = ""


class ManifestFeed(Struct, frozen=True, forbid_unknown_fields=True):
    """A published feed: its total number of items, and those that subscribers get."""

    total: int
    items: tuple[ManifestItem, ...] = ()


class Manifest(Struct, frozen=True):
    """Files by their names below the output folder, and feeds by name."""

    files: Mapping[str, ManifestEntry] = {}
    feeds: Mapping[str, ManifestFeed] = {}
    version: int = _VERSION

    def changed_since(self, former: Manifest) -> Manifest:
        """Return the entries that differ from those of a former manifest."""
        files = {name: entry for name, entry in self.files.items() if former.files.get(name) != entry}
        return Manifest(files, {name: feed for name, feed in self.feeds.items() if former.feeds.get(name) != feed})

    def to_json(self) -> bytes:
        """Return the manifest as JSON."""
        files, feeds = _lines(self.files), _lines(self.feeds)
        return b'{"version": %d,\n"files": %b,\n"feeds": %b}\n' % (self.version, files, feeds)


def manifest_feed(plan: FeedPlan) -> ManifestFeed:
    """Return the entry of a feed."""
    rows = plan.records[: plan.limit].summaries()
    return ManifestFeed(len(plan.records), tuple(ManifestItem(*row[:3], row.digest.hex()) for row in rows))


def parse_manifest(content: bytes) -> Manifest:
    """Return the manifest in the bytes of its file, or an empty one if it cannot be parsed."""
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Manifest()
    if manifest.version != _VERSION:
        return Manifest()
    return Manifest({name: entry for name, entry in manifest.files.items() if _is_inside(name)}, manifest.feeds)


def _lines(entries: Mapping[str, ManifestEntry | ManifestFeed]) -> bytes:
    """Return a JSON object with one line for each entry, for readable diffs."""
    lines = (b"%b: %b" % (json.dumps(name).encode(), _line(entry)) for name, entry in sorted(entries.items()))
    return b"{\n" + b",\n".join(lines) + b"\n}"


def _line(entry: ManifestEntry | ManifestFeed) -> bytes:
    values = msgspec.structs.asdict(entry) if isinstance(entry, ManifestEntry) else entry
    if isinstance(values, dict) and not values["inputs"]:
        del values["inputs"]
    return msgspec.json.format(msgspec.json.encode(values), indent=0)


def _is_inside(name: str) -> bool:
    """Return whether a name is that of a file below the folder that may be published."""
    parts = [part for part in name.split("/") if part not in {"", "."}]
    is_hidden = any(part.startswith(".") for part in parts)  # so is ".."
    return bool(parts) and not name.startswith("/") and not is_hidden and not _NOT_IN_NAMES.search(name)
