"""Make one feed of what is selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from feeds.config import Config
from feeds.formats import FORMATS
from feeds.place import Address, Place
from feeds.problem import Problem
from feeds.publishing.output import differs, replace_file
from feeds.publishing.planning import PlannedFeed, head_of_everything
from feeds.publishing.publication import rehearsal_of
from feeds.publishing.rendering import Rendering, loaded
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
        rendering = Rendering(plan, config)
        content = b"".join(rendering.table() if kind.role == "table" else kind.render(loaded(plan)))
        if isinstance(output, Path):
            if differs(output, [content]):
                replace_file(output, [content])
        elif output:
            _put(output, content, kind.media_type, config)
        return content, stock.problems

    return with_stock(config, use, reading)


def _put(output: Address, content: bytes, media_type: str, config: Config) -> None:
    with rehearsal_of(replace(config, output=output.parent)) as publication:
        publication.lay_ready(output.name, [content], media_type)
        if not publication.is_as_published(output.name):
            publication.put_in_place(output.name)
