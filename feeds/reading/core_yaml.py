"""Load YAML by the core schema of YAML 1.2.2 (section 10.3), keeping the place of every value.

PyYAML parses; what it makes of plain scalars (YAML 1.1) is replaced: timestamps, `yes` and `NO` stay text,
`12:30` is no number, `<<` is a key like any other, a key given twice is a mistake, and no tag makes objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_DEPTH = 100
MAX_NODES = 100_000
MAX_DIGITS = 400

_TAG = "tag:yaml.org,2002:"
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_OPENS_LEVEL = re.compile(r"[\[{]|[-?](?=\s)")

# CSafeLoader is missing where PyYAML was built without libyaml.
_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _CoreLoader(_BaseLoader):  # type: ignore[misc]  # the base is chosen at run time
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own shape


def _resolve(kind: str, pattern: re.Pattern[str], first: str) -> None:
    whole = re.compile(f"(?:{pattern.pattern})\\Z")
    _CoreLoader.add_implicit_resolver(_TAG + kind, whole, list(first) if first else [""])


_resolve("null", _NULL, "~nN")
_resolve("null", _NULL, "")
_resolve("bool", _BOOL, "tTfF")
_resolve("int", _INT, "-+0123456789")
_resolve("float", _FLOAT, "-+.0123456789")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Name a mistake at a character offset of the YAML text."""

    offset: int
    rule: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """Hold the plain data of a YAML text together with the nodes that know each value's place."""

    data: Any
    root: yaml.Node | None
    mistakes: tuple[Mistake, ...] = ()

    def offset(self, route: tuple[str | int, ...], *, at_key: bool = False) -> int:
        """Return the character offset of the value at a route, or of its key; of the nearest that exists."""
        node, place = self.root, self.root
        for step in route:
            found = _child(node, step)
            if not found:
                break
            key, node = found
            place = key if at_key else node
        return _index(place) if place else 0


def load(text: str) -> Tree:
    """Parse YAML text of one document into plain data: dict, list, str, int, float, bool and None.

    Mistakes do not raise: they are in the tree, whose data then leaves out what was wrong.
    """
    try:
        too_deep = _first_too_deep(text)
        if too_deep is not None:
            remedy = "write it flat; a record needs a handful of levels"
            mistake = Mistake(too_deep, "yaml-too-deep", f"nested more than {MAX_DEPTH} levels deep", remedy)
            return Tree(None, None, (mistake,))
        root = yaml.compose(text, Loader=_CoreLoader)
    except yaml.MarkedYAMLError as error:
        return Tree(None, None, (_syntax_mistake(error),))
    except yaml.reader.ReaderError as error:
        mistake = Mistake(0, "yaml-syntax", f"a character that YAML does not allow: {error.reason}")
        return Tree(None, None, (mistake,))
    if root is None:
        return Tree(None, None)
    size = _Size()
    if size.of(root) > MAX_NODES or size.has_cycle:
        message = f"the aliases stand for more than {MAX_NODES} values"
        mistake = Mistake(_index(root), "yaml-alias", message, "write the values out")
        return Tree(None, root, (mistake,))
    construction = _Construction()
    data = construction.value(root)
    return Tree(data, root, tuple(construction.mistakes))


_HINTS = (
    ("mapping values are not allowed", "a colon in a value without quotes", 'put the value in quotes: key: "a: b"'),
    ("found character '\\t'", "a tab where YAML wants spaces", "indent with spaces"),
    ("cannot start any token", "a character that no value can begin with", "put the value in quotes"),
    ("found unexpected end of stream", "a quote that is never closed", "close the quotation mark"),
    ("expected <block end>", "something that does not belong to this level", "check the indentation and the quotes"),
    ("could not find expected ':'", "a line that is neither a key nor part of a value", "write `key: value`"),
    ("expected a single document", "a second document in the front matter", "keep one mapping between the fences"),
    ("found undefined alias", "an alias without an anchor", "put a value that begins with * in quotes"),
)


def _syntax_mistake(error: yaml.MarkedYAMLError) -> Mistake:
    said = error.problem or "cannot be parsed"
    mark = error.problem_mark or error.context_mark
    for part, message, remedy in _HINTS:
        if part in said:
            if part == "found unexpected end of stream":
                mark = error.context_mark or mark
            return Mistake(mark.index if mark else 0, "yaml-syntax", message, remedy)
    return Mistake(mark.index if mark else 0, "yaml-syntax", f"not valid YAML: {said}", "put the value in quotes")


def _first_too_deep(text: str) -> int | None:
    """Return where the nesting passes the limit; composing recurses on the C stack and would crash there."""
    indentation = max(map(len, re.findall(r"^[ ]+", text, re.MULTILINE)), default=0)
    if len(_OPENS_LEVEL.findall(text)) + 2 * indentation <= MAX_DEPTH:
        return None  # each level takes at least one of these, and most records have few
    depth = 0
    for event in yaml.parse(text, Loader=_CoreLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return _index(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


@dataclass(slots=True)
class _Size:
    """Count the values that a tree stands for once its aliases are written out."""

    known: dict[int, int] = field(default_factory=dict)
    has_cycle: bool = False

    def of(self, node: yaml.Node) -> int:
        if isinstance(node, yaml.ScalarNode):
            return 1
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


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


class _Construction:
    """Make plain data of nodes, noting what the core schema does not know."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
            return [self.value(child) for child in node.value]
        if isinstance(node, yaml.ScalarNode) and node.tag in _SCALARS:
            return self._scalar(node)
        self._note(node, "yaml-tag", f"the tag {_short_tag(node.tag)} is not allowed here", "remove the tag")
        return None

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._note(key, "yaml-key", "a list or mapping cannot be a key", "write a plain word as the key")
            elif key.value in data:
                self._note(key, "duplicate-key", f'the key "{key.value}" is given twice', "remove one of the two")
            else:
                data[key.value] = self.value(value)
        return data

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        pattern, convert = _SCALARS[node.tag]
        if pattern and (not pattern.fullmatch(node.value) or len(node.value) > MAX_DIGITS):
            what = "a number that long" if len(node.value) > MAX_DIGITS else f"{_short_tag(node.tag)} like this"
            self._note(node, "yaml-value", f"there is no {what}", "put the value in quotes, or correct it")
            return None
        value = convert(node.value)
        if isinstance(value, float) and value - value != 0:
            self._note(node, "yaml-value", f'"{node.value}" is not a finite number', "write a number, or leave it out")
            return None
        return value

    def _note(self, node: yaml.Node, rule: str, message: str, remedy: str) -> None:
        self.mistakes.append(Mistake(_index(node), rule, message, remedy))


def _index(node: yaml.Node | yaml.Event) -> int:
    return int(node.start_mark.index) if node.start_mark else 0


def _short_tag(tag: str) -> str:
    return tag.replace(_TAG, "!!")


def _int(text: str) -> int:
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


def _float(text: str) -> float:
    return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))


_SCALARS: dict[str, tuple[re.Pattern[str] | None, Any]] = {
    _TAG + "str": (None, str),
    _TAG + "null": (_NULL, lambda _: None),
    _TAG + "bool": (_BOOL, lambda text: text.lower() == "true"),
    _TAG + "int": (_INT, _int),
    _TAG + "float": (_FLOAT, _float),
}
