"""Publish all files or none: everything is laid ready first, and only then put in place, one file after the other."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.publish.manifest import MANIFEST, Manifest
from feeds.publish.target import Target, sync_file, target_at, telling
from feeds.store.file_lock import open_lock, try_lock

_STAGE, _LOCK = ".feeds-staged", ".feeds-lock"
_LONGEST_NAME = 300
_JSON = "application/json"


class Transaction:
    """Lay files ready on a stage, a folder on this machine, and put them into their outlet.

    Any method raises CouldNotRunError when the disk or the outlet refuses.
    """

    def __init__(self, target: Target, stage: Path) -> None:
        self.target, self._stage = target, stage
        self._media_types: dict[str, str] = {}  # of the files that lie ready

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing lies ready."""
        return not self._media_types

    def begin_anew(self) -> None:
        """Take everything from the stage."""
        for name in [*self._media_types]:
            self.unstage(name)

    def stage(self, name: str, content: Iterable[bytes], media_type: str) -> str:
        """Write content, given in pieces, to the stage; return the SHA-256 of it in hexadecimal."""
        digest = hashlib.sha256()
        path = self.room_for(name)
        with telling(Path(self.target.place(name))), path.open("wb") as file:
            for piece in content:
                digest.update(piece)
                file.write(piece)
        self.accept(name, media_type)
        return digest.hexdigest()

    def room_for(self, name: str) -> Path:
        """Return where a file is to be put on the stage, which nobody else may look at."""
        path = self._stage / name
        with telling(Path(self.target.place(name))):
            self._stage.mkdir(mode=0o700, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def accept(self, name: str, media_type: str) -> None:
        """Count in a file that lies ready, whoever put it on the stage."""
        self._media_types[name] = media_type

    def unstage(self, name: str) -> None:
        """Take a file from the stage that is not to be published."""
        del self._media_types[name]
        (self._stage / name).unlink(missing_ok=True)

    def staged(self, name: str) -> Path:
        """Return the file that lies ready under a name."""
        return self._stage / name

    def is_as_published(self, name: str) -> bool:
        """Tell whether what lies ready is what the outlet holds."""
        return self.target.equals(name, self._stage / name)

    def put_in_place(self, name: str) -> None:
        """Put a file of the stage in place."""
        self.target.put(name, self._stage / name, self._media_types[name])

    def publish(self, manifest: Manifest, gone: Iterable[str]) -> None:
        """Put every file of the stage in place, remove those that are gone, and put the manifest last."""
        ready = [*self._media_types]
        self.stage(MANIFEST, [manifest.to_json()], _JSON)
        for name in self._media_types:
            with telling(Path(self.target.place(name))):
                sync_file(self._stage / name)
        for name in ready:
            self.put_in_place(name)
        for name in gone:
            self.target.remove(name)
        self.target.settle()
        self.put_in_place(MANIFEST)
        self.target.settle()
        self._media_types.clear()


@contextmanager
def open_transaction(config: Config) -> Iterator[Transaction]:
    """Give a publication into the output of a configuration; a folder is this run's alone for as long as it lasts.

    What an ended run has left on its stage is removed. Raises CouldNotRunError when another run has the folder, naming
    it, or when the folder cannot be written to.
    """
    if not isinstance(config.output, Path):
        with open_dry_run(config) as transaction:  # storage elsewhere has no locks; it is asked when something is put
            yield transaction
        return
    output, stage, is_new = config.output, config.output / _STAGE, not config.output.exists()
    with _locked(output):
        shutil.rmtree(stage, ignore_errors=True)
        try:
            yield Transaction(target_at(config), stage)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
            if is_new and {path.name for path in output.iterdir()} <= {_LOCK}:
                shutil.rmtree(output, ignore_errors=True)


@contextmanager
def open_dry_run(config: Config) -> Iterator[Transaction]:
    """Give a publication with a stage that is nowhere near the output, to see what would be published."""
    with tempfile.TemporaryDirectory() as stage:
        yield Transaction(target_at(config), Path(stage))


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    with telling(output):
        output.mkdir(parents=True, exist_ok=True)
        lock = open_lock(output / _LOCK)
    try:
        if not try_lock(lock):
            holder = os.read(lock, _LONGEST_NAME).decode(errors="replace")
            raise CouldNotRunError(f"{output}: another run is publishing there ({holder}); wait until it has ended")
        with telling(output):
            os.truncate(lock, 0)
            os.write(lock, f"process {os.getpid()} on {platform.node()}".encode())
        yield
    finally:
        os.close(lock)
