"""Read and write the ledger: the id that each record was first published under.

The ledger is a file of lines like `"news/a.md" = ["urn:uuid:…", "urn:uuid:…", "1f3a9c2e 2020-01-01T00:00:00Z"]`, sorted
by path and meant to be committed, so that git merges it line by line; it is also valid TOML. The second id is the one
made of the record's address when it was last seen; the text after it is a digest of the title, and the date. Lines of
older versions lack some of these.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from feeds.diagnostics.problem import CouldNotRunError
from feeds.store.line_file import pairs_text, read_pairs
from feeds.validation.identity_doubts import Identity

_HEAD = "# The ids under which records are published. feeds keeps this file; commit it.\n"
_UNFIT = (
    'this is no line of a ledger; expected a line like "news/a.md" = "urn:uuid:..."; after a merge, keep the older id'
)


class Ledger(NamedTuple):
    """The identities of records by their paths below the source."""

    identities: Mapping[str, Identity]

    def to_text(self) -> str:
        """Return the text of the ledger."""
        return _HEAD + pairs_text(self.identities)


def read_ledger(path: Path | None) -> Ledger | None:
    """Return the ledger in a file, or None without one. Raises CouldNotRunError if it cannot be read."""
    if not path or not os.path.lexists(path):  # a link to nothing must not look like none
        return None
    identities: dict[str, Identity] = {}
    for name, identity in read_pairs(path, "the ledger of ids", _identity, _UNFIT):
        if identities.setdefault(name, identity).id != identity.id:
            raise CouldNotRunError(
                f"{path}: two ids for {json.dumps(name)}; after a merge, keep the line of the older id"
            )
        identities[name] = identity
    return Ledger(identities)


def _identity(_: str, ids: Any) -> Identity:
    return Identity(ids, ids) if isinstance(ids, str) else Identity(*map(str, ids))
