"""Run `feeds validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import feeds
from feeds.cli.options import ConfigFile
from feeds.cli.screen import finish, show_problems
from feeds.cli.settings import configured


def validate(
    *,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Records, or folders of them.", show_default="the configured source")
    ] = None,
    schema: Annotated[
        Path | None, typer.Option(help="A JSON Schema of your own, checked as well.", metavar="FILE")
    ] = None,
    config_file: ConfigFile = None,
) -> None:
    """Print every problem as `path:line:col: message [rule]`."""
    config = configured(config_file, schema=schema)
    problems = feeds.validate(*(paths or [config.source]), schema=config.schema, site=config.home_page)
    show_problems(problems, is_result=True)
    finish(problems)
