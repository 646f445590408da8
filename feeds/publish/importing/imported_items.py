"""Find the items that imports have written to a folder, by id and by address."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from feeds.publish.files.atomic_write import differs
from feeds.publish.importing.import_entry import ImportEntry
from feeds.publish.importing.import_state import ImportedFile
from feeds.publish.importing.item_needs import address_of
from feeds.url_identity import normal_url


class ImportedItems:
    """The imported files of a folder by name, and the items of the feed that is being imported.

    `published` has the names of files by the ids with which they are published, which the feed may have changed since.
    """

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, ImportedFile],
        entries: Sequence[ImportEntry],
        published: Mapping[str, str],
    ) -> None:
        self.files = dict(files)
        self._folder = folder
        self._names = {name.casefold() for name in files}
        self._by_id = {**published, **{file.id: name for name, file in files.items()}}
        self._by_link = {normal_url(file.link): name for name, file in files.items() if file.link}
        self._ids = {entry.identity for entry in entries}
        self._times = Counter(map(_address_of, entries))

    def put(self, name: str, file: ImportedFile) -> None:
        """Add a file, or what has become of one."""
        self.files[name] = file
        self._names.add(name.casefold())
        self._by_id.setdefault(file.id, name)
        if file.link:
            self._by_link.setdefault(normal_url(file.link), name)

    def name_of(self, entry: ImportEntry) -> str | None:
        """Return the file of an item by its id, else by its address, unless the file is that of another item."""
        name = self._by_id.get(entry.identity)
        if name is None and entry.item.link:
            name = self._by_link.get(normal_url(entry.item.link))
        if name is None or self.files[name].id == entry.identity:
            return name
        return None if self.files[name].id in self._ids else name

    def is_taken(self, name: str, content: bytes) -> bool:
        """Return whether a file of another item has a name, or one with other content."""
        path = self._folder / name
        return name.casefold() in self._names or (path.exists() and differs(path, [content]))

    def shares_address(self, entry: ImportEntry, path: Path | None) -> bool:
        """Return whether an item, whose file is at a path, has the address of another one."""
        address = _address_of(entry)
        name = self._by_link.get(address)
        return self._times[address] > 1 or (name is not None and self._folder / name != path)


def _address_of(entry: ImportEntry) -> str:
    return normal_url(address_of(entry.item, entry.feed)[0])
