"""Define the options of `feeds validate`."""

from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.display import AskedStyle
from feeds.cli.options import in_fixes, in_report, takes
from feeds.cli.run_validate import ValidateOptions, run_validation

_PATHS = "Records or folders of records: paths, URLs in object storage, or - for standard input."
_STDIN_NAME = "Path of the text on standard input, as an editor names it."
_IN_SOURCE = "Skip given files that are not in the configured source, as hooks do."
_STYLE = "Format of the problems; auto is github in a GitHub workflow, else text."


@takes(
    ValidateOptions,
    paths=Annotated[
        list[str] | None, typer.Argument(help=_PATHS, show_default="source in the configuration", metavar="PATHS")
    ],
    schema=Annotated[Path | None, typer.Option(help="Your own JSON Schema, checked as well.", metavar="FILE")],
    stdin_name=Annotated[str, typer.Option("--stdin-name", help=_STDIN_NAME, metavar="FILE", show_default=False)],
    in_source=Annotated[bool, typer.Option("--in-source", help=_IN_SOURCE)],
    fix=Annotated[bool, in_fixes("--fix", help="Write fixes that cannot change the meaning.")],
    unsafe_fixes=Annotated[bool, in_fixes("--unsafe-fixes", help="Write what messages suggest, too.")],
    diff=Annotated[bool, in_fixes("--diff", help="Only show what --fix would change.")],
    style=Annotated[AskedStyle, in_report("--format", help=_STYLE)],
    quiet=Annotated[bool, in_report("--quiet", "-q", help="Print only errors.")],
    max_problems=Annotated[int | None, in_report(min=1, help="At most the first N problems.", metavar="N")],
    statistics=Annotated[bool, in_report("--statistics", help="Only the number of problems of each rule.")],
)
def validate(options: ValidateOptions) -> None:
    """Print every problem of records as `path:line:col: message [rule]`.

    Example: feeds validate news --fix
    """
    run_validation(options)
