"""Run `feeds list`."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from feeds.cli.display import finish, show_problems, with_progress
from feeds.cli.options import ConfigFile, Executor, Jobs, NoCache, Source, selecting
from feeds.cli.screen import say
from feeds.cli.settings import configured, spread_over
from feeds.instant import format_rfc3339
from feeds.problem import Problem
from feeds.publishing.stock import Reading, Stock, with_stock
from feeds.selection import Selection
from feeds.text import counted
from feeds.topic import Topic, list_topics


class _Listing(NamedTuple):
    records: int
    topics: list[Topic]
    next_due: datetime | None
    problems: tuple[Problem, ...]


@selecting
def list_records(
    *,
    source: Source = None,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Print the topics of what is selected, how many records each has, and what is due next."""
    config = configured(config_file, use_cache=not no_cache, source=source)

    def count(stock: Stock) -> _Listing:
        chosen = stock.shelf.choose(selection, now)
        return _Listing(len(chosen), list_topics(chosen.topic_counts()), stock.shelf.next_due(now), stock.problems)

    listing = with_stock(config, count, Reading(spread_over(jobs, executor), with_progress))
    width = len(str(listing.records))
    for topic in listing.topics:
        say(f"{topic.count:>{width}}  {topic.name}")
    say(f"{counted(listing.records, 'record')} in {counted(len(listing.topics), 'topic')}")
    if listing.next_due:
        say(f"next scheduled record: {format_rfc3339(listing.next_due)}")
    show_problems(listing.problems)
    finish(listing.problems)
