"""Run `feeds list`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from feeds.cli.display import finish, show_problems, with_progress
from feeds.cli.health_report import HealthReport, refuse_among_records, write_health_report
from feeds.cli.options import ConfigFile, Executor, Jobs, NoCache, Source, selecting
from feeds.cli.screen import say, warn
from feeds.cli.settings import configured, spread_over
from feeds.dates import format_rfc3339
from feeds.diagnostics.problem import Problem
from feeds.model.selection import Selection
from feeds.model.topic import Topic, list_topics
from feeds.store.store import Reading, RecordStore, with_store
from feeds.text import counted

if TYPE_CHECKING:
    from feeds.config.settings import Config
    from feeds.health.report import Health


class _Listing(NamedTuple):
    records: int
    topics: list[Topic]
    next_due: datetime | None
    problems: tuple[Problem, ...]
    health: Health | None


@selecting
def list_records(
    *,
    source: Source = None,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    report: HealthReport = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Print the topics of what is selected, how many records each has, and what is due next."""
    config = configured(config_file, use_cache=not no_cache, source=source)
    if report:
        refuse_among_records(report, config)

    def count(store: RecordStore) -> _Listing:
        chosen = store.queries.choose(selection, now)
        records, topics = len(chosen), list_topics(chosen.topic_counts())
        health = _health(store, config, selection, now) if report else None
        return _Listing(records, topics, store.queries.next_due(now), store.problems, health)

    listing = with_store(config, count, Reading(spread_over(jobs, executor), with_progress))
    _say(listing)
    show_problems(listing.problems, config.source)
    if report and listing.health:
        write_health_report(report, listing.health)
        warn(f"wrote {report}")
    finish(listing.problems)


def _health(store: RecordStore, config: Config, selection: Selection, now: datetime) -> Health:
    from feeds.health.collect import check_up  # noqa: PLC0415 - few lists come with a page

    return check_up(store, config, selection, now)


def _say(listing: _Listing) -> None:
    width = len(str(listing.records))
    for topic in listing.topics:
        say(f"{topic.count:>{width}}  {topic.name}")
    say(f"{counted(listing.records, 'record')} in {counted(len(listing.topics), 'topic')}")
    if listing.next_due:
        say(f"next scheduled record: {format_rfc3339(listing.next_due)}")
