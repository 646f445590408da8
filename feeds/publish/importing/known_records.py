"""Find the records of a source that no import wrote, so that an import does not write their articles again."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from feeds.records.excluded_files import excluded_by
from feeds.sources.files import find_files
from feeds.url_identity import normal_url
from feeds.validation.check_file import check_file
from feeds.validation.context import ValidationContext


class KnownRecords(NamedTuple):
    """The files of existing records, by their ids and by their addresses."""

    ids: Mapping[str, Path]
    links: Mapping[str, Path]

    def file_of(self, identity: str, link: str) -> Path | None:
        """Return the file of an item's record, by its id, else by its address, or None."""
        return self.ids.get(identity) or (self.links.get(normal_url(link)) if link else None)


def known_records(
    source: Path, imported: Collection[str], in_ledger: Mapping[str, Path], context: ValidationContext
) -> KnownRecords:
    """Return the existing records of a source, without the files that were `imported`."""
    ids, links = dict(in_ledger), dict[str, Path]()
    entries = find_files([source], excluded=excluded_by(context.config)) if source.is_dir() else ()
    for entry in entries:
        if not isinstance(entry, str) or entry in imported:
            continue
        for key, value in check_file(entry, context).dedupe_keys:
            if key == "id":
                ids.setdefault(value, Path(entry))
            else:
                links.setdefault(normal_url(value), Path(entry))
    return KnownRecords(ids, links)
