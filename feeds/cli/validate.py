"""Run `feeds validate`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

import feeds
from feeds.cli.options import ConfigFile, Now
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
    now: Now = None,
) -> None:
    """Print every problem as `path:line:col: message [rule]`."""
    config = configured(config_file, schema=schema)
    given = paths or [config.source]
    problems = feeds.validate(*given, config=config, among=_around(given, config.source), now=now or datetime.now(UTC))
    show_problems(problems, is_result=True)
    finish(problems)


def _around(given: list[Path], source: Path) -> Path | None:
    """Return the source when some of the given paths lie in it: its other records count as well."""
    whole = source.resolve()
    return source if any(whole in path.resolve().parents for path in given) else None
