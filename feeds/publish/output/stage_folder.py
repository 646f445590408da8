"""Folders for staged files: locked by one run, and cleared by the next one if that run is killed.

The lock is inside the stage and is removed with it, so nothing remains in the output or among temporary files.
"""

import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from feeds.diagnostics.problem import CouldNotRunError
from feeds.store.file_lock import is_file_at, open_lock, try_lock

_LOCK, _IGNORE = ".lock", ".gitignore"
_PREFIX = "feeds-stage-"
_TRIES = 100
_LONGEST_NAME = 300


class BusyError(CouldNotRunError):
    """Another run has locked the stage."""


@contextmanager
def stage_at(folder: Path) -> Iterator[Path]:
    """Create and lock a folder as a stage, and remove it at the end.

    Files of a killed run are removed first. Raises BusyError, with the name of the holder, if another run has the lock,
    and OSError if the disk refuses.
    """
    lock = _lock(folder)
    try:
        _clear(folder)
        os.truncate(lock, 0)
        os.write(lock, f"process {os.getpid()} on {platform.node()}".encode())
        (folder / _IGNORE).write_text("*\n", encoding="utf-8")  # git ignores what a killed run leaves
        yield folder
    finally:
        _release(folder, lock)


@contextmanager
def temporary_stage() -> Iterator[Path]:
    """Create a stage among the temporary files of this machine, and remove those of killed runs."""
    import tempfile  # noqa: PLC0415 - few runs are dry, and the import takes long

    _remove_left_behind(Path(tempfile.gettempdir()))
    with ExitStack() as stack:
        try:
            stage = stack.enter_context(stage_at(Path(tempfile.mkdtemp(prefix=_PREFIX))))
        except OSError as error:
            message = f"no temporary file can be written: {error.strerror}"
            raise CouldNotRunError(f"{message}; set TMPDIR to a folder that has room") from error
        yield stage


def _lock(folder: Path) -> int:
    path = folder / _LOCK
    for _ in range(_TRIES):  # a run that ends may remove the folder at any moment
        if folder.is_symlink():  # private to the user
            folder.unlink()
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        try:
            descriptor = open_lock(path)
        except FileNotFoundError:
            continue
        if not try_lock(descriptor):
            holder = os.read(descriptor, _LONGEST_NAME).decode(errors="replace")
            os.close(descriptor)
            raise BusyError(holder)
        if is_file_at(descriptor, path):
            return descriptor
        os.close(descriptor)
    raise BusyError("several processes")


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != _LOCK:
            if path.is_dir() and not path.is_symlink():
                _remove(path)
            else:
                path.unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    try:
        folder.rmdir()  # all that was staged in it is published
    except OSError:
        import shutil  # noqa: PLC0415 - few runs are killed, and the import takes long

        shutil.rmtree(folder, ignore_errors=True)


def _release(folder: Path, lock: int) -> None:
    """Remove a stage, and its lock last: until then no other run can have put files there."""
    with suppress(OSError):
        if is_file_at(lock, folder / _LOCK):
            _clear(folder)
            (folder / _LOCK).unlink()
            folder.rmdir()
    os.close(lock)


def _remove_left_behind(temporary: Path) -> None:
    with suppress(OSError):
        for folder in temporary.glob(f"{_PREFIX}*"):
            with suppress(BusyError, OSError):
                is_ours = folder.lstat().st_uid == getattr(os, "getuid", int)()
                if is_ours and (folder / _LOCK).lstat().st_size:  # empty while the folder is being created
                    with stage_at(folder):
                        pass
