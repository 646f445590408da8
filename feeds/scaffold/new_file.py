"""Create new files; existing ones are never changed."""

from contextlib import suppress
from pathlib import Path

from feeds.diagnostics.problem import CouldNotRunError
from feeds.regular_file import why_unwritten


def create_file(path: Path, content: bytes) -> bool:
    """Write a new file and its parent folders; return False if the name is taken, even by a broken link.

    Raises CouldNotRunError if the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CouldNotRunError(f"{path.parent}: the folder cannot be made: {error.strerror}") from None
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise CouldNotRunError(f"{path}: cannot be written: {why_unwritten(error)}") from None
    return True
