"""Run `feeds list`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from feeds.cli.display import finish, show_problems, with_progress
from feeds.cli.health_report import HealthReport, refuse_among_records, write_health_report
from feeds.cli.options import ConfigFile, Executor, Jobs, NoCache, Source, selecting
from feeds.cli.screen import say, warn
from feeds.cli.settings import configured, spread_over
from feeds.instant import format_rfc3339
from feeds.problem import Problem
from feeds.publishing.stock import Reading, Stock, with_stock
from feeds.selection import Selection
from feeds.text import counted
from feeds.topic import Topic, list_topics

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.site.health import Health


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

    def count(stock: Stock) -> _Listing:
        chosen = stock.shelf.choose(selection, now)
        records, topics = len(chosen), list_topics(chosen.topic_counts())
        health = _health(stock, config, selection, now) if report else None
        return _Listing(records, topics, stock.shelf.next_due(now), stock.problems, health)

    listing = with_stock(config, count, Reading(spread_over(jobs, executor), with_progress))
    _say(listing)
    show_problems(listing.problems)
    if report and listing.health:
        write_health_report(report, listing.health)
        warn(f"wrote {report}")
    finish(listing.problems)


def _health(stock: Stock, config: Config, selection: Selection, now: datetime) -> Health:
    from feeds.publishing.checkup import check_up  # noqa: PLC0415 - few lists come with a page

    return check_up(stock, config, selection, now)


def _say(listing: _Listing) -> None:
    width = len(str(listing.records))
    for topic in listing.topics:
        say(f"{topic.count:>{width}}  {topic.name}")
    say(f"{counted(listing.records, 'record')} in {counted(len(listing.topics), 'topic')}")
    if listing.next_due:
        say(f"next scheduled record: {format_rfc3339(listing.next_due)}")
