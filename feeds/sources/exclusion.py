"""Find files of a source that are not records: excluded by patterns, or about the folder, such as README."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from feeds.config.ignore_patterns import pattern_spec
from feeds.locations import Location, below

_ABOUT_THE_FOLDER = (
    r"(?i)(readme|licen[cs]e)([._-][a-z0-9._-]+)?|authors|changelog|changes|code[_-]of[_-]conduct|contributing|contributors"
    r"|copying|humans|maintainers|notice|robots|security|todo"
)
_CONFLICT_COPY = (
    r"(?i).*(\.sync-conflict-\d|\(.*\bconflicted copy\b.*\)).*"  # of Syncthing; of Dropbox, Nextcloud, Obsidian
)
_DRAFTS = r"(?i)(^|/)_?drafts/"
_INDEX = ("index", "_index")
_OF_AN_ARTICLE = ("publishedDateTime", "updatedDateTime", "date", "webUrl", "originalUrl", "excerpt")


class Exclusion(NamedTuple):
    """Patterns as in a .gitignore, relative to a root, or to the searched folder for files outside of it.

    `layouts` are globs for the folders in which another generator looks for posts: the first that matches any file of
    a folder selects its files. With `has_bundles`, files beside or below an `index` are resources of that page.
    """

    root: Location = Path()
    patterns: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    has_bundles: bool = False

    def covers(self, path: str, searched: str = "") -> bool:
        """Return whether a file, or a folder whose path ends with a slash, is excluded."""
        return bool(self.patterns) and pattern_spec(self.patterns).match_file(self._relative(path, searched))

    def leave(self, names: Iterable[str], prefix: str, searched: str) -> list[str]:
        """Return the paths of those files of one folder that are not excluded; `prefix` is its path and a slash."""
        if not self.patterns:
            return [prefix + name for name in names]
        inside = self._relative(f"{prefix}_", searched)[:-1]  # once for each folder: for each file it would be slow
        spec = pattern_spec(self.patterns)
        return [prefix + name for name in names if not spec.match_file(inside + name)]

    def choose(self, paths: Sequence[str], searched: str) -> set[str]:
        """Return the files of a folder that match its layout, or all if no layout matches."""
        chosen, folder = set(paths), PurePosixPath(searched).name  # which may itself be the one that a layout names
        for layout in self.layouts:
            spec = pattern_spec((layout,))
            if found := {path for path in paths if spec.match_file(f"{folder}/{_below(path, searched)}")}:
                chosen = found
                break
        return _without_resources(chosen, searched) if self.has_bundles else chosen

    def _relative(self, path: str, searched: str) -> str:
        end = "/" if path.endswith("/") else ""
        for folder in (str(self.root), searched):
            inside = _below(path, folder) if folder else ""
            if inside:
                return inside + end
        return PurePosixPath(path).name + end


def _without_resources(paths: set[str], searched: str) -> set[str]:
    """Return files without page resources: those beside or below an index."""
    found = [path for path in paths if _name(path).partition(".")[0] == "index"]
    found.sort(key=lambda path: (len(path), path), reverse=True)  # the page has the shortest name
    indexes = {_folder(path): path for path in found}
    indexes.pop("" if searched == "." else searched, None)
    return {path for path in paths if _owner(path, indexes) == path} if indexes else paths


def _owner(path: str, indexes: Mapping[str, str]) -> str:
    """Return the index of the nearest folder around a file, or else the file itself."""
    folder = path
    while "/" in folder:
        folder = _folder(folder)
        if indexes.get(folder, path) != path:
            return indexes[folder]
    return path


def is_about_the_folder(path: str) -> bool:
    """Return whether a file is named like one about its folder, which is a record only if it has front matter."""
    stem = _stem(path)
    return stem in _INDEX or bool(re.fullmatch(_ABOUT_THE_FOLDER, stem))


def is_conflict_copy(path: str) -> bool:
    """Return whether a file is named like the second version of a file that a program for synchronization left."""
    return "conflict" in path.lower() and bool(re.fullmatch(_CONFLICT_COPY, _stem(path)))


def is_among_drafts(path: str, source: Location) -> bool:
    """Return whether a file of the source is in a folder for drafts there."""
    if "drafts/" not in path.lower():
        return False
    name = below(path, source)
    return not name.startswith("/") and bool(re.search(_DRAFTS, name))


def is_section_page(path: str, data: Mapping[str, Any]) -> bool:
    """Return whether front matter is that of a section page: an index without a date or an address."""
    return _stem(path) in _INDEX and not any(key in data for key in _OF_AN_ARTICLE)


def _stem(path: str) -> str:
    return _name(path).rpartition(".")[0].lower()


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _below(path: str, folder: str) -> str:
    """Return a path relative to a folder, or nothing if it is not below it."""
    if path.startswith(f"{folder}/") and "/.." not in path:  # true of nearly all files that are searched
        return path.removeprefix(f"{folder}/").strip("/")
    if "://" in path or "://" in folder:
        return ""
    inside = os.path.relpath(path, folder)
    return "" if inside == os.curdir or inside.split(os.sep, 1)[0] == os.pardir else Path(inside).as_posix()
