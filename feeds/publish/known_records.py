"""Find which articles records that no import wrote are about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from feeds.records.post_files import excluded_by
from feeds.sources.files import find_files
from feeds.url_identity import normal_url
from feeds.validation.check_file import check_file
from feeds.validation.context import ValidationContext


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """The ids and addresses of records that were there before."""

    ids: frozenset[str]
    links: frozenset[str]

    def has(self, identity: str, link: str) -> bool:
        """Return whether an item is one of the records, by its id, else by its address."""
        return identity in self.ids or bool(link and normal_url(link) in self.links)


def known_records(
    source: Path, imported: Collection[str], ledger_ids: Collection[str], context: ValidationContext
) -> KnownRecords:
    """Return what the records of a source are about, those that an import wrote left out."""
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
