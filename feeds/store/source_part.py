"""Restrict a run to a part of the source: a folder or a file in it."""

from collections.abc import Callable
from pathlib import Path

from feeds.config.settings import Config
from feeds.locations import Location, below, has_hidden_part, lies_in, resolved
from feeds.records.excluded_files import excluded_by
from feeds.sources.entry import SUFFIXES


def with_source(config: Config, source: Location) -> Config:
    """Return the configuration of a run on a source, which may be a part of the configured one.

    The whole decides what addresses are made of paths, which ids there are, and which values are secret.
    """
    return config._replace(part=source) if _is_part(source, config) else config._replace(source=source)


def _is_part(given: Location, config: Config) -> bool:
    """Return whether a build of the whole source would read a folder or a file."""
    if not (isinstance(given, Path) and isinstance(config.source, Path) and given.exists()):
        return False
    whole, path = resolved(config.source), resolved(given)
    if path == whole or not lies_in(path, whole) or lies_in(path, resolved(config.output)):
        return False
    is_left_out = excluded_by(config).covers(path if given.is_file() else f"{path}/", whole)
    is_record = not given.is_file() or path.lower().endswith(SUFFIXES)
    return is_record and not is_left_out and not has_hidden_part(path, whole)


def part_filter(part: Location, source: Location) -> Callable[[str], bool]:
    """Return a function that tells the files of a part of the source from all others of it."""
    name = below(str(part), source)
    return lambda path: lies_in(below(path, source), name)
