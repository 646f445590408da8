"""Build every feed of a configuration: the main job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from feeds.config import Config
from feeds.formats import FORMATS
from feeds.formats.format import Format
from feeds.place import Place
from feeds.problem import Problem
from feeds.publishing.index.database import Index, Output
from feeds.publishing.outlet import Outlet, outlet_at
from feeds.publishing.planning import plan_feeds, topic_warnings
from feeds.publishing.rendering import Rendering, surroundings
from feeds.publishing.stock import HERE, Origin, Reading, Stock, with_stock
from feeds.selection import EVERYTHING_PUBLISHED, Selection


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """Say what happened to one file of the output: its items, and whether its bytes changed."""

    path: Place
    items: int
    has_changed: bool


@dataclass(frozen=True, slots=True)
class Built:
    """Hold what a build did: files in order, problems, warnings of the whole, when the next record is due."""

    files: tuple[BuiltFile, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    next_due: datetime | None
    origin: Origin


def build(
    config: Config,
    now: datetime,
    selection: Selection = EVERYTHING_PUBLISHED,
    *,
    strict: bool = False,
    dry_run: bool = False,
    reading: Reading = HERE,
) -> Built:
    """Read the source, and write each feed in each format whose bytes have changed.

    Records with errors are left out; with `strict` one error keeps everything as it is. `now` is the instant
    against which records are due. Raises CouldNotRun when the source is missing or the output cannot be written.
    """

    def use(stock: Stock) -> Built:
        due = stock.shelf.next_due(now)
        if strict and any(problem.is_error for problem in stock.problems):
            return Built((), stock.problems, (), due, stock.origin)
        files = tuple(_publish_all(stock, config, selection, now, dry_run=dry_run))
        warnings = tuple(topic_warnings(stock.shelf.unified.values()))
        return Built(files, stock.problems, warnings, due, stock.origin)

    return with_stock(config, use, reading)


def _publish_all(
    stock: Stock, config: Config, selection: Selection, now: datetime, *, dry_run: bool
) -> Iterator[BuiltFile]:
    common = surroundings(stock.shelf, config)
    kinds = [FORMATS[name] for name in config.formats]
    outlet = outlet_at(config.output, config)
    for plan in plan_feeds(stock.shelf, config, selection, now):
        rendering = Rendering(plan, config, common)
        for kind in kinds:
            name = f"{plan.head.name}.{kind.suffix}"
            has_changed = _publish(stock.index, outlet, name, rendering, kind, dry_run=dry_run)
            yield BuiltFile(config.output / name, rendering.count(kind), has_changed)


def _publish(index: Index, outlet: Outlet, name: str, rendering: Rendering, kind: Format, *, dry_run: bool) -> bool:
    """Write one file, if it would not come out as it is; tell whether its bytes change."""
    recipe, place, mark = rendering.recipe(kind), outlet.place(name), outlet.mark(name)
    if mark and index.output(place) == Output(recipe, mark):
        return False
    content = rendering.content(kind)
    has_changed = outlet.differs(name, content)
    if has_changed and not dry_run:
        outlet.replace(name, content, kind.media_type)
    if not (has_changed and dry_run):
        index.keep_output(place, Output(recipe, outlet.mark(name)))
    return has_changed
