"""Recognize published files that are unchanged, without rendering them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from feeds.planning.archives import ARCHIVE
from feeds.publish.input_digest import hash_of_parts
from feeds.publish.output.manifest import MANIFEST, ManifestFeed, parse_manifest
from feeds.publish.output.output_file import OutputFile
from feeds.publish.output.target import FolderTarget, Target
from feeds.store.database import Index, Output

_UNKNOWN = Output()


class OutputCache:
    """The published files, known from the manifest and from the index."""

    def __init__(self, target: Target, index: Index) -> None:
        self._target, self._index = target, index
        self.manifest, self._outputs = parse_manifest(target.read(MANIFEST)), index.outputs()
        self._archives = defaultdict[str, list[str]](list)
        for name, entry in self.manifest.files.items():
            if name.startswith(ARCHIVE):
                self._archives[entry.feed].append(name)
        self._is_here = isinstance(target, FolderTarget)
        self.has_intact_manifest = self._untouched(MANIFEST) is not None

    def feed(self, name: str) -> ManifestFeed | None:
        """Return the manifest's entry of a feed, if nobody has changed the manifest since it was written."""
        return self.manifest.feeds.get(name) if self.has_intact_manifest else None

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file in the manifest, or nothing."""
        return self.manifest.files[name].sha256 if name in self.manifest.files else ""

    def archives_of(self, feed: str) -> list[str]:
        """Return the names of the files of a feed's archive documents."""
        return self._archives.get(feed, [])

    def archive_inputs(self, name: str) -> bytes:
        """Return the hash of an archive document's inputs."""
        return bytes.fromhex(self.manifest.files[name].inputs)

    def find(self, file: OutputFile) -> OutputFile | None:
        """Return a file as it is published, if its inputs are the same and nobody has changed it; else None."""
        known = self._untouched(file.name)
        if not known or known.inputs != file.inputs:
            return None
        items = None if file.items is None else known.items
        return file._replace(sha256=known.sha256, items=items, is_clean=known.is_clean)

    def with_published_digests(self, file: OutputFile, inputs_with: Callable[[Iterable[bytes]], bytes]) -> OutputFile:
        """Return a feed's file with the digests of its published items, if nothing else has changed.

        `inputs_with` returns what the hash of the file's inputs would be if its items had some digests.
        """
        known, feed = self._untouched(file.name), self.feed(file.feed)
        if not known or not feed or not self._is_here:
            return file
        digests = tuple(bytes.fromhex(item.digest) for item in feed.items)
        if inputs_with(digests) != known.inputs:
            return file
        return file._replace(published_digests=digests, is_clean=known.is_clean)

    def _untouched(self, name: str) -> Output | None:
        """Return what the last build has stored about a file, if nobody has changed the file since."""
        known = self._outputs.get(self._target.location(name))
        is_same = known and known.fingerprint and known.fingerprint == self._target.fingerprint(name)
        return known if is_same else None

    def was_searched_for(self, ids: frozenset[str], name: str) -> bool:
        """Return whether a published file was searched for the ids of these unpublished records before."""
        known = self._untouched(name)
        return self._is_here and known is not None and known.hidden == _hash_of_ids(ids)

    def find_archive(self, file: OutputFile) -> OutputFile | None:
        """Return the file of an archive document as it is published, if its inputs are the same and it is whole.

        Unlike other files it may be known from the manifest alone, so that a new index renders no archive again.
        """
        entry = self.manifest.files.get(file.name)
        if entry and entry.inputs == file.inputs.hex() and self._is_whole(file.name, entry.sha256):
            return file._replace(sha256=entry.sha256)
        return None

    def _is_whole(self, name: str, sha256: str) -> bool:
        """Return whether a file still has the SHA-256 in the manifest."""
        known = self._outputs.get(self._target.location(name))
        if known and known.sha256 == sha256:
            return known.fingerprint == self._target.fingerprint(name) or self._target.has(name, sha256)
        return self._target.still_has(name, sha256)

    def remember(self, files: Iterable[OutputFile], hidden: frozenset[str]) -> None:
        """Remember the inputs of published files, and for which ids those that change were searched."""
        target, searched_for = self._target, _hash_of_ids(hidden)
        outputs = {target.location(MANIFEST): Output(fingerprint=target.fingerprint(MANIFEST))}
        for file in files:
            location, fingerprint = target.location(file.name), target.fingerprint(file.name)
            before = self._outputs.get(location, _UNKNOWN)
            ids = searched_for if file.has_changed else before.hidden
            outputs[location] = Output(file.inputs, fingerprint, file.sha256, file.items or 0, file.is_clean, ids)
        self._index.put_outputs(outputs)


@lru_cache(maxsize=1)
def _hash_of_ids(ids: frozenset[str]) -> bytes:
    return hash_of_parts(["\n".join(sorted(ids)).encode(errors="surrogateescape")])
