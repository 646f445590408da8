"""The interface of executors, which run the same work on many items."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from feeds.sources.prefetch import prefetch
from feeds.validation.context import ValidationContext

T = TypeVar("T")
R = TypeVar("R")


class Executor(Protocol):
    """A function that runs the same work on each item, and yields the results in the order of the items.

    It takes a bounded number of items ahead of the results, so that memory use stays constant. `work` is a
    module-level function, so that other processes can import it.
    """

    def __call__(
        self, items: Iterable[T], work: Callable[[T, ValidationContext], R], context: ValidationContext
    ) -> Iterator[R]:
        """Yield the result of the work on each item."""


def serially(items: Iterable[T], work: Callable[[T, ValidationContext], R], context: ValidationContext) -> Iterator[R]:
    """Run the work in this process, lazily."""
    return (work(item, context) for item in prefetch(items))
