"""Read and write the ledger: the id that each record was first published under.

The ledger is a file of lines like `"news/a.md" = ["urn:uuid:…", "urn:uuid:…", "1f3a9c2e 2020-01-01T00:00:00Z"]`, sorted
by path and meant to be committed, so that git merges it line by line; it is also valid TOML. The second id is the one
made of the record's address when it was last seen; the text after it is a digest of the title, and the date. Lines of
older versions lack some of these.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from feeds.config.required_text import required_text
from feeds.diagnostics.problem import CouldNotRunError
from feeds.validation.identity_doubts import Identity

_HEAD = "# The ids under which records are published. feeds keeps this file; commit it.\n"


class Ledger(NamedTuple):
    """The identities of records by their paths below the source."""

    identities: Mapping[str, Identity]

    def to_text(self) -> str:
        """Return the text of the ledger."""
        return _HEAD + "".join(f"{_line(path, identity)}\n" for path, identity in sorted(self.identities.items()))


def read_ledger(path: Path) -> Ledger | None:
    """Return the ledger in a file, or None without one. Raises CouldNotRunError if it cannot be read."""
    if not os.path.lexists(path):  # a link to nothing must not look like none
        return None
    lines = required_text(path, "the ledger of ids").splitlines()
    return Ledger(_without_repetition(path, _parsed(path, lines)))


def _line(path: str, identity: Identity) -> str:
    return f"{json.dumps(path)} = {json.dumps(identity)}"


def _without_repetition(ledger: Path, parsed: Iterator[tuple[str, Identity]]) -> dict[str, Identity]:
    identities: dict[str, Identity] = {}
    for path, identity in parsed:
        if identities.setdefault(path, identity).id != identity.id:
            raise CouldNotRunError(
                f"{ledger}: two ids for {json.dumps(path)}; after a merge, keep the line of the older id"
            )
        identities[path] = identity
    return identities


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
