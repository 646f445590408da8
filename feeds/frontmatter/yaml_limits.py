"""Reject YAML that would exhaust memory or the stack: deep nesting, aliases of aliases."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import yaml

from feeds.frontmatter.syntax_problem import SyntaxProblem
from feeds.frontmatter.yaml_errors import extent_of

MAX_DEPTH = 100
MAX_NODES = 100_000
MAX_CHARACTERS = 1024 * 1024

_TOO_DEEP = f"values are nested more than {MAX_DEPTH} levels deep"
_FLAT = "write it flat; a record needs a handful of levels"
_FEW_COLUMNS = 20
_SIGNS = ("[", "{", *(sign + blank for sign in "-?" for blank in " \t\r\n"))
_OPENINGS = re.compile(rf"(?:[\[{{]\s*+){{{MAX_DEPTH + 1}}}")
_OPENS_LEVEL = re.compile(r"[\[{]|[-?](?=\s)")


def too_deep(events: Iterable[yaml.Event], text: str) -> SyntaxProblem | None:
    """Return a problem if the nesting exceeds the limit, as composing recurses on the C stack and would crash.

    The text is parsed into events only if it could be that deep.
    """
    # Each level takes at least an indicator or, for two, a column of indentation.
    signs = sum(map(text.count, _SIGNS))
    if signs + 2 * _FEW_COLUMNS <= MAX_DEPTH and " " * _FEW_COLUMNS not in text:
        return None  # true of most records
    indentation = max(map(len, re.findall(r"^[ ]+", text, re.MULTILINE)), default=0)
    if len(_OPENS_LEVEL.findall(text)) + 2 * indentation <= MAX_DEPTH:
        return None
    depth = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return SyntaxProblem(extent_of(event), "yaml-too-deep", _TOO_DEEP, _FLAT)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def too_deep_to_scan(text: str) -> SyntaxProblem | None:
    """Return a problem if more lists begin within each other than PyYAML scans before it knows how deep they are."""
    found = _OPENINGS.search(text)
    return SyntaxProblem(found.span(), "yaml-too-deep", _TOO_DEEP, _FLAT) if found else None


def too_large(root: yaml.Node, text: str) -> SyntaxProblem | None:
    """Return a problem if aliases expand to too many values, or to infinitely many."""
    if "*" not in text and len(text) < MAX_NODES:
        return None  # every value takes at least one character
    size, length = _Size(lambda _: 1), _Size(lambda scalar: len(scalar.value))
    for measure, most, unit in ((size, MAX_NODES, "values"), (length, MAX_CHARACTERS, "characters")):
        if measure.of(root) > most:
            if "*" not in text:
                message = f"the front matter has more than {most:,} {unit}"
                return SyntaxProblem(extent_of(root), "too-large", message, f"use fewer {unit}")
            message = f"the front matter stands for more than {most:,} {unit} once its aliases are written out"
            return SyntaxProblem(extent_of(root), "yaml-alias", message, f"use fewer {unit}, and no alias of an alias")
    if size.has_cycle:
        message = "an alias is inside the value that it names, which makes it endless"
        return SyntaxProblem(extent_of(root), "yaml-alias", message, "write the values out")
    return None


@dataclass(slots=True)
class _Size:
    """The size of a tree with its aliases expanded; `weigh` returns the size of one scalar."""

    weigh: Callable[[yaml.ScalarNode], int]
    known: dict[int, int] = field(default_factory=dict)
    has_cycle: bool = False

    def of(self, node: yaml.Node) -> int:
        if isinstance(node, yaml.ScalarNode):
            return self.weigh(node)
        if id(node) not in self.known:
            self.known[id(node)] = -1
            self.known[id(node)] = 1 + sum(map(self.of, _children(node)))
        if self.known[id(node)] < 0:
            self.has_cycle = True
        return self.known[id(node)]


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value
