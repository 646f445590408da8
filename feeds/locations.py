"""Paths on this machine, and addresses of storage elsewhere, as in s3://bucket/records."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from feeds.lazy_pattern import lazy_pattern

STDIN = "-"  # in place of a path
EMPTY_PATH = 'a path is empty; name a folder or a file, or "." for this folder'
_ADDRESS = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*://.")
_HALF_ADDRESS = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]+:(/[^/]|/*$)")


class Address(NamedTuple):
    """A folder or a file in storage that fsspec knows; it is written, joined and taken apart as a path is."""

    url: str

    def __str__(self) -> str:
        return self.url

    def __truediv__(self, name: str) -> Address:
        return Address(f"{self.url}/{name}")

    def __rtruediv__(self, folder: Path) -> Address:
        return self  # as a path that begins at the root, it is not relative to anything

    def as_posix(self) -> str:
        """Return the address as it is written."""
        return self.url

    @property
    def name(self) -> str:
        """Return what stands behind the last slash."""
        return self.url.rpartition("/")[2]

    @property
    def parent(self) -> Address:
        """Return the folder."""
        return Address(self.url.rpartition("/")[0])


Location = Path | Address


def location_of(text: str | Location) -> Location:
    """Return the location that text names; what is no address is a path."""
    if isinstance(text, str):
        return Address(text.rstrip("/")) if is_address(text) else Path(text)
    return text


def is_address(text: str) -> bool:
    """Return whether text names storage elsewhere: no path has two slashes in a row once it is a Path."""
    return bool(_ADDRESS.match(text))


def misread(text: str) -> str:
    """Return how text is meant that would be taken for a path from here, as `~/public` and `s3:/bucket`, or nothing."""
    if text == "~" or text.startswith("~/"):
        return "the whole path, as only shells know what ~ stands for"
    return "an address as in s3://bucket/folder, or ./ before a path" if _HALF_ADDRESS.match(text) else ""


def resolved(location: Location) -> str:
    """Return a location as it is compared with others: a path whole, with its links followed."""
    return real_path(location).as_posix() if isinstance(location, Path) else location.url


def real_path(path: Path) -> Path:
    """Return a path whole, with its links followed as far as they lead: links may lead in a circle."""
    return Path(os.path.realpath(path))


def below(path: str, folder: Location) -> str:
    """Return how a path is named below a folder, whatever is not Unicode in it replaced."""
    start = f"{folder.as_posix()}/"
    if not path.startswith(start) or "/../" in path:
        path, start = resolved(location_of(path)), f"{resolved(folder)}/"
    return path.removeprefix(start).encode(errors="replace").decode()


def absolute_path(location: Location) -> str:
    """Return a location as it is named from the root, its links not followed."""
    return Path(os.path.abspath(location)).as_posix() if isinstance(location, Path) else location.url  # noqa: PTH100 - resolve() follows links


def lies_in(location: str, folder: str) -> bool:
    """Return whether a resolved location is a folder, or lies in it."""
    return f"{location}/".startswith(f"{folder.rstrip('/')}/")


def has_hidden_part(location: str, folder: str) -> bool:
    """Return whether a resolved location in a folder is hidden, or lies in a hidden folder there."""
    return any(part.startswith(".") for part in location.removeprefix(folder).split("/"))
