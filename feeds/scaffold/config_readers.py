"""Read the configuration of other programs as data: YAML, TOML, JSON, and constants in Python."""

import ast
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from feeds.regular_file import read_regular_text


class _Loader(yaml.SafeLoader):
    """A YAML loader for files with unknown tags: `!ENV` gives its default, other tags None; dates stay text."""


def _default_of(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    if not isinstance(node, yaml.SequenceNode) or len(node.value) < 2:  # noqa: PLR2004 - a variable without a default
        return None
    return loader.construct_object(node.value[-1])


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)
_Loader.add_constructor("!ENV", _default_of)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _loader, node: node.value)


def lenient_text(path: Path | None) -> str:
    """Return the text of a file, with replacements for what is not UTF-8, or nothing if it is missing."""
    return path.read_text(encoding="utf-8-sig", errors="replace") if path and path.is_file() else ""


def read_yaml(path: Path) -> dict[str, Any]:
    """Return a mapping in YAML, without values that have tags of other programs. Raises ValueError for invalid YAML."""
    return _mapping(read_regular_text(path, "utf-8-sig"))


def read_front_matter(path: Path) -> dict[str, Any]:
    """Return the front matter of a page in YAML or TOML, or nothing if it is missing or unreadable."""
    fenced = r"(?P<fence>---|\+\+\+)[ \t]*\n(?P<text>.*?)\n(?P=fence)"
    match = re.match(fenced, lenient_text(path), re.DOTALL)
    try:
        if match and match["fence"] == "+++":
            return tomllib.loads(match["text"])
        return _mapping(match["text"]) if match else {}
    except ValueError:
        return {}


def _mapping(text: str) -> dict[str, Any]:
    try:
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506 - it makes plain data only
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    return loaded if isinstance(loaded, dict) else {}


def read_data(path: Path) -> dict[str, Any]:
    """Return a mapping in TOML, JSON or YAML, by suffix. Raises ValueError for anything else."""
    if path.suffix == ".toml":
        return tomllib.loads(read_regular_text(path, "utf-8-sig"))
    if path.suffix == ".json":
        loaded = json.loads(read_regular_text(path, "utf-8-sig"))
        return loaded if isinstance(loaded, dict) else {}
    return read_yaml(path)


def read_constants(path: Path) -> dict[str, Any]:
    """Return the constants that a Python file assigns; for `os.environ.get(name, default)` the default.

    Raises ValueError for invalid Python.
    """
    try:
        body = ast.parse(read_regular_text(path, "utf-8-sig")).body
    except SyntaxError as error:
        raise ValueError(str(error)) from None
    found: dict[str, Any] = {}
    for node in body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                found[target.id] = _constant(node.value, found)
    return found


def _constant(node: ast.expr, known: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Call) and len(node.args) > 1 and "env" in ast.unparse(node.func):
        return _constant(node.args[1], known)
    if isinstance(node, ast.BoolOp):
        return next((value for each in node.values if (value := _constant(each, known))), None)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _constant(node.left, known), _constant(node.right, known)
        return left + right if isinstance(left, str) and isinstance(right, str) else None
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
