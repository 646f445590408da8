"""Build every feed of a configuration: the main job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import quote

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.locations import Place
from feeds.model.selection import EVERYTHING_PUBLISHED, Selection
from feeds.planning.feeds import topic_warnings
from feeds.publish.atomic_write import remove_left_behind, replace_file
from feeds.publish.diff import Difference, differences_of
from feeds.publish.guards import drops_of, refusals_of, refuse_open_output
from feeds.publish.prepare import StagedBuild, prepare
from feeds.publish.secret_guard import keep_searched, leaks_of
from feeds.publish.stage import PreparedFile
from feeds.publish.transaction import Transaction, open_dry_run, open_transaction
from feeds.store.database import Output
from feeds.store.store import HERE, Origin, Reading, RecordStore, with_store
from feeds.validation.rules.date_rules import future_update
from feeds.validation.validate import placed


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """Say what happened to one file of the output: where it is served, its items, and whether its bytes changed.

    One that `is_feed` is what people subscribe to. A file that carries no `feed` has no number of items.
    """

    path: Place
    url: str
    items: int | None
    has_changed: bool
    is_feed: bool = False
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """Hold what a build did.

    `files` are in order, `gone` are those that are no longer due, `left` those that somebody else has put in the place
    of files of the site, and `differences` what subscribers see of it.
    `problems` are those of records, `objections` what readers would object to in new feeds, `warnings` are about the
    whole; with any `refusals` nothing was published, and if one is about a secret, nothing is told of items either.
    `next_due` is when the next record comes, and `until` when one comes or goes, so that the same build does something
    else.
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
    records are due. Raises CouldNotRunError when the source is missing or the output cannot be written, and
    WrongUsageError when the output holds the source, the configuration, the ledger or the cache.
    """

    def use(store: RecordStore) -> Built:
        due, expiry, update = (
            store.queries.next_due(now),
            store.queries.next_expiry(now),
            store.queries.next_update(now),
        )
        until = min(filter(None, (due, expiry, update, *_leaving(store, config, now))), default=None)
        problems = tuple(sorted([*store.problems, *_of_future_updates(store, now)]))
        built = Built(problems, due, until, store.origin)
        if strict and any(problem.is_error for problem in store.problems):
            return built
        prepared = prepare(transaction, store, config, selection, now, reading.rendering)
        leaks = [*leaks_of(transaction, store.index, prepared)]
        refusals = [*leaks, *refusals_of(transaction, store.index, prepared, selection.status)]
        refusals += [] if force else drops_of(prepared.former, prepared.manifest, config.max_drop)
        if not refusals and not dry_run:
            if config.ledger:
                remove_left_behind(config.ledger)
            if config.ledger and store.ledger:  # no id goes out that could be forgotten
                replace_file(config.ledger, [store.ledger.to_text().encode()])
            _publish(transaction, prepared, store)
        told = _told(built, prepared, store, config, refusals)
        return replace(told, differences=(), warnings=(), objections=()) if leaks else told

    refuse_open_output(config)
    with (open_dry_run if dry_run else open_transaction)(config) as transaction:
        return with_store(config, use, now, reading)


def _leaving(store: RecordStore, config: Config, now: datetime) -> Iterator[datetime]:
    """Yield when the next item no longer stays in a feed only because it is new."""
    for keep in filter(None, (config.keep, *(feed.keep for feed in config.feeds))):
        published = store.queries.oldest_since(now - keep)
        if published and published <= now:
            yield published + keep + timedelta(microseconds=1)


def _of_future_updates(store: RecordStore, now: datetime) -> list[Problem]:
    updates = store.queries.future_updates(now)
    return placed(store.context.graded(future_update(path, updated) for path, _, updated in updates), store.context)


def _told(built: Built, prepared: StagedBuild, store: RecordStore, config: Config, refusals: list[str]) -> Built:
    return replace(
        built,
        files=tuple(_told_file(file, config) for file in prepared.files),
        gone=tuple(config.output / name for name in prepared.gone),
        left=tuple(config.output / name for name in prepared.left),
        differences=tuple(differences_of(prepared.former, prepared.manifest)),
        objections=prepared.objections,
        warnings=(*_site_warnings(store), *topic_warnings(store.queries.unified.values()), *prepared.cuts),
        refusals=tuple(refusals),
    )


def _site_warnings(store: RecordStore) -> tuple[str, ...]:
    site = store.context.config.site
    return site.warnings if site else ()


def _told_file(file: PreparedFile, config: Config) -> BuiltFile:
    url = f"{config.served_at}{quote(file.name)}"
    return BuiltFile(config.output / file.name, url, file.items, file.has_changed, file.is_feed, file.feed)


def _publish(transaction: Transaction, prepared: StagedBuild, store: RecordStore) -> None:
    if prepared.gone or not transaction.is_empty or prepared.manifest != prepared.former:
        transaction.publish(prepared.manifest, prepared.gone)
    for file in prepared.files:
        target = transaction.target
        kept = Output(file.recipe, target.mark(file.name), file.sha256, file.items or 0)
        store.index.keep_output(target.place(file.name), kept)
    keep_searched(transaction.target, store.index)
