"""Record what an import wrote: the item of each file, and digests of both.

The file `.feeds-import` is in the folder of the records and is meant to be committed. It has lines like
`"2024-05-01-a.html" = ["urn:uuid:…", "https://example.org/a", "9f86d081884c7d65", "60303ae22b998861"]`, sorted by
path: the id of the item, its address, digests of the item and of the file as it was written, and the key of its feed.
The line of a feed's address has the ETag and the Last-Modified of the version that was imported.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from feeds.publish.conversion.inputs import Validators
from feeds.store.line_file import pairs_text, read_pairs
from feeds.urls import is_web_address

STATE = ".feeds-import"
_HEAD = "# What feeds import wrote. feeds keeps this file; commit it.\n"
_UNFIT = f"this is no line of {STATE}; expected what an import wrote; after a merge, keep one line for each file"


class ImportedFile(NamedTuple):
    """An imported file: id and address of its item, digests of the item and of the file, the key of its feed."""

    id: str
    link: str
    item: str
    file: str
    feed: str = ""


class ImportState(NamedTuple):
    """The imported files by name, and the validators of feeds by address."""

    files: Mapping[str, ImportedFile]
    validators: Mapping[str, Validators]


def read_state(folder: Path) -> ImportState:
    """Return the state of former imports into a folder. Raises CouldNotRunError if it cannot be read."""
    path, files, validators = folder / STATE, dict[str, ImportedFile](), dict[str, Validators]()
    for name, values in read_pairs(path, "the list of imported records", _parse, _UNFIT) if path.exists() else ():
        if isinstance(values, Validators):
            validators[name] = values
        else:
            files[name] = values
    return ImportState(files, validators)


def state_text(state: ImportState) -> str:
    """Return the text of a state."""
    validators = {name: each for name, each in state.validators.items() if any(each)}
    return _HEAD + pairs_text(validators | dict(state.files))


def _parse(name: str, values: Any) -> ImportedFile | Validators:
    texts = map(str, values)
    return Validators(*texts) if is_web_address(name) else ImportedFile(*texts)
