"""Refuse to write what is no record among the records."""

from pathlib import Path

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import lies_in, resolved
from feeds.sources.entry import SUFFIXES


def refuse_among_records(path: Path, config: Config) -> None:
    """Raise CouldNotRunError if a file to be written would overwrite a record, or be read as one by the next run."""
    looks_like_one = path.name.lower().endswith(SUFFIXES) and not path.name.startswith(".")
    if looks_like_one and lies_in(resolved(path), resolved(config.source)) and not _is_left_out(path, config):
        raise CouldNotRunError(f"{path}: in {config.source} it would be taken for a record; name a file elsewhere")


def _is_left_out(path: Path, config: Config) -> bool:
    """Return whether a file is in the output folder, which is not read where it is inside of the source."""
    source, output = resolved(config.source), resolved(config.output)
    return output != source and lies_in(output, source) and lies_in(resolved(path), output)
