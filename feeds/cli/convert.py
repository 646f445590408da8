"""Define the options of `feeds convert`."""

from collections.abc import Mapping
from typing import Annotated

import typer

from feeds.cli.display import AskedStyle
from feeds.cli.options import takes
from feeds.cli.run_convert import ConvertOptions, TargetFormat, run_convert

_INPUTS = "Folder of records, a record, a feed, its URL, opml:FILE for the feeds in a list, - for standard input."


def _parse_columns(text: str) -> Mapping[str, str]:
    """Return the columns in `field=Column` pairs, by field. Raises BadParameter for anything else."""
    from feeds.parsers.csv_table import FIELDS  # noqa: PLC0415 - few commands name columns

    pairs = [pair.partition("=") for pair in text.split(",")]
    if not all(field.strip() and column.strip() for field, _, column in pairs):
        raise typer.BadParameter(f"{text!r} does not name columns, as in title=Headline,link=Address")
    columns = {field.strip(): column.strip() for field, _, column in pairs}
    if unknown := columns.keys() - FIELDS:
        raise typer.BadParameter(f"{min(unknown)!r} is no field; the fields are {', '.join(FIELDS)}")
    return columns


@takes(
    ConvertOptions,
    inputs=Annotated[list[str], typer.Argument(help=_INPUTS, metavar="INPUT")],
    to=Annotated[
        TargetFormat | None,
        typer.Option(help="The format.", case_sensitive=False, show_default="as the suffix of the file says"),
    ],
    output=Annotated[
        str | None, typer.Option("-o", "--output", help="Write to a file, else to standard output.", metavar="FILE")
    ],
    strict=Annotated[bool, typer.Option("--strict", help="Reject feeds that had to be repaired.")],
    lossless=Annotated[bool, typer.Option("--lossless", help="Write nothing if something would be lost.")],
    title=Annotated[
        str, typer.Option(help="Title of the feed, in place of its own.", metavar="TEXT", show_default=False)
    ],
    columns=Annotated[
        str | None,
        typer.Option(parser=_parse_columns, help="Columns of a table: title=Headline,link=Address", metavar="NAMES"),
    ],
    style=Annotated[AskedStyle, typer.Option("--format", help="Format of messages on stderr.")],
)
def convert(options: ConvertOptions) -> None:
    """Make one feed of anything, and say what is lost; without a format, say what the input is.

    Example: feeds convert https://example.org/feed --to json
    """
    run_convert(options)
