"""Run work in parallel processes, in the order of the items."""

import gc
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from threading import Thread
from threading import enumerate as enumerate_threads
from typing import TypeVar

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.parallel.deferred_signals import defer
from feeds.sources.prefetch import prefetch
from feeds.validation.context import ValidationContext, context_for

_AHEAD = 3  # batches running or queued per process, which are kept in memory
_THREAD_OF_FSSPEC = "fsspecIO"

T = TypeVar("T")
R = TypeVar("R")

_worker_context: ValidationContext  # of a worker process, once it is prepared


def work_with_processes(
    items: Iterable[T], work: Callable[[T, ValidationContext], R], context: ValidationContext, jobs: int, batch: int
) -> Iterator[R]:
    """Yield the results of work on items, run in batches by several processes, a bounded number of items ahead.

    Raises CouldNotRunError when a process is killed.
    """
    waiting = iter(items)
    pool = ProcessPoolExecutor(jobs, _start_method(), initializer=_prepare, initargs=(context.config, context.now))
    under_way: deque[Future[list[R]]] = deque()
    try:
        while group := list(islice(waiting, batch)):
            with defer({signal.SIGINT}):  # it would show a traceback of a process that is just being started
                under_way.append(pool.submit(_work_on, group, work))
            if len(under_way) >= jobs * _AHEAD:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()
    except BrokenProcessPool:
        raise CouldNotRunError("a worker process was killed (out of memory?); try --jobs 1") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _start_method() -> BaseContext | None:
    """Return how to start processes: a fork may hang if this process runs a thread of fsspec."""
    has_thread = any(thread.name == _THREAD_OF_FSSPEC for thread in enumerate_threads())
    return get_context("spawn") if has_thread else None


def _prepare(config: Config, now: datetime | None) -> None:
    global _worker_context  # noqa: PLW0603 - a process gets its context once
    gc.freeze()  # or garbage collection would copy memory shared with the parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    _worker_context = context_for(config, now)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(first: BaseProcess) -> None:
    """Kill this process when its parent ends, even suddenly, as locks of the parent are held here too."""
    first.join()
    signal.raise_signal(signal.SIGKILL)


def _work_on(batch: list[T], work: Callable[[T, ValidationContext], R]) -> list[R]:
    return [work(item, _worker_context) for item in prefetch(batch)]
