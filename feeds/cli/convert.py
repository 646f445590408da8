"""Define the options of `feeds convert`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from feeds.cli.conversion import Conversion, format_of, run_conversion
from feeds.cli.options import BaseUrl, ConfigFile, Executor, Jobs, NoCache, selecting
from feeds.cli.validation import AskedStyle
from feeds.model.selection import Selection


class TargetFormat(StrEnum):
    """Name the formats that something can be converted to."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    OPML = "opml"


def parse_columns(text: str) -> str:
    """Return `field=Column` pairs as they are; refuse what is none."""
    if not all(all(part.strip() for part in pair.partition("=")[::2]) for pair in text.split(",")):
        raise typer.BadParameter(f"{text!r} does not name columns, as in title=Headline,link=Address")
    return text


@selecting
def convert(
    *,
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Folder of records, a record, a feed, its address, opml:FILE for the feeds in a list, - for standard"
            " input.",
            metavar="INPUT...",
        ),
    ],
    to: Annotated[
        TargetFormat | None,
        typer.Option("--to", help="The format.", show_default="as the suffix of the file says"),
    ] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="Write to a file.", metavar="FILE")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Take no feed that had to be mended.")] = False,
    lossless: Annotated[bool, typer.Option("--lossless", help="Write nothing if something would be lost.")] = False,
    title: Annotated[str, typer.Option(help="Title of a feed made of several.", metavar="TEXT")] = "",
    columns: Annotated[
        str | None,
        typer.Option(parser=parse_columns, help="Columns of a table: title=Headline,link=Address", metavar="NAMES"),
    ] = None,
    style: Annotated[
        AskedStyle, typer.Option("--format", help="How to write what was found and what is lost.")
    ] = "auto",
    base_url: BaseUrl = None,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime | None = None,
) -> None:
    """Make one feed of anything, and say what is lost; without a format, say what the input is."""
    try:
        kind = format_of(to or "", output or "")
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    run_conversion(
        Conversion(
            tuple(inputs),
            kind,
            output=output,
            strict=strict,
            lossless=lossless,
            title=title,
            columns=dict(pair.split("=", 1) for pair in (columns or "").split(",") if pair),
            style=style,
            base_url=base_url,
            use_cache=not no_cache,
            jobs=jobs,
            executor=executor,
            config_file=config_file,
            selection=selection,
            now=now,
        )
    )
