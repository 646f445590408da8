"""Write one document to a file or to object storage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.locations import Address, Location
from feeds.publish.files.atomic_write import write_file

if TYPE_CHECKING:
    from feeds.config.settings import Config


def write_output(output: Location, content: Iterable[bytes], media_type: str, config: Callable[[], Config]) -> None:
    """Write a document atomically, unless it is unchanged."""
    if isinstance(output, Path):
        write_file(output, content)
    else:
        _put(output, content, media_type, config())


def _put(output: Address, content: Iterable[bytes], media_type: str, config: Config) -> None:
    from feeds.publish.output.transaction import open_dry_run  # noqa: PLC0415 - most outputs are files

    with open_dry_run(config._replace(output=output.parent)) as transaction:
        transaction.stage(output.name, content, media_type)
        if not transaction.is_unchanged(output.name):
            transaction.put(output.name)
