"""What an executor is: it does the same work on many items, wherever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from feeds.sources.prefetch import fetched
from feeds.validation.context import ValidationContext

T = TypeVar("T")
R = TypeVar("R")


class Executor(Protocol):
    """Do the same work on each item, wherever, and yield the results in the order of the items.

    Items are only taken a bounded number ahead of the results, so that neither need be held as a whole.
    `work` is a function of a module, so that other processes find it by its name.
    """

    def __call__(
        self, items: Iterable[T], work: Callable[[T, ValidationContext], R], context: ValidationContext
    ) -> Iterator[R]:
        """Yield what the work makes of each item."""


def serially(items: Iterable[T], work: Callable[[T, ValidationContext], R], context: ValidationContext) -> Iterator[R]:
    """Do the work here, on each item when its result is asked for."""
    return (work(item, context) for item in fetched(items))
