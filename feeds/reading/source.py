"""Find the files of a folder and read their bytes; the only place that looks at the records' disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from feeds.problem import START, CouldNotRun, Problem, problem_at

SUFFIXES = (".md", ".markdown", ".html", ".txt")
MAX_BYTES = 8 * 1024 * 1024


def find_files(sources: list[Path], output: Path | None = None) -> Iterator[Path | Problem]:
    """Yield the record files of the given files and folders, sorted by path.

    A file that is named is taken as it is; in a folder, at any depth, those with a record's suffix, hidden ones
    and the `output` folder left out. Links to folders are not followed: they can form loops. A folder that cannot
    be listed, or that is named like a record, is a Problem. Raises CouldNotRun if a source is missing.
    """
    for source in dict.fromkeys(sources):
        if source.is_dir():
            yield from sorted(_walk(source, output), key=_sort_key)
        elif os.path.lexists(source):
            yield source
        else:
            raise CouldNotRun(f"{source}: there is no such file or folder; name the folder that holds your records")


def find_others(given: Iterable[Path | Problem], source: Path) -> Iterator[Path]:
    """Yield the record files in a folder that are none of those given, by whatever path they were."""
    known = {_inode(entry) for entry in given if isinstance(entry, Path)}
    for entry in find_files([source]):
        if isinstance(entry, Path) and _inode(entry) not in known:
            yield entry


def read_bytes(path: Path) -> bytes | Problem:
    """Return what a file holds; a file that cannot be read to its end, or is no regular file, is a Problem."""
    try:
        # Opening a FIFO waits for its writer, which may never come.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return _problem(path, "not-a-file", "this is not a regular file", "move it out of the records' folder")
            content = file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        return _folder_named_like_a_record(path)
    except FileNotFoundError:
        message = "the file has vanished, or is a link to nothing"
        return _problem(path, "unreadable", message, "run again, or remove the link")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return _problem(path, "unreadable", f"the file cannot be read: {reason}", "check its permissions")
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        return _problem(path, "too-large", f"the file is larger than {limit} MiB", "a record is text; split it")
    return content


def _walk(folder: Path, output: Path | None) -> Iterator[Path | Problem]:
    problems: list[Problem] = []

    def note(error: OSError) -> None:
        message = f"the folder cannot be listed: {error.strerror}"
        problems.append(_problem(Path(error.filename), "unreadable", message, "check its permissions"))

    for parent, folders, files in os.walk(folder, onerror=note):
        for name in [name for name in folders if name.endswith(SUFFIXES) and not name.startswith(".")]:
            folders.remove(name)
            yield _folder_named_like_a_record(Path(parent, name))
        folders[:] = [name for name in folders if not name.startswith(".") and not _is_same(Path(parent, name), output)]
        for name in files:
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(parent, name)
    yield from problems


def _is_same(folder: Path, other: Path | None) -> bool:
    return other is not None and other.exists() and folder.samefile(other)


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _sort_key(found: Path | Problem) -> str:
    return found.path if isinstance(found, Problem) else found.as_posix()


def _folder_named_like_a_record(path: Path) -> Problem:
    return _problem(path, "not-a-file", "this is a folder with a record's name", "rename the folder")


def _problem(path: Path, rule: str, message: str, remedy: str) -> Problem:
    return problem_at(path.as_posix(), START, rule, message, remedy)
