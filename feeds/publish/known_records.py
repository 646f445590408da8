"""Find the articles of records that were not imported."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from feeds.records.post_files import excluded_by
from feeds.sources.files import find_files
from feeds.url_identity import normal_url
from feeds.validation.check_file import check_file
from feeds.validation.context import ValidationContext


class KnownRecords(NamedTuple):
    """The ids and addresses of existing records."""

    ids: frozenset[str]
    links: frozenset[str]

    def has(self, identity: str, link: str) -> bool:
        """Return whether there is a record of an item, by its id, else by its address."""
        return identity in self.ids or bool(link and normal_url(link) in self.links)


def known_records(
    source: Path, imported: Collection[str], ledger_ids: Collection[str], context: ValidationContext
) -> KnownRecords:
    """Return the articles of a source's records, without imported ones."""
    ids, links = set(ledger_ids), set()
    entries = find_files([source], excluded=excluded_by(context.config)) if source.is_dir() else ()
    for entry in entries:
        if not isinstance(entry, str) or entry in imported:
            continue
        for key, value in check_file(entry, context).dedupe_keys:
            if key == "id":
                ids.add(value)
            else:
                links.add(normal_url(value))
    return KnownRecords(frozenset(ids), frozenset(links))
