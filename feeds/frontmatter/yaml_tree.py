"""The data of a YAML text; positions are computed on demand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml

    from feeds.diagnostics.problem import Route
    from feeds.frontmatter.syntax_problem import SyntaxProblem


@dataclass(frozen=True)
class Tree:
    """The plain data of a YAML text, and the positions of its values."""

    text: str
    data: Any
    problems: tuple[SyntaxProblem, ...] = ()

    @cached_property
    def root(self) -> yaml.Node | None:
        """Return the node tree, parsed again, as it is rarely needed."""
        from feeds.frontmatter.yaml_loader import compose  # noqa: PLC0415 - most files are never asked for it

        return compose(self.text)

    def extent(self, route: Route, *, at_key: bool = False) -> tuple[int, int]:
        """Return the character offsets at which the value at a route, or its key, begins and ends.

        If the route does not exist, this is the extent of the nearest value above it. A list or mapping is located
        at its first line.
        """
        from feeds.frontmatter.yaml_errors import extent_of  # noqa: PLC0415 - the same
        from feeds.frontmatter.yaml_loader import child_of  # noqa: PLC0415 - the same

        node: Any = self.root
        found = node
        for step in route:
            child = child_of(node, step)
            if not child:
                break
            key, node = child
            found = key if at_key else node
        if not found:
            return 0, 0
        start, end = extent_of(found)
        first_line = end if found.id == "scalar" else self.text.find("\n", start, end)
        return start, start + len(self.text[start : first_line if first_line >= 0 else end].rstrip())
