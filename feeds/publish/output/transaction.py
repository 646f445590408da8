"""Publish all files or none: stage everything first, then put the files in place one by one.

The output folder is not swapped as a whole: it may contain foreign files, be mounted, or be held open by a server.
"""

import hashlib
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.model.channel import STYLESHEET
from feeds.parallel.deferred_signals import defer
from feeds.planning.archives import ARCHIVE
from feeds.publish.files.disk_errors import translate_write_errors
from feeds.publish.output.manifest import MANIFEST, Manifest
from feeds.publish.output.stage_folder import BusyError, stage_at, temporary_stage
from feeds.publish.output.target import FolderTarget, Target, target_at

_STAGE, _FORMER_LOCK = ".feeds-staged", ".feeds-lock"
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_JSON = "application/json"


class Transaction:
    """Files staged in the local `folder`, to be put into their target together.

    Every method raises CouldNotRunError when the disk or the target refuses.
    """

    def __init__(self, target: Target, stage: Path) -> None:
        self.target, self.folder = target, stage
        self._media_types: dict[str, str] = {}  # of the staged files

    @property
    def is_empty(self) -> bool:
        """Return whether no file is staged."""
        return not self._media_types

    def stage(self, name: str, content: Iterable[bytes], media_type: str) -> str:
        """Write content, given in pieces, to the stage; return its SHA-256 in hexadecimal."""
        digest = hashlib.sha256()
        path = self.make_path(name)
        with translate_write_errors(Path(self.target.location(name))), path.open("wb") as file:
            for piece in content:
                digest.update(piece)
                file.write(piece)
        self.add(name, media_type)
        return digest.hexdigest()

    def make_path(self, name: str) -> Path:
        """Make the folder of a file on the stage, which is private to the user, and return the path of the file."""
        path = self.staged_path(name)
        with translate_write_errors(Path(self.target.location(name))):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def add(self, name: str, media_type: str) -> None:
        """Add a file that was written to the stage directly."""
        self._media_types[name] = media_type

    def unstage(self, name: str) -> None:
        """Remove a file from the stage."""
        del self._media_types[name]
        self.staged_path(name).unlink(missing_ok=True)

    def staged_path(self, name: str) -> Path:
        """Return the path of a staged file."""
        return self.folder / name

    def is_unchanged(self, name: str) -> bool:
        """Return whether a staged file equals the published one."""
        return self.target.equals(name, self.staged_path(name))

    def put(self, name: str) -> None:
        """Publish one staged file."""
        self.target.prepare(name, self.staged_path(name))
        self._put(name)

    def publish(self, manifest: Manifest, removed: Iterable[str]) -> None:
        """Publish every staged file, remove obsolete ones, and write the manifest last.

        Slow work is done before the first file is put in place; for a folder, signals except SIGKILL are deferred.
        """
        self.stage(MANIFEST, [manifest.to_json()], _JSON)
        names = sorted(self._media_types, key=_rank)
        self._prepare(names)
        with defer(_ENDING) if isinstance(self.target, FolderTarget) else nullcontext():  # a network may take minutes
            for name in names:
                if name == MANIFEST:
                    for each in removed:
                        self.target.remove(each)
                    self.target.sync()
                self._put(name)
            self.target.sync()
        self._media_types.clear()

    def _put(self, name: str) -> None:
        self.target.put(name, self.staged_path(name), self._media_types[name])

    def _prepare(self, names: Sequence[str]) -> None:
        from feeds.parallel.threads import in_threads  # noqa: PLC0415 - many runs publish nothing

        # A disk syncs several files in the time of one. No signal may end the program by way of a thread.
        block = partial(signal.pthread_sigmask, signal.SIG_BLOCK, _ENDING)
        in_threads(lambda name: self.target.prepare(name, self.staged_path(name)), names, block)


@contextmanager
def open_transaction(config: Config) -> Iterator[Transaction]:
    """Open a transaction on the output of a configuration; a folder is locked as long as it is open.

    Staged files of a killed run are removed. Raises CouldNotRunError when another run has locked the folder, when it
    cannot be written to, or when it is removed meanwhile.
    """
    if not isinstance(config.output, Path):
        with open_dry_run(config) as transaction:  # object storage has no locks; a conflict shows when a file is put
            yield transaction
        return
    output, stage, is_new = config.output, config.output / _STAGE, not config.output.exists()
    with ExitStack() as stack:
        try:
            with translate_write_errors(output):
                output.mkdir(parents=True, exist_ok=True)
            if is_new:
                stack.callback(_remove_if_empty, output)
            with translate_write_errors(stage if stage.exists() else output):
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
    """Open a transaction that is staged among temporary files, to see what would be published."""
    with temporary_stage() as stage:
        yield Transaction(target_at(config), stage)


def _rank(name: str) -> tuple[bool, bool]:
    """Return the rank of a file, by which it is put in place after those that it links to."""
    return not name.startswith(ARCHIVE), name != STYLESHEET


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
