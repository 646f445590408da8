"""Examine files on several processors at once, in the order of the files."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from pathlib import Path

from feeds.checking.examination import Examined, examine
from feeds.checking.policy import Policy, policy_of
from feeds.config import Config
from feeds.problem import CouldNotRun, Problem

_BATCH = 100
_AHEAD = 3  # batches in work or waiting to be taken for each process: what they hold stays in memory

_policy: Policy | None = None  # of a worker process, for as long as it lives


def examine_with_workers(entries: Sequence[Path | Problem], policy: Policy, jobs: int) -> Iterator[Examined]:
    """Yield what comes of files, examined by several processes, a bounded number of files ahead.

    Raises CouldNotRun when the machine ends one of the processes.
    """
    batches = (entries[start : start + _BATCH] for start in range(0, len(entries), _BATCH))
    pool = ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(policy.config, policy.now))
    under_way: deque[Future[list[Examined]]] = deque()
    try:
        for batch in batches:
            under_way.append(pool.submit(_examine_batch, batch))
            if len(under_way) >= jobs * _AHEAD:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()
    except BrokenProcessPool:
        raise CouldNotRun("a process that reads records was ended; run again with --jobs 1") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare(config: Config, now: datetime | None) -> None:
    global _policy  # noqa: PLW0603 - a process is told once what to hold records against
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells the others when to end
    _policy = policy_of(config, now)


def _examine_batch(batch: Sequence[Path | Problem]) -> list[Examined]:
    if _policy is None:
        raise RuntimeError("a worker was not prepared")
    return [examine(entry, _policy) for entry in batch]
