"""Read the configuration of other programs as data: YAML, TOML, JSON, and constants in Python and JavaScript."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_SIMPLE = r"\b{key}\s*[:=]\s*(['\"`])(?P<value>[^'\"`\n$]*)\1"


class _Loader(yaml.SafeLoader):
    """YAML with tags of other programs, which count as nothing."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def read_yaml(path: Path) -> dict[str, Any]:
    """Return a mapping in YAML, without values that have tags of other programs."""
    settings = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)  # noqa: S506 - it makes plain data only
    return settings if isinstance(settings, dict) else {}


def read_data(path: Path) -> dict[str, Any]:
    """Return a mapping in TOML, JSON or YAML, as the suffix says."""
    if path.suffix == ".toml":
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    if path.suffix == ".json":
        return dict(json.loads(path.read_text(encoding="utf-8-sig")))
    return read_yaml(path)


def read_constants(path: Path) -> dict[str, Any]:
    """Return the constants that a Python file assigns to names."""
    found: dict[str, Any] = {}
    for node in ast.parse(path.read_text(encoding="utf-8-sig")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


def read_script(path: Path, *keys: str) -> dict[str, str]:
    """Return texts that a JavaScript or TypeScript file gives to keys, if they are written out."""
    text = re.sub(r"(?m)^\s*//.*$", "", path.read_text(encoding="utf-8-sig"))
    found = {key: re.search(_SIMPLE.format(key=key), text) for key in keys}
    return {key: match["value"] for key, match in found.items() if match}


def text_in(data: Mapping[str, Any], *keys: str) -> str:
    """Return the first text or number under one of some keys, or nothing."""
    return next((str(data[key]) for key in keys if isinstance(data.get(key), str | int) and data[key] != ""), "")
