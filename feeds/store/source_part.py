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
    is_record = not given.is_file() or path.lower().endswith(SUFFIXES)
    return path != whole and lies_in(path, whole) and is_record and not is_left_out(given, config)


def is_left_out(given: Location, config: Config) -> bool:
    """Return whether no build reads what is in the source: hidden, excluded, or in an output folder inside of it."""
    whole, path, output = map(resolved, (config.source, given, config.output))
    if has_hidden_part(path, whole) or (output != whole and lies_in(output, whole) and lies_in(path, output)):
        return True
    is_folder = isinstance(given, Path) and given.is_dir()
    return lies_in(path, whole) and excluded_by(config).covers(f"{path}/" if is_folder else path, whole)


def part_filter(part: Location, source: Location) -> Callable[[str], bool]:
    """Return a function that tells the files of a part of the source from all others of it."""
    name = below(str(part), source)
    return lambda path: lies_in(below(path, source), name)
