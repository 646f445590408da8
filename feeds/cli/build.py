"""Define the options of `feeds build`."""

from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.options import in_report, one_of, parse_file, takes
from feeds.cli.run_build import BuildOptions, LogFormat, run_build
from feeds.config.settings import FORMAT_NAMES


@takes(
    BuildOptions,
    output=Annotated[
        str | None, typer.Option(help="Folder for the feeds: a path, or a URL in object storage.", metavar="FOLDER")
    ],
    formats=Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            parser=one_of(FORMAT_NAMES, "format"),
            help="Only this format: rss, atom, json, csv or html; repeatable.",
            metavar="FORMAT",
        ),
    ],
    strict=Annotated[bool, typer.Option("--strict", help="Publish nothing if a record has an error.")],
    dry_run=Annotated[bool, typer.Option("--dry-run", help="Only say which files would change.")],
    diff=Annotated[
        bool, typer.Option("--diff", help="Only say what would change: files, and items within the limit of feeds.")
    ],
    force=Annotated[bool, typer.Option("--force", help="Publish even if a feed loses most of its items.")],
    report=Annotated[
        Path | None, in_report(parser=parse_file, help="Write what the run did to a file, as JSON.", metavar="FILE")
    ],
    log_format=Annotated[LogFormat, in_report(help="Format of messages on stderr; json writes one event a line.")],
)
def build(options: BuildOptions) -> None:
    """Write every configured feed in every format: the main job.

    Example: feeds build news --base-url https://example.org/feeds/
    """
    run_build(options)
