"""Front matter in a language whose parser forgets where values stood: they are found again when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from feeds.diagnostics.problem import Route
from feeds.frontmatter.syntax_problem import SyntaxProblem

Extent = tuple[int, int]


class Extents(NamedTuple):
    """The character offsets between which each key and each value stands, by the route to the value.

    `repeated` are keys that are given again in one mapping; `keys` has the last of them.
    """

    keys: Mapping[Route, Extent]
    values: Mapping[Route, Extent]
    repeated: Sequence[tuple[Route, Extent]] = ()


class FrontMatterTree(Protocol):
    """Plain data of front matter, mistakes in it, and where its values stand; `root` is there if it is YAML."""

    @property
    def text(self) -> str:
        """Return the front matter as it is written."""
        ...

    @property
    def data(self) -> Any:
        """Return what it holds: a mapping unless there is a mistake."""
        ...

    @property
    def problems(self) -> tuple[SyntaxProblem, ...]:
        """Return what is wrong with it."""
        ...

    @property
    def root(self) -> Any:
        """Return the nodes of YAML."""
        ...

    def extent(self, route: Route, *, at_key: bool = False) -> Extent:
        """Return the character offsets at which the value at a route, or its key, begins and ends."""
        ...


def with_data(tree: FrontMatterTree, data: Any) -> FrontMatterTree:
    """Return a tree that holds other data, whose values stand where those of the same routes do."""
    changed: FrontMatterTree = replace(tree, data=data)  # type: ignore[type-var]  # every tree is a dataclass
    return changed


@dataclass(frozen=True)
class IndexedTree:
    """Plain data of a text that is not YAML; `locate` returns where its values stand."""

    text: str
    data: Any
    locate: Callable[[str], Extents]
    problems: tuple[SyntaxProblem, ...] = ()
    root: None = None

    @cached_property
    def _extents(self) -> Extents:
        return self.locate(self.text)

    def locations_under(self, keys: Collection[str]) -> Iterator[Extent]:
        """Yield where what stands under any of the keys, at any depth, begins and ends."""
        return (extent for route, extent in self._extents.values.items() if any(step in keys for step in route))

    def extent(self, route: Route, *, at_key: bool = False) -> Extent:
        """Return the character offsets at which the value at a route, or its key, begins and ends.

        Where the route leads nowhere, the nearest value that exists counts.
        """
        keys, values, _ = self._extents
        for length in range(len(route), 0, -1):
            step = tuple(route[:length])
            found = keys.get(step) if at_key else None
            if found := found or values.get(step):
                return found
        start = len(self.text) - len(self.text.lstrip())
        return start, start + len(self.text[start:].partition("\n")[0].rstrip())
