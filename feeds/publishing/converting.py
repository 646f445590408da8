"""Make one feed of what is selected."""

from __future__ import annotations

from datetime import datetime

from feeds.config import Config
from feeds.formats import FORMATS
from feeds.place import Place
from feeds.problem import Problem
from feeds.publishing.outlet import outlet_at
from feeds.publishing.planning import PlannedFeed, head_of_everything
from feeds.publishing.rendering import Rendering
from feeds.publishing.stock import HERE, Reading, Stock, with_stock
from feeds.selection import EVERYTHING_PUBLISHED, Selection


def convert(
    config: Config,
    format_name: str,
    now: datetime,
    selection: Selection = EVERYTHING_PUBLISHED,
    output: Place | None = None,
    *,
    reading: Reading = HERE,
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return one feed of what a selection wants, in one format, and the problems; write it to `output` if given.

    Without a limit in the selection the feed holds everything. Raises CouldNotRun as `build` does.
    """

    def use(stock: Stock) -> tuple[bytes, tuple[Problem, ...]]:
        everything = stock.shelf.choose(selection, now)
        plan = PlannedFeed(head_of_everything(stock.shelf, config), everything, len(everything))
        kind = FORMATS[format_name]
        content = b"".join(Rendering(plan, config).content(kind))
        if output:
            outlet = outlet_at(output.parent, config)
            if outlet.differs(output.name, [content]):
                outlet.replace(output.name, [content], kind.media_type)
        return content, stock.problems

    return with_stock(config, use, reading)
