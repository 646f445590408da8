"""Read the files of a folder when they are asked for, and keep what was read for as long as it looks the same."""

from __future__ import annotations

import os
import stat
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path, PurePath

from feeds.preview.content import Content
from feeds.preview.header import headers_for
from feeds.preview.kind import kind_of

_MOST_KEPT = 64 << 20  # bytes of bodies
_INDEX = "index.html"
# A FIFO must not wait for its writer. Windows has neither flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

Look = tuple[int, int, int, int, int]


class Folder:
    """Serve the regular files below a path that are not hidden; links are followed as long as they stay below it.

    `cache_control` is the header of feeds; `alter` makes what is sent of what a page holds.
    """

    def __init__(self, path: Path, cache_control: str, alter: Callable[[bytes], bytes]) -> None:
        self._path, self._cache_control, self._alter = os.fspath(path), cache_control, alter
        self._kept: OrderedDict[str, tuple[Look, Content]] = OrderedDict()

    def find(self, name: str) -> Content | None:
        """Return a file, of a folder its index; None if there is nothing to serve under a name."""
        name = f"{name}{_INDEX}" if not name or name.endswith("/") else name
        try:
            look = _look(os.stat(self._place(name)))  # noqa: PTH116 - pathlib costs a fifth of a request
            kept = self._kept.get(name)
            if kept and kept[0] == look:
                self._kept.move_to_end(name)
                return kept[1]
            return self._read(name)
        except (OSError, ValueError):  # ValueError: what no path can hold
            self._kept.pop(name, None)
            return None

    def is_folder(self, name: str) -> bool:
        """Tell whether a name is that of a folder with an index."""
        return not name.endswith("/") and self.find(f"{name}/") is not None

    def _place(self, name: str) -> str:
        return f"{self._path}{os.sep}{name}"

    def _read(self, name: str) -> Content:
        """Raise OSError if the file is not one to serve."""
        root = os.path.realpath(self._path, strict=True)
        real = os.path.realpath(self._place(name), strict=True)
        within = PurePath(real).relative_to(root)
        if any(part.startswith(".") for part in within.parts) or not stat.S_ISREG(os.lstat(real).st_mode):
            raise FileNotFoundError(real)
        with open(real, "rb", opener=lambda path, _: os.open(path, _FLAGS)) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):  # it was replaced since
                raise FileNotFoundError(real)
            body = file.read()
        content = self._content(name, body, int(status.st_mtime))
        self._kept[name] = (_look(status), content)
        self._kept.move_to_end(name)
        self._make_room()
        return content

    def _content(self, name: str, body: bytes, modified: int) -> Content:
        kind = kind_of(name)
        body = self._alter(body) if kind.is_page else body
        return Content(body, kind, modified, headers_for(kind, self._cache_control), self._make_room)

    def _make_room(self) -> None:
        """Let go of what was not asked for lately, if too much is kept."""
        held = sum(content.size for _, content in self._kept.values())
        while held > _MOST_KEPT and len(self._kept) > 1:
            _, (_, content) = self._kept.popitem(last=False)
            held -= content.size


def _look(status: os.stat_result) -> Look:
    """Return what changes when a file is replaced or written to."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev
