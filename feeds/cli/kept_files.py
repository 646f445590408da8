"""Refuse to write a file among the records, or over one that a build reads or keeps."""

from collections.abc import Iterator
from pathlib import Path

from feeds.config.config_file import CONFIG_FILES, LEDGER
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import lies_in, resolved
from feeds.publish.output.manifest import MANIFEST, parse_manifest
from feeds.publish.output.target import FolderTarget
from feeds.sources.entry import SUFFIXES
from feeds.store.source_part import is_left_out

NO_CONFIG = Config(ledger=Path(LEDGER))


def refuse_place(path: Path, config: Config, config_file: Path | None) -> None:
    """Raise CouldNotRunError if a file to be written would be read as a record, or replace a file of a build."""
    is_inside = path.name.lower().endswith(SUFFIXES) and lies_in(resolved(path), resolved(config.source))
    if is_inside and not is_left_out(path, config):
        raise CouldNotRunError(f"{path}: in {config.source} it would be taken for a record; name a file elsewhere")
    refuse_kept_file(path, config, config_file)


def refuse_kept_file(path: Path, config: Config, config_file: Path | None) -> None:
    """Raise CouldNotRunError if a file to be written is there already, and a build reads or keeps it."""
    if not path.exists():
        return
    for kept, what in _kept_files(config, config_file):
        if kept and resolved(kept) == resolved(path):
            raise CouldNotRunError(f"{path}: not overwritten, as it is {what}; name another file")


def _kept_files(config: Config, config_file: Path | None) -> Iterator[tuple[Path | None, str]]:
    folder = config.ledger.parent if config.ledger else Path()
    for file in [config_file] if config_file else [folder / name for name in CONFIG_FILES]:
        yield file, "the configuration"
    yield config.schema, "the schema"
    yield config.ledger, "the ledger of ids"
    if isinstance(config.output, Path):
        yield config.output / MANIFEST, "the list of what is published"
        for name in parse_manifest(FolderTarget(config.output).read(MANIFEST)).files:
            yield config.output / name, "published by feeds build"
