"""Show how many files are read, on a terminal."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

_WORTH_A_BAR = 300
_BESIDE_A_BAR, _LONGEST_BAR = 30, 36  # columns: the label, the share that is done, and the time that is left

T = TypeVar("T")


def with_progress(checked_files: Iterable[T], total: int) -> Iterable[T]:
    """Return checked files, with a progress bar on a terminal if there are many."""
    if total <= _WORTH_A_BAR or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return checked_files
    return _with_bar(checked_files, total)


def _with_bar(checked_files: Iterable[T], total: int) -> Iterator[T]:
    import shutil  # noqa: PLC0415 - only a bar needs it

    import typer  # noqa: PLC0415 - the same

    room = max(shutil.get_terminal_size().columns - _BESIDE_A_BAR, 0)
    with typer.progressbar(
        checked_files, length=total, label="Reading", width=min(room, _LONGEST_BAR) or 1, file=sys.stderr
    ) as bar:
        yield from bar
