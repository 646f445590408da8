"""A post as the sources of fields see it: its front matter, its body, and values from its path."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from feeds.diagnostics.problem import Route
from feeds.model.record import MarkdownDialect
from feeds.records.bodies.summaries import first_heading

_DATED = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2}(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?)(?:[-_ T](?P<rest>.+))?"
)
_DATED_FOLDER = re.compile(r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_BUNDLES = {"index", "_index", "readme"}


class SourceValue(NamedTuple):
    """A value, and its route in the front matter, empty if it comes from elsewhere."""

    value: Any
    route: Route = ()
    is_slug: bool = False  # already slugified


class GitDates(NamedTuple):
    """The times of the first and the last commit of a file, as RFC 3339 text."""

    first: str
    last: str


@dataclass(eq=False)
class Post:
    """A post; `path` is relative to the folder of posts, with slashes, and `values` are the fields mapped so far.

    `language` is the site's, if file names may end with one, as in `lamp.en.md`; `media_folder` that of its images.
    """

    path: str
    data: dict[str, Any]
    body: str
    markdown: MarkdownDialect = "markdown"
    front_matter: str = ""
    home_page: str = ""
    zone: tzinfo | None = None
    has_any_case: bool = False
    posts_folder: str = ""
    language: str = ""
    media_folder: str = ""
    attachments: tuple[str, ...] = ()
    static_folder: str = ""
    has_rooted_images: bool = False
    git: Mapping[str, GitDates] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def find(self, dotted: str) -> SourceValue | None:
        """Return the value under a key, or a dotted path of keys (`image.path`), unless it is empty."""
        if dotted in self.data:
            return _unless_empty(self.data[dotted], (dotted,))
        if "." not in dotted:
            own_key = self._key(self.data, dotted)
            return _unless_empty(self.data[own_key], (own_key,)) if own_key is not None else None
        value: Any = self.data
        route: list[str | int] = []
        for step in dotted.split("."):
            key = self._key(value, step) if isinstance(value, Mapping) else None
            if key is None:
                return None
            value = value[key]
            route.append(key)
        return _unless_empty(value, tuple(route))

    @cached_property
    def name(self) -> str:
        """Return the name of the file without its suffix, or that of its folder if it is an index."""
        *folders, name = self._parts
        return folders[-1] if folders and name.lower() in _BUNDLES else name

    @cached_property
    def stem(self) -> str:
        """Return the name without its leading date."""
        match = _DATED.fullmatch(self.name)
        return match["rest"] or self.name if match else self.name

    @property
    def file(self) -> str:
        """Return the path without suffix."""
        return "/".join(self._parts)

    @property
    def stem_path(self) -> str:
        """Return the path without suffix, index, and leading date of the name."""
        return "/".join(part for part in (self.folder, self.stem) if part)

    @property
    def folder(self) -> str:
        """Return the folder of the post, relative to that of all posts, without a folder of its own."""
        above = len(self.above)
        return "/".join(self._folders[above + 1 :] if above or self.posts_folder in self._folders else self._folders)

    @property
    def above(self) -> tuple[str, ...]:
        """Return the names of the folders above that of all posts."""
        folders = self._folders
        return folders[: folders.index(self.posts_folder)] if self.posts_folder in folders else ()

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """Return the names of the folders, and that of the file without its suffix and the tag of its language."""
        *folders, name = [part for part in self.path.split("/") if part not in {"", "."}] or [""]
        name, _ = _split_suffix(name)
        rest, tag = _split_suffix(name) if self.language else (name, "")
        is_tag = tag.lower() in {self.language, self.language.partition("-")[0]}
        return (*folders, rest if is_tag else name)

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        *folders, name = self._parts
        return tuple(folders[:-1] if name.lower() in _BUNDLES else folders)

    @cached_property
    def name_date(self) -> str:
        """Return the leading date of the name, as written."""
        match = _DATED.fullmatch(self.name)
        return match["date"] if match else ""

    @property
    def path_date(self) -> str:
        """Return the date in the folder names, as in `2024/05/01` or `2024-05-01-name/`, or in the key `path`."""
        written = self.data.get("path")
        match = _DATED_FOLDER.search(written if isinstance(written, str) else self.file)
        return "-".join(match.groups()) if match else ""

    @cached_property
    def heading(self) -> str:
        """Return the heading that the body begins with, if any."""
        return first_heading(self.body, self.markdown)

    @property
    def day(self) -> date | None:
        """Return the day of publication, for addresses."""
        day: date | None = self.values.get("day")
        return day

    def _key(self, mapping: Mapping[str, Any], step: str) -> str | None:
        if step in mapping or not self.has_any_case:
            return step if step in mapping else None
        keys = self._keys if mapping is self.data else {str(key).lower(): key for key in [*mapping][::-1]}
        return keys.get(step.lower())

    @cached_property
    def _keys(self) -> dict[str, str]:
        """Return the keys by their lower-case form, the first of several."""
        return _by_lower_case(tuple(self.data))


@lru_cache(maxsize=1024)  # most posts have the same keys
def _by_lower_case(keys: tuple[str, ...]) -> dict[str, str]:
    return {key.lower(): key for key in keys[::-1]}


def _split_suffix(name: str) -> tuple[str, str]:
    """Return a name and what is behind its last dot, neither of which is empty, or else all of the name."""
    rest, _, suffix = name.rpartition(".")
    return (rest, suffix) if rest and suffix else (name, "")


def _unless_empty(value: Any, route: Route) -> SourceValue | None:
    return None if value is None or value in ("", [], {}) else SourceValue(value, route)
