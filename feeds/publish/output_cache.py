"""Tell what is known of the files that are published now, without making them anew."""

from __future__ import annotations

from collections import defaultdict

from feeds.planning.archives import ARCHIVE
from feeds.publish.manifest import Manifest
from feeds.publish.target import Target
from feeds.store.database import Index, Output


class Published:
    """Know files by the manifest of the run that published them, and by what the index has kept of them."""

    def __init__(self, target: Target, index: Index, manifest: Manifest) -> None:
        self._outlet, self._index, self._manifest = target, index, manifest
        self._archives = defaultdict[str, list[str]](list)
        for name, file in manifest.files.items():
            if name.startswith(ARCHIVE):
                self._archives[file.feed].append(name)

    def place(self, name: str) -> str:
        """Return where a file lies, in full."""
        return self._outlet.place(name)

    def sha256(self, name: str) -> str:
        """Return the SHA-256 that the manifest has of a file, nothing if it has none."""
        return self._manifest.files[name].sha256 if name in self._manifest.files else ""

    def archives_of(self, feed: str) -> list[str]:
        """Return the names of the files of a feed's archive documents."""
        return self._archives.get(feed, [])

    def made_of(self, name: str, recipe: bytes) -> Output | None:
        """Return what is known of a file that is as it was when it was made, if it was made of the same."""
        known, mark = self._index.output(self._outlet.place(name)), self._outlet.mark(name)
        return known if known and mark and (known.mark, known.recipe) == (mark, recipe) else None

    def is_whole(self, name: str) -> bool:
        """Tell whether a file still is what the manifest says."""
        listed, known = self.sha256(name), self._index.output(self._outlet.place(name))
        if not listed:
            return False
        if known and known.sha256 == listed:
            return known.mark == self._outlet.mark(name) or self._outlet.has(name, listed)
        return self._outlet.keeps(name, listed)
