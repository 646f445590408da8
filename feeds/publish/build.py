"""Build every feed of a configuration: the main job."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from feeds.config.readers import refuse_invalid
from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.locations import Location
from feeds.model.selection import EVERYTHING_PUBLISHED, Selection
from feeds.planning.feeds import absent_topics, plan_feeds, topic_warnings
from feeds.publish.comparison.manifest_diff import Difference, differences_of
from feeds.publish.feed_files import stage_feeds
from feeds.publish.files.atomic_write import remove_left_behind, replace_file
from feeds.publish.guards import refusals_of, refuse_open_output
from feeds.publish.input_digest import inputs_of_all
from feeds.publish.output.output_file import OutputFile
from feeds.publish.output.transaction import Transaction, open_dry_run, open_transaction
from feeds.publish.output_cache import OutputCache
from feeds.publish.secret_guard import leaks_of, remember_searched
from feeds.publish.site_files import stage_site
from feeds.publish.stage import Stage
from feeds.publish.staged_build import StagedBuild, staged_build
from feeds.store.open_store import HERE, Reading, open_store
from feeds.store.record_store import Origin, RecordStore
from feeds.validation.rules.date_rules import future_update
from feeds.validation.validate import with_spans


class BuildResult(NamedTuple):
    """What a build did.

    - `problems` are those of records, `feed_problems` those that lint finds in new feeds, and `warnings` are about the
      whole build.
    - `files` are all files of the output in order, `removed` those that were deleted, and `foreign` those that were
      skipped because somebody else has written or changed them. `differences` are what subscribers will see.
    - `refusals` say why nothing was published. After a leak of a secret, files and differences are left out, because
      they could show it.
    - `next_due` is when the next record is published, `until` when the same build would have another result.
    """

    problems: tuple[Problem, ...]
    next_due: datetime | None
    until: datetime | None
    origin: Origin
    files: tuple[OutputFile, ...] = ()
    removed: tuple[Location, ...] = ()
    foreign: tuple[Location, ...] = ()
    differences: tuple[Difference, ...] = ()
    feed_problems: tuple[Problem, ...] = ()
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
) -> BuildResult:
    """Read the source, and write every feed in every format whose bytes have changed: all of them or none.

    Records with errors are left out. Nothing is written if a record has errors and `strict` is set, if a feed has
    errors, or, without `force`, if a feed would lose most of its items. Records dated after `now` are not published
    yet. Raises CouldNotRunError when the source is missing or the output cannot be written, and WrongUsageError when
    a setting is invalid, or the output contains the source, the configuration, the ledger or the cache.
    """
    refuse_invalid(config, now, selection.since, selection.until)
    refuse_open_output(config)
    opening = open_dry_run if dry_run else open_transaction
    with opening(config) as transaction, open_store(config, now, reading) as store:
        result = BuildResult(_problems(store, now), store.next_due(now), _next_change(store, config, now), store.origin)
        if strict and any(problem.is_error for problem in store.problems):
            return result
        plans = plan_feeds(store, config, selection, now)
        published = OutputCache(transaction.target, store.index)
        stage = Stage(config, transaction, published, store.context, reading.rendering, store.index)
        feeds = stage_feeds(plans, stage, inputs_of_all(store, config, now, plans[0].channel.topic_slugs))
        staged = staged_build(feeds, stage_site(plans, stage), stage)
        if leaks := tuple(leaks_of(stage, staged)):
            return result._replace(refusals=leaks)
        hidden = store.index.unpublished_ids() if selection.status == "published" else frozenset[str]()
        refusals = tuple(refusals_of(stage, staged, store.problems, hidden, is_forced=force))
        if not (refusals or dry_run):
            _publish(staged, stage, store, hidden)
        differences = _differences(staged, transaction if dry_run else None)
        return _with_outcome(result, staged, store, selection)._replace(refusals=refusals, differences=differences)


def _next_change(store: RecordStore, config: Config, now: datetime) -> datetime | None:
    """Return when the next build has another result: an item is due, expires, or is no longer kept as recent."""
    return min(filter(None, (store.next_change(now), *_leaving(store, config, now))), default=None)


def _leaving(store: RecordStore, config: Config, now: datetime) -> Iterator[datetime]:
    for keep in filter(None, (config.keep, *(feed.keep for feed in config.feeds))):
        published = store.next_due(now - keep)
        if published and published <= now:
            yield published + keep + timedelta(microseconds=1)


def _problems(store: RecordStore, now: datetime) -> tuple[Problem, ...]:
    updates = store.context.graded(future_update(path, updated) for path, _, updated in store.future_updates(now))
    return tuple(sorted([*store.problems, *with_spans(updates, store.context)]))


def _publish(staged: StagedBuild, stage: Stage, store: RecordStore, hidden: frozenset[str]) -> None:
    ledger = stage.config.ledger
    if ledger:
        remove_left_behind(ledger)
    if ledger and store.new_ledger:  # no id is published before it is recorded
        replace_file(ledger, [store.new_ledger.to_text().encode()])
    if staged.removed or not stage.transaction.is_empty or staged.manifest != staged.former:
        stage.transaction.publish(staged.manifest, staged.removed)
    stage.published.remember(staged.files, hidden)
    remember_searched(stage.transaction.target, store.index)


def _differences(staged: StagedBuild, compared: Transaction | None) -> tuple[Difference, ...]:
    """Return what subscribers will see; with the changed fields of items if documents of a dry run can be compared."""
    differences = differences_of(staged.former, staged.manifest)
    if compared:
        from feeds.publish.comparison.changed_fields import with_fields  # noqa: PLC0415 - no other run needs the parsers

        differences = with_fields(differences, staged.files, compared)
    return tuple(differences)


def _with_outcome(result: BuildResult, staged: StagedBuild, store: RecordStore, selection: Selection) -> BuildResult:
    """Return a result with the files of a build that leaks no secret, and the warnings about it."""
    config, names = store.context.config, {*store.unified.values()}
    named = chain(selection.topics, *(feed.topics for feed in config.feeds))
    of_site = config.site.warnings if config.site else ()
    return result._replace(
        files=staged.files,
        removed=tuple(config.output / name for name in staged.removed),
        foreign=tuple(config.output / name for name in staged.foreign),
        feed_problems=staged.problems,
        warnings=(*of_site, *topic_warnings(names), *absent_topics(named, names), *staged.truncated),
    )
