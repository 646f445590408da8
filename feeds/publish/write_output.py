"""Write one document to a file or to object storage."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from feeds.locations import Address, Location
from feeds.publish.atomic_write import remove_left_behind, replace_file

if TYPE_CHECKING:
    from feeds.config.settings import Config


class _Ended(BaseException):
    """A signal that ends the program."""


def write_output(output: Location, content: Iterable[bytes], media_type: str, config: Callable[[], Config]) -> None:
    """Write a document atomically, unless it is unchanged."""
    if isinstance(output, Path):
        remove_left_behind(output)
        with _tidy_end():
            replace_file(output, content)
    else:
        _put(output, content, media_type, config())


@contextmanager
def _tidy_end() -> Iterator[None]:
    """Let a signal that ends the program unwind it first, which removes the temporary file."""
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _unwind)
    try:
        yield
    except _Ended:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _unwind(*_: object) -> None:
    raise _Ended


def _put(output: Address, content: Iterable[bytes], media_type: str, config: Config) -> None:
    from feeds.publish.transaction import open_dry_run  # noqa: PLC0415 - most outputs are files

    with open_dry_run(config._replace(output=output.parent)) as transaction:
        transaction.stage(output.name, content, media_type)
        if not transaction.is_unchanged(output.name):
            transaction.put(output.name)
