"""Watch files for changes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import NamedTuple

from watchfiles import watch

from feeds.diagnostics.problem import CouldNotRunError
from feeds.sources.exclusion import Exclusion
from feeds.sources.files import fingerprint_of

_TICK = 500  # milliseconds between checks of single files; editors replace them, so watching fails
_QUIET = 20  # milliseconds without a change, after which a batch of changes is complete


class Watched(NamedTuple):
    """What is watched: everything below a folder that is not hidden or excluded, and some files.

    `linked` are folders elsewhere that links in the folder point to. Changes in `ignored` folders do not count.
    """

    folder: Path | None
    files: tuple[Path, ...] = ()
    ignored: tuple[Path, ...] = ()
    linked: tuple[Path, ...] = ()
    excluded: Exclusion | None = None


def changes(watched: Watched, stop: Event, is_due: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Yield after each change, and when something is due, until `stop` is set.

    Yield once at the start, as files may have changed before. A change between two calls is reported by the next. The
    folder may appear, vanish and be replaced. Raises CouldNotRunError when the system cannot watch a folder.
    """
    while not stop.is_set():
        known: list[str] = []
        for paths in _events(watched, stop):
            before, known = known, _fingerprints(watched)
            if known != before or any(_is_watched(Path(path), watched) for path in paths) or is_due():
                yield
            if before and known[0] != before[0]:
                break  # the folder was replaced


def _events(watched: Watched, stop: Event) -> Iterator[list[str]]:
    """Yield changed paths below the folders, or an empty list after a while; end when stopped."""
    folder = watched.folder
    if not folder or not folder.is_dir():
        while not stop.wait(_TICK / 1000):
            yield []
        return
    try:
        for found in watch(
            folder,
            *filter(Path.is_dir, watched.linked),
            watch_filter=None,
            stop_event=stop,
            step=_QUIET,
            rust_timeout=_TICK,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            yield [path for _, path in found]
    except FileNotFoundError:  # just removed
        return
    except (OSError, RuntimeError) as error:  # RuntimeError: watchfiles at a system limit
        raise CouldNotRunError(f"{folder}: changes cannot be watched: {error}") from None


def _fingerprints(watched: Watched) -> list[str]:
    """Return the inode of the folder, and the fingerprints of the files."""
    try:
        status = watched.folder.stat() if watched.folder else None
    except OSError:
        status = None
    return [
        f"{status.st_dev} {status.st_ino}" if status else "",
        *(fingerprint_of(str(path)) for path in watched.files),
    ]


def _is_watched(path: Path, watched: Watched) -> bool:
    if not watched.folder or any(path.is_relative_to(folder) for folder in watched.ignored):
        return False
    above = next((folder for folder in (watched.folder, *watched.linked) if path.is_relative_to(folder)), None)
    within = path.relative_to(above) if above else path
    is_hidden = any(part.startswith(".") for part in within.parts)
    is_excluded = watched.excluded is not None and watched.excluded.covers(path.as_posix())
    return not is_hidden and not is_excluded
