"""Front matter in a language whose parser forgets where values stood: they are found again when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from feeds.diagnostics.problem import Route
from feeds.frontmatter.yaml_errors import SyntaxProblem

Extent = tuple[int, int]


class Extents(NamedTuple):
    """The character offsets between which each key and each value stands, by the route to the value."""

    keys: Mapping[Route, Extent]
    values: Mapping[Route, Extent]


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

    def extent(self, route: Route, *, at_key: bool = False) -> Extent:
        """Return the character offsets at which the value at a route, or its key, begins and ends.

        Where the route leads nowhere, the nearest value that exists counts.
        """
        keys, values = self._extents
        for length in range(len(route), 0, -1):
            step = tuple(route[:length])
            found = keys.get(step) if at_key else None
            if found := found or values.get(step):
                return found
        return 0, 0
