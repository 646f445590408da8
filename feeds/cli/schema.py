"""Run `feeds schema`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from feeds.cli.screen import write
from feeds.validation.schema.record_schema import record_schema_text, report_schema_text

_TEXTS = {"record": record_schema_text, "report": report_schema_text}


def schema(
    *,
    name: Annotated[
        Literal["record", "report"], typer.Argument(help="Of a record, or of what validate --format json prints.")
    ] = "record",
) -> None:
    """Print the JSON Schema of a record, or of a report."""
    write(_TEXTS[name]().encode())
