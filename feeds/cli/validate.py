"""Declare `feeds validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.options import ConfigFile, Executor, Jobs, Now, Preset
from feeds.cli.validation import AskedStyle, run_validation

InSource = Annotated[
    bool, typer.Option("--in-source", help="Leave out given files that are not in the configured source.")
]


def validate(
    *,
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Records, or folders of them; or their addresses.", show_default="the configured source"),
    ] = None,
    schema: Annotated[Path | None, typer.Option(help="Your own JSON Schema, checked as well.", metavar="FILE")] = None,
    preset: Preset = None,
    in_source: InSource = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what has exactly one right answer.")] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe-fixes", help="As --fix, and what messages only suggest.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Only show what --fix would change.")] = False,
    style: Annotated[
        AskedStyle,
        typer.Option("--format", help="How to write them; auto means github in a workflow of GitHub, else text."),
    ] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors, and no counts.")] = False,
    max_problems: Annotated[int | None, typer.Option(min=1, help="Show the first N at most.", metavar="N")] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="Only how many each rule has found.")] = False,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    now: Now = None,
) -> None:
    """Print every problem as `path:line:col: message [rule]`, or in another style."""
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
