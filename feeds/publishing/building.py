"""Build every feed of a configuration: the main job."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from feeds.config import Config
from feeds.place import Place
from feeds.problem import Problem
from feeds.publishing.difference import Difference, differences_of
from feeds.publishing.index.database import Output
from feeds.publishing.output import replace_file
from feeds.publishing.planning import topic_warnings
from feeds.publishing.preparing import Prepared, prepare
from feeds.publishing.publication import Publication, publication_of, rehearsal_of
from feeds.publishing.refusing import drops_of, refusals_of
from feeds.publishing.staging import PreparedFile
from feeds.publishing.stock import HERE, Origin, Reading, Stock, with_stock
from feeds.selection import EVERYTHING_PUBLISHED, Selection


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """Say what happened to one file of the output: where it is served, its items, and whether its bytes changed.

    One that `is_feed` is what people subscribe to. A file that carries no feed has no number of items.
    """

    path: Place
    url: str
    items: int | None
    has_changed: bool
    is_feed: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """Hold what a build did.

    `files` are in order, `gone` are those that are no longer due, `left` those that somebody else has put in the place
    of files of the site, and `differences` what subscribers see of it.
    `problems` are those of records, `objections` what readers would object to in new feeds, `warnings` are about the
    whole; with any `refusals` nothing was published. `next_due` is when the next record comes, and `until` when one
    comes or goes, so that the same build does something else.
    """

    problems: tuple[Problem, ...]
    next_due: datetime | None
    until: datetime | None
    origin: Origin
    files: tuple[BuiltFile, ...] = ()
    gone: tuple[Place, ...] = ()
    left: tuple[Place, ...] = ()
    differences: tuple[Difference, ...] = ()
    objections: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


def build(
    config: Config,
    now: datetime,
    selection: Selection = EVERYTHING_PUBLISHED,
    *,
    strict: bool = False,
    dry_run: bool = False,
    force: bool = False,
    reading: Reading = HERE,
) -> Built:
    """Read the source, and write each feed in each format whose bytes have changed: all of them or none.

    Records with errors are left out; with `strict` one error keeps everything as it is, and so does a feed with
    errors, or one that would lose most of its items unless `force` is given. `now` is the instant against which
    records are due. Raises CouldNotRun when the source is missing or the output cannot be written.
    """

    def use(stock: Stock) -> Built:
        due, expiry = stock.shelf.next_due(now), stock.shelf.next_expiry(now)
        built = Built(stock.problems, due, min(filter(None, (due, expiry)), default=None), stock.origin)
        if strict and any(problem.is_error for problem in stock.problems):
            return built
        prepared = prepare(publication, stock, config, selection, now, reading.rendering)
        refusals = [*refusals_of(publication, stock, prepared, config, selection.status)]
        refusals += [] if force else drops_of(prepared.former, prepared.manifest, config.max_drop)
        if not refusals and not dry_run:
            if stock.ledger and config.ledger:  # no id goes out that could be forgotten
                replace_file(config.ledger, [stock.ledger.to_text().encode()])
            _publish(publication, prepared, stock)
        return _told(built, prepared, stock, config, refusals)

    with (rehearsal_of if dry_run else publication_of)(config) as publication:
        return with_stock(config, use, reading)


def _told(built: Built, prepared: Prepared, stock: Stock, config: Config, refusals: list[str]) -> Built:
    return replace(
        built,
        files=tuple(_told_file(file, config) for file in prepared.files),
        gone=tuple(config.output / name for name in prepared.gone),
        left=tuple(config.output / name for name in prepared.left),
        differences=tuple(differences_of(prepared.former, prepared.manifest)),
        objections=prepared.objections,
        warnings=(*topic_warnings(stock.shelf.unified.values()), *prepared.cuts),
        refusals=tuple(refusals),
    )


def _told_file(file: PreparedFile, config: Config) -> BuiltFile:
    url = f"{config.served_at}{quote(file.name)}"
    return BuiltFile(config.output / file.name, url, file.items, file.has_changed, file.is_feed)


def _publish(publication: Publication, prepared: Prepared, stock: Stock) -> None:
    if prepared.gone or not publication.is_empty or prepared.manifest != prepared.former:
        publication.publish(prepared.manifest, prepared.gone)
    for file in prepared.files:
        outlet = publication.outlet
        kept = Output(file.recipe, outlet.mark(file.name), file.sha256, file.items or 0)
        stock.index.keep_output(outlet.place(file.name), kept)
