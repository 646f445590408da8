"""Refuse to write what is no record among the records."""

from pathlib import Path

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import has_hidden_part, lies_in, resolved
from feeds.sources.entry import SUFFIXES


def refuse_among_records(path: Path, config: Config) -> None:
    """Raise CouldNotRunError if a file to be written would overwrite a record, or be read as one by the next run."""
    looks_like_one = path.name.lower().endswith(SUFFIXES)
    if looks_like_one and lies_in(resolved(path), resolved(config.source)) and not _is_left_out(path, config):
        raise CouldNotRunError(f"{path}: in {config.source} it would be taken for a record; name a file elsewhere")


def _is_left_out(path: Path, config: Config) -> bool:
    """Return whether no build reads a file: a hidden one, or one in an output folder inside of the source."""
    file, source, output = resolved(path), resolved(config.source), resolved(config.output)
    return has_hidden_part(file, source) or (output != source and lies_in(output, source) and lies_in(file, output))
