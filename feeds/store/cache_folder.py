"""Cache the index in a folder, and reuse it only if it is intact, ours and made with the same settings."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from feeds.diagnostics.problem import CouldNotRunError
from feeds.lazy_pattern import lazy_pattern
from feeds.store.changed_pages import journal_of
from feeds.store.database import Index
from feeds.store.file_lock import open_lock, try_lock
from feeds.store.seal import Seal, is_intact, read_seal, sealed

_DATABASE, _SEAL, _LOCK = "index.sqlite", "index.seal", "lock"
_OURS = lazy_pattern(r"\.gitignore|lock|(index|run)[-.].*")
# https://bford.info/cachedir/: backup programs skip a folder with this file.
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# What feeds remembers of records; remove it at any time.\n"


@contextmanager
def index_in(folder: Path, identity: str) -> Iterator[tuple[Index, int]]:
    """Open the index in a folder, and return it with the time by the clock of its disk.

    It is empty if it was damaged, or made with another `identity`. If the folder cannot be used, or is locked by
    another run, the index is a temporary one. The time is in nanoseconds since 1970. Raises
    sqlite3.Error when the index cannot be opened, CouldNotRunError when the folder is somebody else's.
    """
    locked = _lock(folder, identity)
    if locked is None:
        with temporary_index() as given:
            yield given
        return
    lock, former = locked
    try:
        index = Index(str(folder / _DATABASE))
        is_written = False
        try:
            yield index, os.fstat(lock).st_mtime_ns
        finally:
            is_written = index.close()
        with suppress(OSError):  # the next run finds the index unsealed, and rebuilds it
            journal_of(folder / _DATABASE).unlink(missing_ok=True)
            if is_written:
                seal = sealed(folder / _DATABASE, identity, former, index.changed)
                (folder / _SEAL).write_bytes(seal.to_bytes())
    finally:
        os.close(lock)


@contextmanager
def temporary_index() -> Iterator[tuple[Index, int]]:
    """Open an empty index that is deleted at the end, and return it with the time 0."""
    index = Index("")
    try:
        yield index, 0
    finally:
        index.close()


def _lock(folder: Path, identity: str) -> tuple[int, Seal | None] | None:
    """Create and lock a folder; return its lock file, which has the time of the disk, and the seal of what is kept."""
    try:
        _make_private(folder)
        lock = open_lock(folder / _LOCK)
    except OSError:
        return None
    try:
        if try_lock(lock):
            os.utime(folder / _LOCK)
            return lock, _kept_seal(folder, identity)
    except OSError:
        pass
    os.close(lock)
    return None


def other_file_in(folder: Path) -> str:
    """Return the name of a file that makes a folder somebody else's, or "" if it can be the cache."""
    try:
        if not folder.is_dir() or (folder / "CACHEDIR.TAG").exists():
            return ""
        return min((path.name for path in folder.iterdir() if not _OURS.fullmatch(path.name)), default="")
    except PermissionError:  # then it is done without
        return ""


def _make_private(folder: Path) -> None:
    """Create a private folder, as it will contain titles of records that are not published.

    Raises CouldNotRunError if it contains other files, which git would then ignore.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if other := other_file_in(folder):
        raise CouldNotRunError(f"{folder}: the cache has to be a folder of its own, and this one holds {other}")
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    for name, content in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        if not (folder / name).exists():
            (folder / name).write_text(content, encoding="utf-8")


def _kept_seal(folder: Path, identity: str) -> Seal | None:
    """Return the seal of an intact database with that identity; remove any other. Raises OSError if it cannot be."""
    seal, database = read_seal(folder / _SEAL), folder / _DATABASE
    is_ours = seal is not None and seal.identity == identity and is_intact(database, seal)
    for path in (journal_of(database),) if is_ours else (*folder.glob(f"{_DATABASE}*"), folder / _SEAL):
        path.unlink(missing_ok=True)  # a link, too: nothing is written through one
    return seal if is_ours else None
