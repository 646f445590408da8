"""Write how healthy the feeds are for people: `feeds list --report FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feeds.cli.options import parse_file
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import lies_in, resolved
from feeds.sources.files import SUFFIXES

HealthReport = Annotated[
    Path | None,
    typer.Option(
        "--report", parser=parse_file, help="Write a page about the health of the feeds to a file.", metavar="FILE"
    ),
]


def refuse_among_records(path: Path, config: Config) -> None:
    """Raise CouldNotRunError when a page would be taken for a record by the next run, or be written over one."""
    looks_like_one = path.name.lower().endswith(SUFFIXES) and not path.name.startswith(".")
    if looks_like_one and lies_in(resolved(path), resolved(config.source)) and not _is_left_out(path, config):
        raise CouldNotRunError(f"{path}: in {config.source} it would be taken for a record; name a file elsewhere")


def write_health_report(path: Path, page: bytes) -> None:
    """Write the page. Raises CouldNotRunError when the file cannot be written."""
    from feeds.publish.atomic_write import replace_file  # noqa: PLC0415 - few lists come with a page

    replace_file(path, [page])


def _is_left_out(path: Path, config: Config) -> bool:
    """Tell whether a file lies in the output, where that is a folder of the source and so is not searched."""
    source, output = resolved(config.source), resolved(config.output)
    return output != source and lies_in(output, source) and lies_in(resolved(path), output)
