"""Load YAML by the core schema of YAML 1.2.2 (section 10.3), with the span of every value.

`<<` is an ordinary key, a duplicate key is a problem, and no tag creates an object.
"""

import re
from typing import Any

import yaml

from feeds.frontmatter.odd_blank import blanks_in_the_way, odd_blank_in
from feeds.frontmatter.syntax_problem import NUMBER_REMEDY, SyntaxProblem
from feeds.frontmatter.yaml_errors import extent_of, syntax_problem
from feeds.frontmatter.yaml_limits import too_deep, too_deep_to_scan, too_large
from feeds.frontmatter.yaml_nodes import BOOL, FLOAT, INT, NULL, TAG, CoreLoader, compose
from feeds.frontmatter.yaml_tree import YamlTree
from feeds.text import quoted

MAX_DIGITS = 400


def load_yaml(text: str) -> YamlTree:
    """Parse one YAML document into plain data: dict, list, str, int, float, bool and None.

    The text has no character that YAML does not allow. Errors are problems of the tree, whose data lacks the values
    concerned.
    """
    try:
        root = None if (problem := too_deep(yaml.parse(text, Loader=CoreLoader), text)) else compose(text)
    except yaml.MarkedYAMLError as error:
        root, problem = None, _odd_blank(text) or too_deep_to_scan(text) or syntax_problem(error, text)
    if isinstance(root, yaml.ScalarNode):
        problem = _odd_blank(text)
    problem = problem or (too_large(root, text) if root else None)
    if problem or not root:
        return YamlTree(text, None, (problem,) if problem else ())
    construction = _Construction()
    data = construction.value(root)
    return YamlTree(text, data, tuple(construction.problems), root)


def _odd_blank(text: str) -> SyntaxProblem | None:
    extent = blanks_in_the_way(text, _fails_at)
    if not extent:
        return None
    message = f"{odd_blank_in(text[extent[0] :])}, which YAML does not take for a blank"
    return SyntaxProblem(extent, "yaml-syntax", message, "write a plain blank instead")


def _fails_at(text: str) -> int:
    """Return the offset at which parsing a text as a mapping fails."""
    try:
        return len(text) + 1 if isinstance(compose(text), yaml.MappingNode) else 0
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return int(mark.index) if mark else 0


class _Construction:
    """A constructor of plain data from nodes that collects problems."""

    def __init__(self) -> None:
        self.problems: list[SyntaxProblem] = []

    def value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode) and node.tag == TAG + "map":
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode) and node.tag == TAG + "seq":
            return [self.value(child) for child in node.value]
        if isinstance(node, yaml.ScalarNode) and node.tag in _SCALARS:
            return self._scalar(node)
        message = f"the tag {_short_tag(node.tag)} is not allowed"
        self._note(node, "yaml-tag", message, "remove it, or put the value in quotes")
        return None

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                remedy = "put a value that begins with { or [ in quotes"
                self._note(key, "yaml-key", "a list or mapping cannot be a key", remedy)
                continue
            if key.value in data:
                self._note(key, "duplicate-key", f'the key "{key.value}" is given twice', "remove one of the two")
            data[key.value] = self.value(value)
        return data

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        pattern, convert = _SCALARS[node.tag]
        if pattern and len(node.value) > MAX_DIGITS:
            message = f"a number of {len(node.value)} digits is too long"
            self._note(node, "yaml-value", message, "put the value in quotes, or correct it")
            return None
        if pattern and not pattern.fullmatch(node.value):
            message = f"{quoted(node.value)} is not what its tag {_short_tag(node.tag)} says"
            self._note(node, "yaml-value", message, "correct it, or remove the tag")
            return None
        value = convert(node.value)
        if isinstance(value, float) and value - value != 0:
            message = f'"{node.value}" is not a finite number'
            self._note(node, "yaml-value", message, NUMBER_REMEDY)
            return None
        return value

    def _note(self, node: yaml.Node, rule: str, message: str, remedy: str) -> None:
        self.problems.append(SyntaxProblem(extent_of(node), rule, message, remedy))


def _short_tag(tag: str) -> str:
    return tag.replace(TAG, "!!")


def _int(text: str) -> int:
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


def _float(text: str) -> float:
    return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))


_SCALARS: dict[str, tuple[re.Pattern[str] | None, Any]] = {
    TAG + "str": (None, str),
    TAG + "null": (NULL, lambda _: None),
    TAG + "bool": (BOOL, lambda text: text.lower() == "true"),
    TAG + "int": (INT, _int),
    TAG + "float": (FLOAT, _float),
}
