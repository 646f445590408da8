"""Write front matter as YAML with every string quoted, so that all parsers read the same."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

# Unescaped in JSON, but not printable in YAML 1.2.2 (section 5.1), or a line break.
_NOT_PLAIN = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def write_front_matter(data: Mapping[str, Any]) -> str:
    """Return front matter with its fences, keys in the given order."""
    return "\n".join(["---", *_mapping(data, ""), "---", ""])


def write_headers(data: Mapping[str, Any]) -> str:
    """Return front matter as `Key: value` lines and an empty line; list items are separated by semicolons."""
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
