"""Find and read record files; only this module and `object_storage` access them."""

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.locations import Address, Location
from feeds.regular_file import read_at_most
from feeds.sources.entry import (
    MAX_BYTES,
    SUFFIXES,
    Entry,
    folder_named_like_a_record,
    not_regular,
    path_of,
    too_large,
    unreadable,
)
from feeds.sources.exclusion import Exclusion
from feeds.sources.folder_walk import Folder, FolderFilter, walk
from feeds.sources.remote_file import RemoteFile

_NOTHING = Exclusion()
_NOT_REGULAR = {errno.EINVAL, errno.ENXIO}  # as of a FIFO or device, and of a socket
_MOMENT = 2_000_000_000  # nanoseconds: FAT, the coarsest file system in use, keeps times to two seconds


def find_files(
    sources: Iterable[Location], output: Location | None = None, excluded: Exclusion = _NOTHING
) -> Iterator[Entry]:
    """Yield the paths of the record files in the given files and folders, sorted, without excluded ones.

    A file is yielded whatever its name. A folder is searched at any depth for files with a record's suffix, except
    hidden ones and the `output` folder. Linked folders are searched once, even outside of the source. A folder that
    cannot be listed, has been searched already, or is named like a record is a Problem. Raises CouldNotRunError if a
    source is missing.
    """
    for source in dict.fromkeys(sources):
        if isinstance(source, Address):
            yield from _chosen([*_find_elsewhere(source, output, excluded)], source, excluded)
        elif source.is_dir():
            yield from _chosen(_sorted(_in_folder(source, _on_disk(output), excluded)), source, excluded)
        elif os.path.lexists(source):
            if not excluded.covers(source.as_posix()):
                yield source.as_posix()
        else:
            raise CouldNotRunError(
                f"{source}: there is no such file or folder; name the folder of records, or start where feeds.toml is"
            )


def find_folders(source: Location, output: Location | None = None, excluded: Exclusion = _NOTHING) -> Iterator[Folder]:
    """Yield every folder that is searched for records: the source, if it is a local folder, and those below it."""
    if isinstance(source, Path):
        for found in walk(source, _filter_for(source, _on_disk(output), excluded)):
            if isinstance(found, Folder):
                yield found


def find_others(given: Iterable[Entry], source: Location, excluded: Exclusion) -> Iterator[str]:
    """Yield the record files of a folder except those given, whatever paths they were given by."""
    known = {_inode(entry) for entry in given if isinstance(entry, str)}
    for entry in find_files([source], excluded=excluded):
        if isinstance(entry, str) and _inode(entry) not in known:
            yield entry


def is_link(path: str) -> bool:
    """Return whether a file is a symbolic link."""
    return os.path.islink(path)  # noqa: PTH114 - of any name


def read_bytes(path: str) -> bytes | Problem:
    """Return the content of a regular file, or a Problem if it cannot be read completely."""
    if "://" in path:
        from feeds.sources.object_storage import read_remote  # noqa: PLC0415 - most records lie on this machine

        return read_remote(path)
    try:
        content = read_at_most(path, MAX_BYTES + 1)
    except IsADirectoryError:
        return folder_named_like_a_record(path)
    except FileNotFoundError:
        return unreadable(path, "the file has vanished, or is a link to nothing", "run again, or remove the link")
    except (OSError, ValueError) as error:
        return _problem_of(path, error)
    return too_large(path) if len(content) > MAX_BYTES else content


def _problem_of(path: str, error: Exception) -> Problem:
    number = getattr(error, "errno", None)
    if number in _NOT_REGULAR:
        return not_regular(path)
    if number == errno.ELOOP:
        return unreadable(path, "the file is a link that leads back to itself", "remove the link")
    return unreadable(path, f"the file cannot be read: {getattr(error, 'strerror', None) or error}")


def fingerprint_of(entry: Entry) -> str:
    """Return the fingerprint of a file (times, size and inode), or nothing if it has no status.

    The fingerprint of a file in object storage comes from its listing.
    """
    if type(entry) is not str:  # a check of one type: there are as many entries as records
        return entry.fingerprint if isinstance(entry, RemoteFile) else ""
    try:
        status = os.stat(entry)  # noqa: PTH116 - a Path for each of many files takes longer than its status
    except (OSError, ValueError):
        return ""
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size} {status.st_ino}"


def may_change_unseen(fingerprint: str, clock: int) -> bool:
    """Return whether a file could change again and keep its fingerprint.

    That is possible right after a change, as file systems keep coarse times. `clock` is the time of the file's disk,
    in nanoseconds since 1970. An entity tag (RFC 9110, section 8.8.3) always changes with the content.
    """
    if fingerprint.startswith("etag "):
        return False
    changed, renamed, *_ = fingerprint.split() or ["0", "0"]
    return max(int(changed), int(renamed)) > clock - _MOMENT


def _in_folder(source: Path, output: Path | None, excluded: Exclusion) -> Iterator[Entry]:
    root = source.as_posix()
    for found in walk(source, _filter_for(source, output, excluded)):
        if isinstance(found, Problem):
            yield found
            continue
        named = (name for name in found.files if name.lower().endswith(SUFFIXES) and not name.startswith("."))
        yield from excluded.leave(named, found.prefix, root)


def _sorted(found: Iterable[Entry]) -> list[Entry]:
    """Return entries in the order of their paths; those of files alone, which are many, are compared as they are."""
    entries = list(found)
    paths = [entry for entry in entries if isinstance(entry, str)]
    return [*sorted(paths)] if len(paths) == len(entries) else sorted(entries, key=path_of)


def _chosen(found: list[Entry], source: Location, excluded: Exclusion) -> Iterator[Entry]:
    """Yield the files that match the layout of the folder, and all problems."""
    if not (excluded.layouts or excluded.has_bundles):
        yield from found
        return
    chosen = excluded.choose([entry for entry in found if isinstance(entry, str)], source.as_posix())
    yield from (entry for entry in found if isinstance(entry, Problem) or entry in chosen)


def _filter_for(source: Path, output: Path | None, excluded: Exclusion) -> FolderFilter:
    def accept(path: str) -> bool | Problem:
        name = path.rpartition("/")[2]
        if name.startswith(".") or _is_same(Path(path), output) or excluded.covers(f"{path}/", source.as_posix()):
            return False
        return folder_named_like_a_record(path) if name.endswith(SUFFIXES) else True

    return accept


def _is_same(folder: Path, other: Path | None) -> bool:
    return other is not None and other.exists() and folder.samefile(other)


def _find_elsewhere(source: Address, output: Location | None, excluded: Exclusion) -> Iterator[Entry]:
    from feeds.sources.object_storage import find_objects  # noqa: PLC0415 - most records lie on this machine

    return find_objects(source, output if isinstance(output, Address) else None, excluded)


def _on_disk(location: Location | None) -> Path | None:
    return location if isinstance(location, Path) else None


def _inode(path: str) -> tuple[int, int] | str | None:
    if "://" in path:
        return path
    try:
        status = Path(path).lstat()  # a link to a record is a record of its own
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
