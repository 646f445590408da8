"""An executor over processes, used if there are enough items."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

from feeds.validation.context import ValidationContext
from feeds.validation.executor import Executor, serially

# Starting a process takes some 10 ms; checking a file takes less than 1 ms.
WORTH_PROCESSES = 500

T = TypeVar("T")
R = TypeVar("R")


def over_processes(jobs: int, worth: int = WORTH_PROCESSES, batch: int = 300) -> Executor:
    """Return an executor over at most `jobs` processes, which are not started for fewer items than `worth`.

    Processes get items in batches. It raises CouldNotRunError when a process is killed.
    """

    def executor(
        items: Iterable[T], work: Callable[[T, ValidationContext], R], context: ValidationContext
    ) -> Iterator[R]:
        waiting = iter(items)
        first = list(islice(waiting, worth if jobs > 1 else 0))
        if len(first) < worth:
            return serially(chain(first, waiting), work, context)
        from feeds.parallel.processes import work_with_processes  # noqa: PLC0415 - few runs need it

        return work_with_processes(chain(first, waiting), work, context, jobs, batch)

    return executor
