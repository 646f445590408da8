"""Read the text files that a run cannot do without."""

from pathlib import Path

from feeds.diagnostics.problem import CouldNotRunError
from feeds.regular_file import read_regular_text, why_unread


def required_text(path: Path, what: str) -> str:
    """Return the text of a file, `what` it is in messages. Raises CouldNotRunError if it is no readable UTF-8."""
    try:
        return read_regular_text(path, "utf-8-sig")
    except OSError as error:
        raise CouldNotRunError(f"{path}: {what} cannot be read: {why_unread(error)}") from None
    except UnicodeDecodeError:
        raise CouldNotRunError(f"{path}: {what} is not UTF-8 text; save it as UTF-8") from None
