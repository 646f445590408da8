"""Keep the ids of imported items in the ledger, so that a build serves the same ids."""

from collections.abc import Iterable
from pathlib import Path

from feeds.config.settings import Config
from feeds.locations import below, lies_in, resolved
from feeds.model.global_id import is_iri
from feeds.publish.files.atomic_write import remove_left_behind, replace_file
from feeds.publish.importing.checked_draft import CheckedDraft
from feeds.store.id_ledger import Ledger, read_ledger
from feeds.validation.identity_doubts import Identity


class ImportLedger:
    """The ledger of the source, or of a folder outside of it that an import writes to; it may have no file."""

    def __init__(self, folder: Path, config: Config) -> None:
        source = config.source
        is_inside = isinstance(source, Path) and lies_in(resolved(folder), resolved(source))
        self.source = source if isinstance(source, Path) and is_inside else folder
        self._folder, self._path = folder, config.ledger
        if self._path:
            remove_left_behind(self._path)
        known = read_ledger(self._path)
        self._identities: dict[str, Identity] = dict(known.identities) if known else {}

    def others(self, imported: Iterable[str]) -> dict[str, Path]:
        """Return the existing files of other records than the imported ones, by their ids."""
        own = set(map(self._key, imported))
        lines = self._identities.items()
        paths = {identity.id: self.source / path for path, identity in lines if path not in own}
        return {identity: path for identity, path in paths.items() if path.exists()}

    def ids_of(self, imported: Iterable[str]) -> dict[str, str]:
        """Return the imported files by the ids with which they are published."""
        lines = ((name, self._identities.get(self._key(name))) for name in imported)
        return {identity.id: name for name, identity in lines if identity}

    def put(self, name: str, draft: CheckedDraft, served: str) -> None:
        """Give the record in a file the id that it has, else the one that its feed has served, if that is a URI."""
        key = self._key(name)
        former = self._identities.get(key)
        self._identities[key] = draft.identity(former.id if former else served if is_iri(served) else "")

    def write(self) -> None:
        """Write the file, if it changes. Raises CouldNotRunError when it cannot be written."""
        if self._path:
            replace_file(self._path, [Ledger(self._identities).to_text().encode()])

    def _key(self, name: str) -> str:
        return below((self._folder / name).as_posix(), self.source)
