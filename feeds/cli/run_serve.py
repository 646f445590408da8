"""Serve the output of a configuration and rebuild it on changes, or serve a given folder."""

import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from feeds.cli import screen
from feeds.cli.record_options import RecordOptions
from feeds.cli.run_build import BuildOptions, build_with, print_result
from feeds.cli.settings import config_with
from feeds.config.config_file import CONFIG_FILES
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import Location, location_of, real_path
from feeds.preview.host import host_filter, is_loopback
from feeds.preview.reloading import Reloading
from feeds.preview.server import listen, serve, url_of
from feeds.preview.site import site
from feeds.preview.watching import Watched, changes
from feeds.publish.build import BuildResult
from feeds.publish.output.stage_folder import BusyError
from feeds.records.excluded_files import excluded_by
from feeds.sources.files import find_folders

_SECONDS_TO_STOP = 0.5  # watching; a build that is under way is given up, as the next one repairs
_SECONDS_TO_RETRY = 0.25

Announce = Callable[[], None]


class Preview:
    """A preview server, which runs until the user stops it; then the program exits."""

    def __init__(self, host: str, port: int, *, watches: bool) -> None:
        self._host, self._watches = host, watches
        self._listener = listen(host, port)
        self._address = url_of(host, self._listener)
        self._bound: str = self._listener.getsockname()[0]
        self._stop = Event()
        self._last_report: tuple[object, ...] = ()  # which is not printed twice
        self._until: datetime | None = None  # when the same build would have another result

    def show_folder(self, output: str) -> None:
        """Serve a folder without building; pages are reloaded when anything in it changes."""
        folder = _on_disk(location_of(output))
        if not folder.is_dir():
            raise CouldNotRunError(f"{output}: no such folder; feeds build makes one")
        self._serve(folder, Config().cache_control, changes(Watched(real_path(folder)), self._stop))

    def show_source(self, config_file: Path | None) -> None:
        """Build, serve the output, and rebuild when a file that the build reads changes.

        Without a `base_url`, feeds have the URL of the preview.
        """
        config = self._first_build(config_file)
        if config.hub:
            screen.warn("a preview does not notify the hub")
        changed = filter(_changed, self._builds(config_file, config))
        self._serve(_on_disk(config.output), config.cache_control, changed)

    def _first_build(self, config_file: Path | None) -> Config:
        """Build as soon as no other run is publishing."""
        last = ""
        while True:
            try:
                return self._build(config_file, jobs=None)[0]
            except BusyError as busy:
                if str(busy) != last:
                    screen.warn(last := str(busy))
                    screen.flush()
                time.sleep(_SECONDS_TO_RETRY)

    def _build(self, config_file: Path | None, jobs: int | None) -> tuple[Config, BuildResult]:
        config = config_with(config_file)
        _on_disk(config.output)
        config = config._replace(base_url=config.base_url or self._address)
        self._until = None
        options = BuildOptions(records=RecordOptions(config_file=config_file, jobs=jobs))
        built = build_with(options, config, datetime.now(UTC))
        report = (built.problems, built.feed_problems, built.warnings, built.refusals)
        if report != self._last_report or _changed(built):
            print_result(built, config, options, self._address)
            if built.refusals:
                screen.print_error(f"nothing published: {'; '.join(built.refusals)}")
            screen.flush()
        self._last_report, self._until = report, built.until
        return config, built

    def _builds(self, config_file: Path | None, config: Config) -> Iterator[BuildResult]:
        """Yield a build for each change, or when one is due; after an error, which is printed, wait for the next."""
        while not self._stop.is_set():
            watched = _read_by(config_file, config)
            for _ in changes(watched, self._stop, self._is_due):
                try:
                    # Processes are not copied while threads of a server are at work in this one.
                    new, built = self._build(config_file, jobs=1)
                except CouldNotRunError as error:
                    screen.print_error(str(error))
                    continue
                if new.output != config.output:
                    screen.warn(f"{new.output}: still serving {config.output}; end the preview and start it again")
                yield built
                if _read_by(config_file, new) != watched:
                    config = new._replace(output=config.output)
                    break

    def _is_due(self) -> bool:
        return self._until is not None and datetime.now(UTC) >= self._until

    def _serve(self, folder: Path, cache_control: str, events: Iterable[object]) -> None:
        """Serve a folder, and reload open pages after each event."""
        reloading = Reloading(secrets.token_hex(4)) if self._watches else None
        watcher = None

        def begin(announce: Announce) -> None:
            nonlocal watcher
            if not is_loopback(self._bound):
                screen.warn(f"everyone in the network of {self._host} can read what is served")
            screen.echo(f"serving {folder} at {self._address} (Ctrl-C ends it)")
            screen.flush()
            if reloading:
                watcher = Thread(target=_announce_each, args=(events, announce), daemon=True)
                watcher.start()

        guard = host_filter(self._host, self._bound)
        serve(site(folder, cache_control, guard, _report, reloading), self._listener, reloading, begin)
        self._stop.set()
        self._leave(watcher)

    def _leave(self, watcher: Thread | None) -> None:
        if watcher:
            watcher.join(_SECONDS_TO_STOP)
            if watcher.is_alive():  # an interpreter that ends in order would wait for it, or trip over it
                screen.flush()
                os._exit(0)
        screen.exit_with(0)


def _changed(built: BuildResult) -> bool:
    return not built.refusals and (bool(built.removed) or any(file.has_changed for file in built.files))


def _announce_each(events: Iterable[object], announce: Announce) -> None:
    try:
        for _ in events:
            announce()
    except CouldNotRunError as error:
        screen.print_error(str(error))
    except Exception as error:  # noqa: BLE001 - what is served stays, and nobody shall see a traceback
        _report(error)


def _report(error: Exception) -> None:
    with suppress(OSError):  # nobody may be reading
        screen.show_traceback(error)
        screen.print_error(screen.internal_error(error))


def _on_disk(folder: Location) -> Path:
    if not isinstance(folder, Path):
        raise CouldNotRunError(f"{folder}: only folders on this machine can be served")
    return folder


def _read_by(config_file: Path | None, config: Config) -> Watched:
    """Return the files and folders that a build reads, to be watched; object storage is not."""
    files = [config_file] if config_file else [Path(name) for name in CONFIG_FILES]
    if config.schema:  # and those that it may refer to
        files += [config.schema, *sorted(config.schema.parent.glob("*.json"))]
    if not isinstance(config.source, Path):
        return Watched(None, tuple(files))
    if config.source.is_file():
        return Watched(None, (*files, config.source))
    own = [real_path(path) for path in (config.output, config.cache) if isinstance(path, Path)]
    excluded = excluded_by(config)
    folders = find_folders(config.source, config.output, excluded)
    linked = tuple(real_path(Path(folder.path)) for folder in folders if folder.is_link)
    source = real_path(config.source)
    return Watched(source, tuple(files), tuple(own), linked, excluded._replace(root=source))
