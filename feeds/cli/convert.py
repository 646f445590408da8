"""Define the options of `feeds convert`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from feeds.cli.options import BaseUrl, ConfigFile, Executor, Jobs, NoCache, Preset, selecting
from feeds.cli.run_convert import Conversion, format_of, run_conversion
from feeds.cli.run_validate import AskedStyle
from feeds.model.selection import Selection
from feeds.publish.inputs import STDIN


class TargetFormat(StrEnum):
    """Name the formats that something can be converted to."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    OPML = "opml"


def parse_columns(text: str) -> str:
    """Return `field=Column` pairs. Raises an error for anything else."""
    if not all(all(part.strip() for part in pair.partition("=")[::2]) for pair in text.split(",")):
        raise typer.BadParameter(f"{text!r} does not name columns, as in title=Headline,link=Address")
    return text


Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Folder of records, a record, a feed, its address, opml:FILE for the feeds in a list, - for standard"
        " input.",
        metavar="INPUT",
    ),
]
Target = Annotated[
    TargetFormat | None,
    typer.Option("--to", help="The format.", case_sensitive=False, show_default="as the suffix of the file says"),
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", help="Write to a file, else to standard output.", metavar="FILE")
]
Strict = Annotated[bool, typer.Option("--strict", help="Take no feed that had to be mended.")]
Lossless = Annotated[bool, typer.Option("--lossless", help="Write nothing if something would be lost.")]
Title = Annotated[str, typer.Option(help="Title of a feed made of several.", metavar="TEXT")]
Columns = Annotated[
    str | None,
    typer.Option(parser=parse_columns, help="Columns of a table: title=Headline,link=Address", metavar="NAMES"),
]
Style = Annotated[AskedStyle, typer.Option("--format", help="How to write what was found and what is lost.")]


@selecting
def convert(
    *,
    inputs: Inputs,
    to: Target = None,
    output: Output = None,
    strict: Strict = False,
    lossless: Lossless = False,
    title: Title = "",
    columns: Columns = None,
    style: Style = "auto",
    base_url: BaseUrl = None,
    preset: Preset = None,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime | None = None,
) -> None:
    """Make one feed of anything, and say what is lost; without a format, say what the input is.

    Example: feeds convert https://example.org/feed --to json
    """
    output = None if output == STDIN else output
    try:
        kind = format_of(to or "", output or "")
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    names = dict(pair.split("=", 1) for pair in (columns or "").split(",") if pair)
    run_conversion(
        Conversion(
            tuple(inputs),
            kind,
            output=output,
            strict=strict,
            lossless=lossless,
            title=title,
            columns=names,
            style=style,
            base_url=base_url,
            preset=preset,
            use_cache=not no_cache,
            jobs=jobs,
            executor=executor,
            config_file=config_file,
            selection=selection,
            now=now,
        )
    )
