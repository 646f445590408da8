"""Make one feed of what is selected."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from feeds.config import Config
from feeds.formats import FORMATS
from feeds.problem import Problem
from feeds.publishing.output import differs, replace_file
from feeds.publishing.planning import PlannedFeed, head_of_everything
from feeds.publishing.rendering import Rendering
from feeds.publishing.stock import HERE, Reading, Stock, with_stock
from feeds.selection import EVERYTHING_PUBLISHED, Selection


def convert(
    config: Config,
    format_name: str,
    now: datetime,
    selection: Selection = EVERYTHING_PUBLISHED,
    output: Path | None = None,
    *,
    reading: Reading = HERE,
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return one feed of what a selection wants, in one format, and the problems; write it to `output` if given.

    Without a limit in the selection the feed holds everything. Raises CouldNotRun as `build` does.
    """

    def use(stock: Stock) -> tuple[bytes, tuple[Problem, ...]]:
        everything = stock.shelf.choose(selection, now)
        plan = PlannedFeed(head_of_everything(stock.shelf, config), everything, len(everything))
        content = b"".join(Rendering(plan, config).content(FORMATS[format_name]))
        if output and differs(output, [content]):
            replace_file(output, [content])
        return content, stock.problems

    return with_stock(config, use, reading)
