"""Run `feeds schema`."""

from __future__ import annotations

from feeds.checking.schema import record_schema_text
from feeds.cli.screen import write


def schema() -> None:
    """Print the JSON Schema of a record."""
    write(record_schema_text().encode())
