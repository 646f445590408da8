"""Tell what is known of the files that are published now, without making them anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from feeds.planning.archives import ARCHIVE
from feeds.publish.manifest import MANIFEST, Manifest, ManifestFeed
from feeds.publish.output_file import OutputFile
from feeds.publish.target import Target
from feeds.store.database import Index, Output


class OutputCache:
    """What is published: by the manifest of the run that published it, and by what the index remembers of files."""

    def __init__(self, target: Target, index: Index, manifest: Manifest) -> None:
        self._target, self._index, self.manifest = target, index, manifest
        self._outputs = index.outputs()
        self._archives = defaultdict[str, list[str]](list)
        for name, entry in manifest.files.items():
            if name.startswith(ARCHIVE):
                self._archives[entry.feed].append(name)

        left = self._outputs.get(target.location(MANIFEST))
        self.has_left_manifest = bool(left and left.fingerprint and left.fingerprint == target.fingerprint(MANIFEST))

    def feed(self, name: str) -> ManifestFeed | None:
        """Return what the manifest says of a feed, if nobody has changed the manifest since it was written."""
        return self.manifest.feeds.get(name) if self.has_left_manifest else None

    def sha256(self, name: str) -> str:
        """Return the SHA-256 that the manifest has of a file, nothing if it has none."""
        return self.manifest.files[name].sha256 if name in self.manifest.files else ""

    def archives_of(self, feed: str) -> list[str]:
        """Return the names of the files of a feed's archive documents."""
        return self._archives.get(feed, [])

    def archive_inputs(self, name: str) -> bytes:
        """Return the hash of what an archive document was made of."""
        return bytes.fromhex(self.manifest.files[name].inputs)

    def find(self, file: OutputFile) -> OutputFile | None:
        """Return a file as it is published, if it was made of the same and is as it was left."""
        location = self._target.location(file.name)
        known = self._outputs.get(location)
        if (
            not known
            or known.inputs != file.inputs
            or not known.fingerprint
            or known.fingerprint != self._target.fingerprint(file.name)
        ):
            return None
        return file._replace(sha256=known.sha256, items=None if file.items is None else known.items)

    def find_archive(self, file: OutputFile) -> OutputFile | None:
        """Return the file of an archive document as it is published, if it was made of the same and is whole."""
        entry = self.manifest.files.get(file.name)
        if entry and entry.inputs == file.inputs.hex() and self.is_whole(file.name):
            return file._replace(sha256=entry.sha256)
        return None

    def is_whole(self, name: str) -> bool:
        """Return whether a file still is what the manifest says."""
        listed, known = self.sha256(name), self._outputs.get(self._target.location(name))
        if not listed:
            return False
        if known and known.sha256 == listed:
            return known.fingerprint == self._target.fingerprint(name) or self._target.has(name, listed)
        return self._target.keeps(name, listed)

    def remember(self, files: Iterable[OutputFile]) -> None:
        """Remember what files were made of, which are published now."""
        outputs = {file.name: Output(file.inputs, "", file.sha256, file.items or 0) for file in files}
        outputs[MANIFEST] = Output(b"", "", "", 0)
        target = self._target
        self._index.put_outputs(
            {
                target.location(name): output._replace(fingerprint=target.fingerprint(name))
                for name, output in outputs.items()
            }
        )
