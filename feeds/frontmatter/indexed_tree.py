"""Front matter whose parser returns no positions; values are located on demand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from feeds.diagnostics.problem import Route
from feeds.frontmatter.syntax_problem import SyntaxProblem

Extent = tuple[int, int]


class Extents(NamedTuple):
    """The character offsets of each key and each value, by the route to the value.

    `repeated` are the duplicates of keys in one mapping; `keys` has the last of them.
    """

    keys: Mapping[Route, Extent]
    values: Mapping[Route, Extent]
    repeated: Sequence[tuple[Route, Extent]] = ()


class FrontMatterTree(Protocol):
    """Front matter as plain data, its problems, and the positions of its values; `root` is set for YAML."""

    @property
    def text(self) -> str:
        """Return the source text."""
        ...

    @property
    def data(self) -> Any:
        """Return the data: a mapping unless there is a problem."""
        ...

    @property
    def problems(self) -> tuple[SyntaxProblem, ...]:
        """Return the syntax problems."""
        ...

    @property
    def root(self) -> Any:
        """Return the root node of YAML."""
        ...

    def extent(self, route: Route, *, at_key: bool = False) -> Extent:
        """Return the character offsets at which the value at a route, or its key, begins and ends."""
        ...

    def with_data(self, data: Any) -> FrontMatterTree:
        """Return a tree with other data; values keep the positions of their routes."""
        ...


class IndexedTree:
    """Plain data of a text that is not YAML; `locate` finds the positions of its values."""

    root: None = None

    def __init__(
        self, text: str, data: Any, locate: Callable[[str], Extents], problems: tuple[SyntaxProblem, ...] = ()
    ) -> None:
        self.text, self.data, self.locate, self.problems = text, data, locate, problems

    @cached_property
    def _extents(self) -> Extents:
        return self.locate(self.text)

    def with_data(self, data: Any) -> IndexedTree:
        """Return a tree with other data; values keep the positions of their routes."""
        return IndexedTree(self.text, data, self.locate, self.problems)

    def locations_under(self, keys: Collection[str]) -> Iterator[Extent]:
        """Yield the extents of values under any of the keys, at any depth."""
        return (extent for route, extent in self._extents.values.items() if any(step in keys for step in route))

    def extent(self, route: Route, *, at_key: bool = False) -> Extent:
        """Return the character offsets at which the value at a route, or its key, begins and ends.

        If the route does not exist, this is the extent of the nearest value above it.
        """
        keys, values, _ = self._extents
        for length in range(len(route), 0, -1):
            step = tuple(route[:length])
            found = keys.get(step) if at_key else None
            if found := found or values.get(step):
                return found
        start = len(self.text) - len(self.text.lstrip())
        return start, start + len(self.text[start:].partition("\n")[0].rstrip())
