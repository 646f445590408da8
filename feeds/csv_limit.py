"""Read tables with long cells."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager

_LARGEST_CELL = 16 * 1024 * 1024  # characters; the module csv has one limit for a process, of 128 Ki


@contextmanager
def long_cells() -> Iterator[None]:
    """Raise the length to which the module csv reads a cell."""
    former = csv.field_size_limit(_LARGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(former)
