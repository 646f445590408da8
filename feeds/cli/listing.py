"""Run `feeds list`."""

from __future__ import annotations

from datetime import datetime

import feeds
from feeds.cli.options import ConfigFile, Jobs, Source, selecting
from feeds.cli.screen import finish, say, show_problems
from feeds.cli.settings import configured, processes
from feeds.instant import format_rfc3339
from feeds.selection import Selection, next_due
from feeds.text import counted
from feeds.topic import list_topics, unify_topics


@selecting
def list_records(
    *,
    source: Source = None,
    jobs: Jobs = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Print the topics of what is selected, how many records each has, and what is due next."""
    config = configured(config_file, source=source)
    collection = feeds.read(config.source, config=config, jobs=processes(jobs))
    records = unify_topics(collection.records, config.topics.aliases)
    selected = feeds.select(records, selection, now)
    topics = list_topics(selected)
    width = len(str(len(selected)))
    for topic in topics:
        say(f"{topic.count:>{width}}  {topic.name}")
    say(f"{counted(len(selected), 'record')} in {counted(len(topics), 'topic')}")
    due = next_due(records, now)
    if due:
        say(f"next scheduled record: {format_rfc3339(due)}")
    show_problems(collection.problems)
    finish(collection.problems)
