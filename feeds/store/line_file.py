"""Read and write files of lines like `"key" = value`: valid TOML, which git merges line by line."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from feeds.config.required_text import required_text
from feeds.diagnostics.problem import CouldNotRunError

T = TypeVar("T")


def read_pairs(path: Path, what: str, parse: Callable[[str, Any], T], unfit: str) -> Iterator[tuple[str, T]]:
    """Yield each key with what `parse` makes of it and its value; in messages, the file is `what`.

    Raises CouldNotRunError for a file that cannot be read, and with the words of `unfit` for any other line.
    """
    for number, line in enumerate(required_text(path, what).splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                key, end = json.JSONDecoder().raw_decode(line)
                yield str(key), parse(str(key), json.loads(line[end:].strip().removeprefix("=")))
            except (ValueError, TypeError, RecursionError):
                raise CouldNotRunError(f"{path}:{number}:1: {unfit}") from None


def pairs_text(values: Mapping[str, object]) -> str:
    """Return the lines of values, sorted by key."""
    return "".join(f"{json.dumps(key)} = {json.dumps(value)}\n" for key, value in sorted(values.items()))
