"""An executor over processes, for as many items as are worth it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

from feeds.validation.context import ValidationContext
from feeds.validation.executor import Executor, serially

# A process takes some hundredths of a second to start, a file less than a thousandth to be checked.
WORTH_PROCESSES = 500

T = TypeVar("T")
R = TypeVar("R")


def over_processes(jobs: int, worth: int = WORTH_PROCESSES, batch: int = 300) -> Executor:
    """Return an executor over up to so many processes, which are not started for fewer items than `worth`.

    Processes get items in batches. It raises CouldNotRunError when the machine ends one of the processes.
    """

    def executor(
        items: Iterable[T], work: Callable[[T, ValidationContext], R], context: ValidationContext
    ) -> Iterator[R]:
        waiting = iter(items)
        first = list(islice(waiting, worth if jobs > 1 else 0))
        if len(first) < worth:
            return serially(chain(first, waiting), work, context)
        from feeds.parallel.processes import work_with_processes  # noqa: PLC0415 - few runs have so much to do

        return work_with_processes(chain(first, waiting), work, context, jobs, batch)

    return executor
