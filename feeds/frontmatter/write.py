"""Write front matter: YAML in which every text is in quotes, so that no parser takes it for anything else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

# What JSON leaves as it is, and YAML 1.2.2 (section 5.1) does not call printable, or takes for a line break.
_NOT_PLAIN = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def write_front_matter(data: Mapping[str, Any]) -> str:
    """Return front matter with its fences; its keys are in the order given."""
    return "\n".join(["---", *_mapping(data, ""), "---", ""])


def write_headers(data: Mapping[str, Any]) -> str:
    """Return front matter as lines of `Key: value`, which end with an empty one; lists are divided by semicolons."""
    lines = (f"{key.capitalize()}: {_on_one_line(value)}" for key, value in data.items())
    return "\n".join([*lines, "", ""])


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = key if _KEY.fullmatch(key) else _scalar(key)
        if isinstance(value, Mapping):
            yield f"{indent}{name}:"
            yield from _mapping(value, f"{indent}  ")
        elif isinstance(value, list):
            yield f"{indent}{name}:"
            yield from _items(value, f"{indent}  ")
        else:
            yield f"{indent}{name}: {_scalar(value)}"


def _items(values: list[Any], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *others = _mapping(value, f"{indent}  ")
            yield f"{indent}- {first.strip()}"
            yield from others
        else:
            yield f"{indent}- {_scalar(value)}"


def _scalar(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return _NOT_PLAIN.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def _on_one_line(value: Any) -> str:
    texts = value if isinstance(value, list) else [value]
    return "; ".join(" ".join(str(text).split()) for text in texts)
