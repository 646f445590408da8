"""Run `feeds list`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from feeds.cli.display import finish, show_problems, with_progress
from feeds.cli.health_report import HealthReport, refuse_among_records, write_health_report
from feeds.cli.options import ConfigFile, Executor, Jobs, NoCache, Preset, Source, selecting
from feeds.cli.screen import say, warn
from feeds.cli.settings import configured, spread_over
from feeds.dates import format_rfc3339
from feeds.diagnostics.problem import Problem
from feeds.model.selection import Selection
from feeds.model.topic import Topic, list_topics
from feeds.publish.secret_guard import refuse_leaks
from feeds.store.store import Reading, RecordStore, with_store
from feeds.text import counted

if TYPE_CHECKING:
    from pathlib import Path

    from feeds.config.settings import Config


class _Listing(NamedTuple):
    records: int
    topics: list[Topic]
    next_due: datetime | None
    problems: tuple[Problem, ...]
    page: bytes


@selecting
def list_records(
    *,
    source: Source = None,
    no_cache: NoCache = False,
    preset: Preset = None,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    report: HealthReport = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Print the topics of what is selected, how many records each has, and what is due next."""
    config = configured(config_file, use_cache=not no_cache, source=source, preset=preset)
    if report:
        refuse_among_records(report, config)

    def count(store: RecordStore) -> _Listing:
        chosen = store.queries.choose(selection, now)
        records, topics = len(chosen), list_topics(chosen.topic_counts())
        refuse_leaks(store.index, "the list of topics", "\n".join(topic.name for topic in topics).encode())
        page = _health_page(store, config, selection, now, report) if report else b""
        return _Listing(records, topics, store.queries.next_due(now), store.problems, page)

    listing = with_store(config, count, now, Reading(spread_over(jobs, executor), with_progress))
    _say(listing)
    show_problems(listing.problems, config.source)
    if report:
        write_health_report(report, listing.page)
        warn(f"wrote {report}")
    finish(listing.problems)


def _health_page(store: RecordStore, config: Config, selection: Selection, now: datetime, report: Path) -> bytes:
    from feeds.health.collect import check_up  # noqa: PLC0415 - few lists come with a page
    from feeds.health.page import render_health  # noqa: PLC0415 - the same

    page = render_health(check_up(store, config, selection, now))
    refuse_leaks(store.index, str(report), page)
    return page


def _say(listing: _Listing) -> None:
    width = len(str(listing.records))
    for topic in listing.topics:
        say(f"{topic.count:>{width}}  {topic.name}")
    say(f"{counted(listing.records, 'record')} in {counted(len(listing.topics), 'topic')}")
    if listing.next_due:
        say(f"next scheduled record: {format_rfc3339(listing.next_due)}")
