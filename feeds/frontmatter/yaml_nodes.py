"""Parse YAML into nodes by the core schema of YAML 1.2.2 (section 10.3).

PyYAML parses by YAML 1.1, so its resolution of plain scalars is replaced: timestamps, `yes`, `NO` and `12:30` stay
text.
"""

import re
from functools import lru_cache
from typing import Any

import yaml

TAG = "tag:yaml.org,2002:"
NULL = re.compile(r"~|null|Null|NULL|")
BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

# CSafeLoader is missing where PyYAML was built without libyaml.
_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CoreLoader(_BaseLoader):  # type: ignore[misc]  # the base is chosen at run time
    """PyYAML's safe loader with the plain scalars of the core schema."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own shape


for _kind, _pattern, _first in (
    ("null", NULL, ("~", "n", "N", "")),
    ("bool", BOOL, "tTfF"),
    ("int", INT, "-+0123456789"),
    ("float", FLOAT, "-+.0123456789"),
):
    CoreLoader.add_implicit_resolver(TAG + _kind, re.compile(f"(?:{_pattern.pattern})\\Z"), [*_first])


def compose(text: str) -> yaml.Node | None:
    """Return the node tree of a text, with positions."""
    return yaml.compose(text, Loader=CoreLoader)


def child_of(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the key and value nodes of an entry of a mapping, or an item of a list as both."""
    if isinstance(node, yaml.MappingNode):
        return _entries(node).get(step)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


@lru_cache(maxsize=8)
def _entries(node: yaml.MappingNode) -> dict[str | int, tuple[yaml.Node, yaml.Node]]:
    """Return the entries of a mapping by key, as searching a large mapping for each would take minutes."""
    return {key.value: (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
