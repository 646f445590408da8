"""An executor over the workers of a Dask cluster."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from feeds.diagnostics.problem import CouldNotRunError
from feeds.installation import install_command
from feeds.parallel.dask_task import DaskTask, run_task, task_for
from feeds.validation.context import ValidationContext
from feeds.validation.executor import Executor

if TYPE_CHECKING:
    from distributed import Client, Future

_SCHEME = "dask://"
_BATCH = 250
_AHEAD = 3  # batches running or queued per thread of the cluster, which keeps them in memory
_FEWEST_AHEAD = 4  # for clusters that start workers only when there is work
_SECONDS_TO_CONNECT = 5
_SECONDS_WITHOUT_WORKERS = 30  # a killed worker restarts in two or three

T = TypeVar("T")
R = TypeVar("R")


def over_cluster(address: str) -> Executor:
    """Return an executor over the Dask cluster whose scheduler is at an address, as in dask://10.0.0.1:8786.

    Every worker needs this program, and the records at the same path. If a worker is killed, others repeat its
    work. The executor raises CouldNotRunError when `distributed` is not installed, when the scheduler or all workers
    are gone, and when a worker has another version of the program or cannot find the records.
    """

    def executor(
        items: Iterable[T], work: Callable[[T, ValidationContext], R], context: ValidationContext
    ) -> Iterator[R]:
        waiting = iter(items)
        first = list(islice(waiting, 1))
        return _worked_on(chain(first, waiting), work, task_for(context), address) if first else iter(())

    return executor


def _worked_on(
    items: Iterator[T], work: Callable[[T, ValidationContext], R], dask_task: DaskTask, address: str
) -> Iterator[R]:
    with _connected(address) as client:
        under_way: deque[Future] = deque()
        while batch := list(islice(items, _BATCH)):
            under_way.append(client.submit(run_task, dask_task, batch, work, pure=False))
            if len(under_way) >= max(_FEWEST_AHEAD, _AHEAD * _threads(client)):
                yield from _result(under_way.popleft(), client, address)
        while under_way:
            yield from _result(under_way.popleft(), client, address)


def _result(future: Future, client: Client, address: str) -> list[R]:
    """Wait for the result of a batch while there are workers."""
    without_workers = 0
    while without_workers < _SECONDS_WITHOUT_WORKERS:
        try:
            result: list[R] = future.result(timeout=1)
        except TimeoutError:
            without_workers = 0 if _threads(client) else without_workers + 1
        else:
            return result
    raise CouldNotRunError(f"{address}: the cluster has no workers; waited {_SECONDS_WITHOUT_WORKERS} seconds for one")


def _threads(client: Client) -> int:
    return sum(client.nthreads().values())


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """Connect to a cluster; tasks are cancelled at the end, also after errors."""
    distributed = _import_distributed()
    scheduler = f"tcp://{address.removeprefix(_SCHEME)}"
    try:
        asyncio.run(asyncio.wait_for(_greet(scheduler), _SECONDS_TO_CONNECT))
        client = distributed.Client(scheduler, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError):
        raise CouldNotRunError(
            f"{address}: no scheduler of Dask answers there; start one with: dask scheduler"
        ) from None
    try:
        yield client
    except (asyncio.CancelledError, Exception) as error:
        reason = _reason(error, client)
        if not reason:
            raise
        raise CouldNotRunError(f"{address}: {reason}") from error
    finally:
        with suppress(Exception):  # the connection may be lost
            client.close(timeout=1)


def _reason(error: BaseException, client: Client) -> str:
    """Return how the cluster caused an error, or "" if it did not."""
    if isinstance(error, CouldNotRunError):
        return ""
    if type(error).__name__ == "KilledWorker":
        return "the same records ended one worker after the other; give them memory"
    # When the scheduler ends, the error depends on what was running, but the status does not.
    if isinstance(error, asyncio.CancelledError | OSError) or client.status != "running":
        return "the connection to the scheduler was lost; run again"
    if isinstance(error, ModuleNotFoundError):
        return f"a worker has no {error.name}; install the same feeds there as here"
    is_unknown = isinstance(error, RuntimeError) and "deserialization" in str(error)
    return "the scheduler has no such feeds; install the same there as here" if is_unknown else ""


async def _greet(scheduler: str) -> None:
    """Perform the handshake, as a client would wait forever if the server is not a scheduler."""
    from distributed.core import connect  # noqa: PLC0415 - few runs have a cluster

    (await connect(scheduler, timeout=_SECONDS_TO_CONNECT)).abort()


def _import_distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415 - optional dependency
    except ModuleNotFoundError:
        raise CouldNotRunError(f"a cluster needs more packages: {install_command('dask')}") from None
    import logging  # noqa: PLC0415 - the same

    for name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # errors are reported by feeds
    return distributed
