"""Keep every record's identity: which id it was published under first.

The ledger is a file of lines like `"news/a.md" = "urn:uuid:…"`, sorted by path and meant to be committed, so that
git merges it line by line; it is TOML too. A second id behind the first is what the record's address would make now,
where that differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from feeds.diagnostics.problem import CouldNotRunError

_HEAD = "# The ids under which records are published. feeds keeps this file; commit it.\n"


class Identity(NamedTuple):
    """Hold the id of a record, and the id that its address made when it was last seen."""

    id: str
    made: str


class Known(NamedTuple):
    """Hold what the records say now: the id that a record's address makes, and whether the record names its own."""

    made: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """Hold the identities of records by their paths below the source."""

    identities: Mapping[str, Identity]

    def to_text(self) -> str:
        """Return the ledger as it is written."""
        return _HEAD + "".join(f"{_line(path, identity)}\n" for path, identity in sorted(self.identities.items()))


def read_ledger(path: Path) -> Ledger | None:
    """Return the ledger in a file, or nothing if there is no such file. Raises CouldNotRunError if it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise CouldNotRunError(f"{path}: the ledger of ids cannot be read: {error}") from None
    return Ledger(dict(_parsed(path, lines)))


def settle(ledger: Ledger, records: Mapping[str, Known], files: Iterable[str]) -> Ledger:
    """Return the ledger with the identities that records have from now on.

    A record keeps its id when its address changes and when its file is renamed; a new one never takes an id that was
    used. `records`, oldest first, and `files` are named by their paths; a file whose record is held back is no record.
    Of records that share an address only the first has an identity: the others are twins, and never published.
    """
    settled, present = dict(ledger.identities), set(files)
    gone = {known.made: path for path, known in settled.items() if path not in present}
    for path, known in records.items():
        if known.is_own:
            settled[path] = Identity(known.made, known.made)
        elif path in settled:
            settled[path] = Identity(settled[path].id, known.made)
    holders = {identity.id: path for path, identity in settled.items()}
    for path, known in records.items():
        if path not in settled:
            holder = holders.get(known.made)
            if known.made in gone:
                settled[path] = Identity(settled.pop(gone.pop(known.made)).id, known.made)
            elif holder is None or settled[holder].made != known.made:
                settled[path] = Identity(_unused(known.made, holders), known.made)
            else:
                continue
            holders[settled[path].id] = path
    return Ledger(settled)


def _unused(made: str, holders: Mapping[str, str]) -> str:
    """Return the id that an address makes, or another one made of it if that has been used for another address."""
    identity, number = made, 1
    while identity in holders:
        number += 1
        identity = uuid5(NAMESPACE_URL, f"{made}#{number}").urn
    return identity


def _line(path: str, identity: Identity) -> str:
    ids = identity.id if identity.id == identity.made else [identity.id, identity.made]
    return f"{json.dumps(path)} = {json.dumps(ids)}"


def _parsed(ledger: Path, lines: list[str]) -> Iterator[tuple[str, Identity]]:
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            try:
                path, end = json.JSONDecoder().raw_decode(line)
                ids = json.loads(line[end:].strip().removeprefix("="))
                yield str(path), Identity(ids, ids) if isinstance(ids, str) else Identity(*map(str, ids))
            except (ValueError, TypeError, RecursionError):
                expected = 'expected a line like "news/a.md" = "urn:uuid:..."; after a merge, keep the older id'
                raise CouldNotRunError(f"{ledger}:{number}:1: this is no line of a ledger; {expected}") from None
