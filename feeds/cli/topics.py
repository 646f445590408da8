"""Run `feeds topics`."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from feeds.cli.display import finish, show_problems, with_progress
from feeds.cli.options import ConfigFile, Executor, Jobs, NoCache, Preset, Source, selecting
from feeds.cli.screen import say
from feeds.cli.settings import configured, executor_for
from feeds.dates import format_rfc3339
from feeds.diagnostics.problem import Problem
from feeds.model.selection import Selection
from feeds.model.topic import Topic, list_topics
from feeds.publish.secret_guard import refuse_leaks
from feeds.store.open_store import Reading, open_store
from feeds.text import counted


class TopicList(NamedTuple):
    """The number of selected records, their topics, when the next record is due, and the problems of the source."""

    records: int
    topics: list[Topic]
    next_due: datetime | None
    problems: tuple[Problem, ...]


@selecting
def topics(
    *,
    source: Source = None,
    no_cache: NoCache = False,
    preset: Preset = None,
    jobs: Jobs = None,
    executor: Executor = None,
    config_file: ConfigFile = None,
    selection: Selection,
    now: datetime,
) -> None:
    """Print the topics of the selected records, and how many records each has.

    The last line says when the next scheduled record is due. Example: feeds topics news --since 2024-01-01
    """
    config = configured(config_file, use_cache=not no_cache, source=source, preset=preset)

    with open_store(config, now, Reading(executor_for(jobs, executor), with_progress)) as store:
        selected = store.select(selection, now)
        names = list_topics(selected.topic_counts())
        refuse_leaks(store.index, "the list of topics", "\n".join(topic.name for topic in names).encode())
        found = TopicList(len(selected), names, store.next_due(now), store.problems)
    _print(found)
    show_problems(found.problems, config.source)
    finish(found.problems)


def _print(found: TopicList) -> None:
    width = len(str(found.records))
    for topic in found.topics:
        say(f"{topic.records:>{width}}  {topic.name}")
    say(f"{counted(found.records, 'record')} in {counted(len(found.topics), 'topic')}")
    if found.next_due:
        say(f"next scheduled record: {format_rfc3339(found.next_due)}")
