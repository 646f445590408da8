"""Remember what an import wrote: which item each file is of, and what both looked like.

The file `.feeds-import` lies in the folder of the records and is meant to be committed. It has lines like
`"2024-05-01-a.html" = ["urn:uuid:…", "https://example.org/a", "9f86d081884c7d65", "60303ae22b998861"]`, sorted by
path: the id of the item, its address, and digests of the item and of the file as it was written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from feeds.diagnostics.problem import CouldNotRunError
from feeds.regular_file import text_of

STATE = ".feeds-import"
_HEAD = "# What feeds import wrote. feeds keeps this file; commit it.\n"


class ImportedFile(NamedTuple):
    """A file of an import: the id and the address of its item, the digest of the item, and that of the file."""

    id: str
    link: str
    item: str
    file: str


def read_state(folder: Path) -> dict[str, ImportedFile]:
    """Return what is known of files by their names. Raises CouldNotRunError if that cannot be read."""
    path = folder / STATE
    try:
        lines = text_of(path).splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise CouldNotRunError(f"{path}: cannot be read: {error}") from None
    known = {}
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            name, file = _parsed(line, f"{path}:{number}:1")
            known[name] = file
    return known


def state_text(known: Mapping[str, ImportedFile]) -> str:
    """Return what is known of files as it is written."""
    lines = (f"{json.dumps(name)} = {json.dumps(file)}\n" for name, file in sorted(known.items()))
    return _HEAD + "".join(lines)


def _parsed(line: str, place: str) -> tuple[str, ImportedFile]:
    try:
        name, end = json.JSONDecoder().raw_decode(line)
        return str(name), ImportedFile(*map(str, json.loads(line[end:].strip().removeprefix("="))))
    except (ValueError, TypeError, RecursionError):
        expected = "expected what an import wrote; after a merge, keep one line for each file"
        raise CouldNotRunError(f"{place}: this is no line of {STATE}; {expected}") from None
