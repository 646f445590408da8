"""Run `feeds schema`."""

from typing import Annotated, Literal

import typer

from feeds.cli.options import Preset
from feeds.cli.screen import write
from feeds.diagnostics.problem import WrongUsageError
from feeds.validation.schema.own_schemas import schema_text
from feeds.validation.schema.preset_schema import preset_schema_text


def schema(
    *,
    name: Annotated[
        Literal["record", "report"],
        typer.Argument(help="A report is what --format json prints, and build --report writes.", metavar="NAME"),
    ] = "record",
    preset: Preset = None,
) -> None:
    """Print the JSON Schema of a record, of a generator's front matter, or of a report.

    Example: feeds schema --preset hugo > hugo.schema.json
    """
    if preset and name == "report":
        raise WrongUsageError("--preset is for the schema of front matter; leave out report")
    write((preset_schema_text(preset) if preset else schema_text(name)).encode())
