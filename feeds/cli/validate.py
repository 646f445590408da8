"""Define the options of `feeds validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.options import REPORT, ConfigFile, Executor, Jobs, Now, Preset
from feeds.cli.run_validate import AskedStyle, run_validation

_FIXES = "Fixes"
InSource = Annotated[
    bool, typer.Option("--in-source", help="Skip given files that are not in the configured source, as hooks do.")
]
Fix = Annotated[bool, typer.Option("--fix", help="Write fixes that cannot change the meaning.", rich_help_panel=_FIXES)]
Unsafe = Annotated[
    bool, typer.Option("--unsafe-fixes", help="Write what messages suggest, too.", rich_help_panel=_FIXES)
]
Diff = Annotated[bool, typer.Option("--diff", help="Only show what --fix would change.", rich_help_panel=_FIXES)]
Style = Annotated[
    AskedStyle,
    typer.Option(
        "--format",
        help="Format of the problems; auto is github in a GitHub workflow, else text.",
        rich_help_panel=REPORT,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.", rich_help_panel=REPORT)]
MaxProblems = Annotated[
    int | None, typer.Option(min=1, help="At most the first N problems.", metavar="N", rich_help_panel=REPORT)
]
Statistics = Annotated[
    bool, typer.Option("--statistics", help="Only the number of problems of each rule.", rich_help_panel=REPORT)
]


def validate(
    *,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Records or folders of records: paths, or addresses in storage.",
            show_default="source in the configuration",
            metavar="PATHS",
        ),
    ] = None,
    schema: Annotated[Path | None, typer.Option(help="Your own JSON Schema, checked as well.", metavar="FILE")] = None,
    preset: Preset = None,
    in_source: InSource = False,
    fix: Fix = False,
    unsafe: Unsafe = False,
    diff: Diff = False,
    style: Style = "auto",
    quiet: Quiet = False,
    max_problems: MaxProblems = None,
    statistics: Statistics = False,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    now: Now = None,
) -> None:
    """Print every problem of records as `path:line:col: message [rule]`.

    Example: feeds validate news --fix
    """
    run_validation(
        paths or (),
        schema=schema,
        preset=preset,
        config_file=config_file,
        in_source=in_source,
        mending="diff" if diff else "fix" if fix or unsafe else "none",
        unsafe_fixes=unsafe,
        style=style,
        quiet=quiet,
        max_problems=max_problems,
        statistics=statistics,
        now=now,
        jobs=jobs,
        executor=executor,
    )
