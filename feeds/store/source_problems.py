"""Find the problems of all records of the source by the index, so that only files that have changed are read."""

import os
from collections.abc import Iterator
from datetime import datetime

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.store.cache_folder import other_file_in
from feeds.store.database import Index
from feeds.store.open_store import HERE, Reading, open_store
from feeds.store.rows import instant_of, microseconds
from feeds.validation.rules.date_rules import future_problems
from feeds.validation.validate import with_spans

_DATED = """SELECT file.path, published, updated FROM record JOIN file ON file.number = record.file
    WHERE published > ?1 OR updated > ?1"""


def source_problems(config: Config, now: datetime, reading: Reading = HERE) -> list[Problem]:
    """Return the problems of the records of the source, sorted, those of dates after `now` among them.

    A cache folder that is somebody else's is left alone. Raises CouldNotRunError as `open_store` does.
    """
    if config.cache and other_file_in(config.cache):
        config = config._replace(cache=None)
    with open_store(config, now, reading) as store:
        dated = with_spans(store.context.graded(_dated(store.index, now)), store.context)
        return sorted([*store.problems, *dated])


def _dated(index: Index, now: datetime) -> Iterator[Problem]:
    for path, *instants in index.connection.execute(_DATED, (microseconds(now),)).fetchall():
        published, updated = map(instant_of, instants)
        yield from future_problems(os.fsdecode(path), published, updated, now)
