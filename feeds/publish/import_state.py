"""Record what an import wrote: the item of each file, and digests of both.

The file `.feeds-import` is in the folder of the records and is meant to be committed. It has lines like
`"2024-05-01-a.html" = ["urn:uuid:…", "https://example.org/a", "9f86d081884c7d65", "60303ae22b998861"]`, sorted by
path: the id of the item, its address, digests of the item and of the file as it was written, and the key of its feed.
The line of a feed's address has the ETag and the Last-Modified of the version that was imported.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from feeds.config.required_text import required_text
from feeds.diagnostics.problem import CouldNotRunError
from feeds.publish.inputs import Validators
from feeds.urls import is_web_address

STATE = ".feeds-import"
_HEAD = "# What feeds import wrote. feeds keeps this file; commit it.\n"


class ImportedFile(NamedTuple):
    """An imported file: id and address of its item, digests of the item and of the file, the key of its feed."""

    id: str
    link: str
    item: str
    file: str
    feed: str = ""


class ImportState(NamedTuple):
    """The imported files by name, and the validators of feeds by address."""

    files: Mapping[str, ImportedFile] = {}
    validators: Mapping[str, Validators] = {}


def read_state(folder: Path) -> ImportState:
    """Return the state of former imports into a folder. Raises CouldNotRunError if it cannot be read."""
    path = folder / STATE
    if not path.exists():
        return ImportState()
    lines = required_text(path, "the list of imported records").splitlines()
    files, validators = dict[str, ImportedFile](), dict[str, Validators]()
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            name, values = _parsed(line, f"{path}:{number}:1")
            if isinstance(values, Validators):
                validators[name] = values
            else:
                files[name] = values
    return ImportState(files, validators)


def state_text(state: ImportState) -> str:
    """Return the text of a state."""
    validators = {name: each for name, each in state.validators.items() if any(each)}
    known = sorted((validators | dict(state.files)).items())
    return _HEAD + "".join(f"{json.dumps(name)} = {json.dumps(values)}\n" for name, values in known)


def _parsed(line: str, location: str) -> tuple[str, ImportedFile | Validators]:
    try:
        name, end = json.JSONDecoder().raw_decode(line)
        values = map(str, json.loads(line[end:].strip().removeprefix("=")))
        return str(name), Validators(*values) if is_web_address(str(name)) else ImportedFile(*values)
    except (ValueError, TypeError, RecursionError):
        expected = "expected what an import wrote; after a merge, keep one line for each file"
        raise CouldNotRunError(f"{location}: this is no line of {STATE}; {expected}") from None
