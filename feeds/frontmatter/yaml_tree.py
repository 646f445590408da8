"""The data of a YAML text; positions are computed on demand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml

    from feeds.diagnostics.problem import Route
    from feeds.frontmatter.syntax_problem import SyntaxProblem


class YamlTree:
    """The plain data of a YAML text, and the positions of its values; without nodes the text is parsed for these."""

    def __init__(
        self, text: str, data: Any, problems: tuple[SyntaxProblem, ...] = (), nodes: yaml.Node | None = None
    ) -> None:
        self.text, self.data, self.problems, self._nodes = text, data, problems, nodes

    @cached_property
    def root(self) -> yaml.Node | None:
        """Return the root of the nodes."""
        if self._nodes:
            return self._nodes
        from feeds.frontmatter.yaml_nodes import compose  # noqa: PLC0415 - most files are never asked for it

        return compose(self.text)

    def with_data(self, data: Any) -> YamlTree:
        """Return a tree with other data; values keep the positions of their routes."""
        return YamlTree(self.text, data, self.problems, self._nodes)

    def extent(self, route: Route, *, at_key: bool = False) -> tuple[int, int]:
        """Return the character offsets at which the value at a route, or its key, begins and ends.

        If the route does not exist, this is the extent of the nearest value above it. A list or mapping is located
        at its first line.
        """
        from feeds.frontmatter.yaml_errors import extent_of  # noqa: PLC0415 - the same
        from feeds.frontmatter.yaml_nodes import child_of  # noqa: PLC0415 - the same

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
