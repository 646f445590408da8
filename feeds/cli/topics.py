"""Run `feeds topics`."""

from typing import NamedTuple

from feeds.cli.display import exit_with_status_of, print_problems
from feeds.cli.options import takes
from feeds.cli.record_options import ALL_RECORDS, RecordOptions
from feeds.cli.screen import echo
from feeds.dates import format_rfc3339
from feeds.model.topic import list_topics
from feeds.publish.secret_guard import refuse_leaks
from feeds.store.open_store import open_store
from feeds.text import counted


class TopicsOptions(NamedTuple):
    """The options of `feeds topics`."""

    source: str | None = None
    records: RecordOptions = ALL_RECORDS


@takes(TopicsOptions)
def topics(options: TopicsOptions) -> None:
    """Print the topics of the selected records, with the number of records of each.

    The last line has the date of the next scheduled record. Example: feeds topics news --since 2024-01-01
    """
    config, now = options.records.config(source=options.source), options.records.instant

    with open_store(config, now, options.records.reading) as store:
        selected, due, problems = store.select(options.records.selection, now), store.next_due(now), store.problems
        names, count = list_topics(selected.topic_counts()), len(selected)
        refuse_leaks(store.index, "the list of topics", "\n".join(topic.name for topic in names).encode())
    for topic in names:
        echo(f"{topic.records:>{len(str(count))}}  {topic.name}")
    echo(f"{counted(count, 'record')} in {counted(len(names), 'topic')}")
    if due:
        echo(f"next scheduled record: {format_rfc3339(due)}")
    print_problems(problems, config.published_source)
    exit_with_status_of(problems)
