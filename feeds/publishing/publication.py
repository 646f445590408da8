"""Publish all files or none: everything is laid ready first, and only then put in place, one file after the other."""

from __future__ import annotations

import filecmp
import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from feeds.problem import CouldNotRun
from feeds.publishing.lock import open_lock, try_lock
from feeds.publishing.manifest import MANIFEST, Manifest

_STAGE, _LOCK = ".feeds-staged", ".feeds-lock"
_LONGEST_NAME = 300


class Publication:
    """Lay files ready beside the output, and put them in place.

    `stage` is a folder on the disk of the output: what lies there moves into place by renaming it, so that a
    reader gets the old bytes or the new ones, never a part. Any method raises CouldNotRun when the disk refuses.
    """

    def __init__(self, output: Path, stage: Path) -> None:
        self.output, self._stage = output, stage
        self._ready: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing lies ready."""
        return not self._ready

    def begin_anew(self) -> None:
        """Take everything from the stage."""
        for name in [*self._ready]:
            self.put_back(name)

    def lay_ready(self, name: str, content: Iterable[bytes]) -> str:
        """Write content, given in pieces, to the stage; return the SHA-256 of it in hexadecimal."""
        if (self.output / name).is_dir():
            raise CouldNotRun(f"{self.output / name}: cannot be written: it is a folder; move it out of the way")
        digest = hashlib.sha256()
        path = self._stage / name
        with _telling(self.output / name):
            self._stage.mkdir(mode=0o700, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                for piece in content:
                    digest.update(piece)
                    file.write(piece)
            with suppress(FileNotFoundError):
                shutil.copymode(self.output / name, path)
        self._ready.append(name)
        return digest.hexdigest()

    def put_back(self, name: str) -> None:
        """Take a file from the stage that is not to be published."""
        self._ready.remove(name)
        with _telling(self.output / name):
            (self._stage / name).unlink(missing_ok=True)

    def read(self, name: str, most: int) -> bytes:
        """Return what lies ready under a name, at most so many bytes of it."""
        with (self._stage / name).open("rb") as file:
            return file.read(most)

    def is_as_published(self, name: str) -> bool:
        """Tell whether what lies ready is what the output holds. Raises CouldNotRun if that cannot be read."""
        try:
            return filecmp.cmp(self._stage / name, self.output / name, shallow=False)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise CouldNotRun(f"{self.output / name}: cannot be read: {error.strerror}") from None

    def publish(self, manifest: Manifest, gone: Iterable[str]) -> None:
        """Put every file of the stage in place, remove those that are gone, and the manifest last."""
        self.lay_ready(MANIFEST, [manifest.to_json()])
        folders = {self.output}
        for name in self._ready:
            with _telling(self.output / name):
                _reach_disk(self._stage / name)
        for name in self._ready[:-1]:
            folders.add(self._put_in_place(name))
        for name in gone:
            with _telling(self.output / name):
                (self.output / name).unlink(missing_ok=True)
                folders.add((self.output / name).parent)
        with _telling(self.output):
            for folder in folders:
                _reach_disk(folder)
            self._put_in_place(MANIFEST)
            _reach_disk(self.output)
        self._ready.clear()

    def _put_in_place(self, name: str) -> Path:
        path = self.output / name
        with _telling(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            (self._stage / name).replace(path)
        return path.parent


@contextmanager
def publication_in(output: Path) -> Iterator[Publication]:
    """Give this run the output folder for itself alone, with an empty stage; what an ended run left there is removed.

    Raises CouldNotRun when another run has the folder, naming it, or when the folder cannot be written to.
    """
    is_new = not output.exists()
    stage = output / _STAGE
    with _locked(output):
        with _telling(output):
            shutil.rmtree(stage, ignore_errors=True)
        try:
            yield Publication(output, stage)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
            if is_new and {path.name for path in output.iterdir()} <= {_LOCK}:
                shutil.rmtree(output, ignore_errors=True)


@contextmanager
def rehearsal_for(output: Path) -> Iterator[Publication]:
    """Give a stage that is nowhere near the output, to see what would be published."""
    with tempfile.TemporaryDirectory() as stage:
        yield Publication(output, Path(stage))


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    with _telling(output):
        output.mkdir(parents=True, exist_ok=True)
        lock = open_lock(output / _LOCK)
    try:
        if not try_lock(lock):
            holder = os.pread(lock, _LONGEST_NAME, 0).decode(errors="replace")
            raise CouldNotRun(f"{output}: another run is publishing there ({holder}); wait until it has ended")
        with _telling(output):
            os.truncate(lock, 0)
            os.write(lock, f"process {os.getpid()} on {platform.node()}".encode())
        yield
    finally:
        os.close(lock)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CouldNotRun(f"{path}: cannot be written: {error.strerror}") from None


def _reach_disk(path: Path) -> None:
    """See to it that a file, or the names in a folder, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
