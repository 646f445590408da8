"""Publish all files or none: everything is laid ready first, and only then put in place, one file after the other.

The output is not exchanged as a whole: it may hold files of others, be mounted, or be held open by a server.
"""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.model.channel import STYLESHEET
from feeds.planning.archives import ARCHIVE
from feeds.publish.manifest import MANIFEST, Manifest
from feeds.publish.stage_folder import BusyError, stage_at, temporary_stage
from feeds.publish.target import FolderTarget, Target, target_at, translate_disk_errors

_STAGE, _FORMER_LOCK = ".feeds-staged", ".feeds-lock"
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_JSON = "application/json"


class Transaction:
    """Files that wait on a stage, the `folder` on this machine, to be put into their target all at once.

    Any method raises CouldNotRunError when the disk or the target refuses.
    """

    def __init__(self, target: Target, stage: Path) -> None:
        self.target, self.folder = target, stage
        self._media_types: dict[str, str] = {}  # of the files that lie ready

    @property
    def is_empty(self) -> bool:
        """Return whether nothing lies ready."""
        return not self._media_types

    def stage(self, name: str, content: Iterable[bytes], media_type: str) -> str:
        """Write content, given in pieces, to the stage; return the SHA-256 of it in hexadecimal."""
        digest = hashlib.sha256()
        path = self.room_for(name)
        with translate_disk_errors(Path(self.target.location(name))), path.open("wb") as file:
            for piece in content:
                digest.update(piece)
                file.write(piece)
        self.accept(name, media_type)
        return digest.hexdigest()

    def room_for(self, name: str) -> Path:
        """Return where a file is to be put on the stage, which nobody else may look at."""
        path = self.folder / name
        with translate_disk_errors(Path(self.target.location(name))):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def accept(self, name: str, media_type: str) -> None:
        """Count in a file that lies ready, whoever put it on the stage."""
        self._media_types[name] = media_type

    def unstage(self, name: str) -> None:
        """Take a file from the stage that is not to be published."""
        del self._media_types[name]
        (self.folder / name).unlink(missing_ok=True)

    def staged(self, name: str) -> Path:
        """Return the file that lies ready under a name."""
        return self.folder / name

    def is_as_published(self, name: str) -> bool:
        """Return whether what lies ready is what the target holds."""
        return self.target.equals(name, self.folder / name)

    def put_in_place(self, name: str) -> None:
        """Put a file of the stage in place."""
        staged = self.folder / name
        self.target.prepare(name, staged)
        self.target.put(name, staged, self._media_types[name])

    def publish(self, manifest: Manifest, removed: Iterable[str]) -> None:
        """Put every file of the stage in place, remove those that are no longer due, and put the manifest last.

        All that takes time is done before the first file is put; in a folder, signals but SIGKILL wait.
        """
        self.stage(MANIFEST, [manifest.to_json()], _JSON)
        names = sorted(self._media_types, key=_rank)
        for name in names:
            self.target.prepare(name, self.folder / name)
        with _uninterrupted() if isinstance(self.target, FolderTarget) else nullcontext():  # a network may take minutes
            for name in names:
                if name == MANIFEST:
                    for each in removed:
                        self.target.remove(each)
                    self.target.sync()
                self.target.put(name, self.folder / name, self._media_types[name])
            self.target.sync()
        self._media_types.clear()


@contextmanager
def open_transaction(config: Config) -> Iterator[Transaction]:
    """Give a publication into the output of a configuration; a folder is this run's alone for as long as it lasts.

    What an ended run has left on its stage is removed. Raises CouldNotRunError when another run has the folder, naming
    it, when the folder cannot be written to, or when it is removed meanwhile.
    """
    if not isinstance(config.output, Path):
        with open_dry_run(config) as transaction:  # storage elsewhere has no locks; it is asked when something is put
            yield transaction
        return
    output, stage, is_new = config.output, config.output / _STAGE, not config.output.exists()
    with ExitStack() as stack:
        try:
            with translate_disk_errors(output):
                output.mkdir(parents=True, exist_ok=True)
                if is_new:
                    stack.callback(_remove_if_empty, output)
                stack.enter_context(stage_at(stage))
        except BusyError as busy:
            raise BusyError(f"{output}: another run is publishing there ({busy}); wait until it has ended") from None
        (output / _FORMER_LOCK).unlink(missing_ok=True)
        try:
            yield Transaction(target_at(config), stage)
        except (OSError, CouldNotRunError) as error:
            if stage.exists():
                raise
            raise CouldNotRunError(f"{output}: the folder was removed while feeds was working; run again") from error


@contextmanager
def open_dry_run(config: Config) -> Iterator[Transaction]:
    """Give a publication with a stage that is nowhere near the output, to see what would be published."""
    with temporary_stage() as stage:
        yield Transaction(target_at(config), stage)


def _rank(name: str) -> tuple[bool, bool]:
    """Return where a file stands: behind those that it leads to, and else as it was laid ready, feed by feed."""
    return not name.startswith(ARCHIVE), name != STYLESHEET


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let signals that end the program wait."""
    former = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
