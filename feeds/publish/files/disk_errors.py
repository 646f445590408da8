"""Say which file the disk refuses to read or to write."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feeds.diagnostics.problem import CouldNotRunError
from feeds.regular_file import why_unread, why_unwritten


@contextmanager
def translate_read_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into a CouldNotRunError that says what cannot be read."""
    try:
        yield
    except OSError as error:
        raise CouldNotRunError(f"{path}: cannot be read: {why_unread(error)}") from None


@contextmanager
def translate_write_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into a CouldNotRunError that says what cannot be written."""
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        remedy = "it is no folder; move it away, or name another"
        raise CouldNotRunError(f"{_in_the_way(Path(error.filename or path))}: cannot be written: {remedy}") from None
    except OSError as error:
        raise CouldNotRunError(f"{path}: cannot be written: {why_unwritten(error)}") from None


def _in_the_way(path: Path) -> Path:
    """Return the part of a path that exists and is no folder, from the top."""
    parts = (*reversed(path.parents), path)
    return next((part for part in parts if os.path.lexists(part) and not part.is_dir()), path)
