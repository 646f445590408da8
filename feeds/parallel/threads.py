"""Run slow work of the system in threads."""

from collections.abc import Callable, Sequence
from threading import Thread
from typing import TypeVar

_MOST = 16

T = TypeVar("T")


def in_threads(work: Callable[[T], object], items: Sequence[T], begin: Callable[[], object]) -> None:
    """Do some work for each item, in this thread and up to 15 others, which call `begin` first; raise its first error.

    `concurrent.futures` does the same, but importing it takes as long as syncing a file.
    """
    waiting, errors = iter(items), list[Exception]()

    def take() -> None:
        try:
            for item in waiting:
                work(item)
        except Exception as error:  # noqa: BLE001 - it is raised below
            errors.append(error)

    def take_elsewhere() -> None:
        begin()
        take()

    threads = list[Thread]()
    try:
        for _ in items[1:_MOST]:
            thread = Thread(target=take_elsewhere)
            thread.start()
            threads.append(thread)
    except RuntimeError:  # the system gives no more threads
        pass
    try:
        take()
    finally:
        for thread in threads:
            thread.join()
    if errors:
        raise errors[0]
