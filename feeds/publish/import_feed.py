"""Import a feed: write one record for each new item, and never overwrite a person's work."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.locations import below, lies_in, resolved
from feeds.model.global_id import is_iri
from feeds.publish.atomic_write import differs, remove_all_left_behind, remove_left_behind, replace_file
from feeds.publish.checked_draft import CheckedDraft, check_draft
from feeds.publish.feed_history import History
from feeds.publish.import_entry import Entry, digest_of, entries_of
from feeds.publish.import_images import FOLDER as IMAGES
from feeds.publish.import_images import ImageStore
from feeds.publish.import_notes import ImportNotes
from feeds.publish.import_state import STATE, ImportedFile, ImportState, read_state, state_text
from feeds.publish.inputs import Validators
from feeds.publish.item_losses import losses_of_content, remainder_of
from feeds.publish.item_needs import address_of
from feeds.publish.item_record import draft_of
from feeds.publish.known_records import KnownRecords, known_records
from feeds.publish.record_file import RecordStyle
from feeds.publish.record_name import record_name
from feeds.records.posts.preset_keys import preset_losses
from feeds.records.posts.presets import PRESETS
from feeds.regular_file import read_regular
from feeds.sources.addresses import shown
from feeds.sources.entry import MAX_BYTES
from feeds.store.id_ledger import Ledger, read_ledger
from feeds.url_identity import normal_url
from feeds.validation.context import ValidationContext, context_for
from feeds.validation.identity_doubts import Identity

_UNFINISHED = frozenset({"history", "not-imported"})


class ImportResult(NamedTuple):
    """What an import did: new and updated files, and how many items were unchanged.

    Files are `edited` if they were changed by hand and their items have changed as well. Items are `removed` if their
    files were deleted after an earlier import, and `known` if they are in other records or in those of another feed.
    Without `is_modified` the feed was not read, as it is still the version of the last import. It `is_first` if no
    item of the feed was in the folder.
    """

    new: tuple[Path, ...] = ()
    updated: tuple[Path, ...] = ()
    edited: tuple[Path, ...] = ()
    unchanged: int = 0
    removed: int = 0
    known: int = 0
    problems: tuple[Problem, ...] = ()
    is_modified: bool = True
    is_first: bool = False


def import_feed(
    history: History, folder: Path, config: Config, style: RecordStyle, *, with_images: bool
) -> ImportResult:
    """Write a record into a folder for each item that has none, and the ids of all items into the ledger.

    A file is updated when its item has changed, unless it was edited since it was imported. Importing the same feed
    again changes nothing. Raises CouldNotRunError when a file cannot be read or written.
    """
    if not history.documents:
        return ImportResult(is_modified=False)
    run = _Import(history, folder, config, style, with_images=with_images)
    for entry in entries_of(history):
        run.take(entry)
    run.finish()
    return run.result()


@dataclass
class _Import:
    """The state of one import."""

    history: History
    folder: Path
    config: Config
    style: RecordStyle
    with_images: bool = field(kw_only=True)

    def __post_init__(self) -> None:
        self._context: ValidationContext = context_for(self.config)
        schema = None if self.config.has_posts else self.config.schema  # about posts, not about drafts
        self._schema = context_for(self.config._replace(preset="", fields={}, site=None, schema=schema))
        for name in (self.folder, self.folder / IMAGES):
            remove_all_left_behind(name)
        if self.config.ledger:
            remove_left_behind(self.config.ledger)
        self._former = read_state(self.folder)
        self._state, self._validators = dict(self._former.files), dict(self._former.validators)
        ledger = read_ledger(self.config.ledger) if self.config.ledger else None
        self._ledger: dict[str, Identity] = dict(ledger.identities) if ledger else {}
        self._source = self._source_of_ids()
        own = {self._ledger_key(name) for name in self._state}
        self._known: KnownRecords = known_records(
            self._source,
            {(self.folder / name).as_posix() for name in self._state},
            {
                identity.id: self._source / path
                for path, identity in self._ledger.items()
                if path not in own and (self._source / path).exists()
            },
            self._context,
        )
        self._by_id = {file.id: name for name, file in self._state.items()}
        self._by_link = {normal_url(file.link): name for name, file in self._state.items() if file.link}
        entries = entries_of(self.history)
        self._ids = {entry.identity for entry in entries}
        self._feed = self.history.documents[0]
        self.style = self.style._replace(site=self.config.home_page or self._feed.parsed.feed.link)
        self._links = Counter(normal_url(address_of(entry.item, entry.feed)[0]) for entry in entries)
        self._names = {name.casefold() for name in self._state}
        self._images = ImageStore(self.folder, self._feed.name) if self.with_images else None
        self._done: dict[str, list[Path]] = {"new": [], "updated": [], "edited": []}
        self._counts: Counter[str] = Counter()
        self._notes = ImportNotes()
        feed_keys = {entry.feed_key for entry in entries}
        self._is_first = not feed_keys & {file.feed for file in self._former.files.values()}
        documents = (problem for document in self.history.documents for problem in document.problems)
        self._problems: list[Problem] = [*documents, *self.history.problems]

    def take(self, entry: Entry) -> None:
        """Write or update the record of an item, if needed."""
        name = self._name_of(entry)
        if self._is_elsewhere(name, entry):
            if name is not None or not self._take_over(entry):
                self._counts["known"] += 1
        elif name is None:
            self._add(entry)
        elif not (self.folder / name).exists():
            self._counts["removed"] += 1
        elif self._state[name].item == entry.digest:
            self._counts["unchanged"] += 1
        else:
            self._update(name, entry)

    def finish(self) -> None:
        """Write the ledger and the state of the import."""
        has_changed = self._state != self._former.files
        if has_changed and self.config.ledger:
            content = Ledger(self._ledger).to_text().encode()
            if differs(self.config.ledger, [content]):
                replace_file(self.config.ledger, [content])
        name = shown(self._feed.name)
        if has_changed or name not in self._validators:  # some servers send new validators each time
            self._validators[name] = self._feed.validators if self._is_complete() else Validators()
        state = state_text(ImportState(self._state, self._validators))
        if state != state_text(self._former):
            replace_file(self.folder / STATE, [state.encode()])

    def _is_complete(self) -> bool:
        """Return whether the next import of the same feed would do nothing."""
        images = self._images.problems if self._images else []
        return not images and not any(problem.rule in _UNFINISHED for problem in self._problems)

    def result(self) -> ImportResult:
        """Return the result."""
        images = self._images.problems if self._images else []
        return ImportResult(
            tuple(self._done["new"]),
            tuple(self._done["updated"]),
            tuple(self._done["edited"]),
            self._counts["unchanged"],
            self._counts["removed"],
            self._counts["known"],
            (*self._problems, *self._notes.problems(self._feed if self._is_first else None), *images),
            is_first=self._is_first,
        )

    def _name_of(self, entry: Entry) -> str | None:
        """Return the file of an item by its id, else by its address unless the file is that of another item."""
        name = self._by_id.get(entry.identity)
        if name is None and entry.item.link:
            name = self._by_link.get(normal_url(entry.item.link))
            if name is not None and self._state[name].id in self._ids:
                return None
        return name

    def _is_elsewhere(self, name: str | None, entry: Entry) -> bool:
        """Return whether an item is in a record that was imported from another feed or not imported at all."""
        if name is None:
            return self._known.file_of(entry.item.id, entry.item.link) is not None
        return self._state[name].feed not in {"", entry.feed_key}

    def _take_over(self, entry: Entry) -> bool:
        """Return whether the record of an item is one that a killed import wrote; add it to the state."""
        path = self._known.file_of(entry.item.id, entry.item.link)
        draft = self._draft(entry, path) if path and path.parent == self.folder and self._is_in(path, entry) else None
        if path and draft:
            self._put(path.name, entry, draft, "new")
            self._names.add(path.name.casefold())
        return draft is not None

    def _is_in(self, path: Path, entry: Entry) -> bool:
        """Return whether a file is the record of an item as it would be written now."""
        checked = self._checked(entry, path)
        return isinstance(checked, CheckedDraft) and not differs(path, [checked.content])

    def _add(self, entry: Entry) -> None:
        draft = self._draft(entry)
        if draft is None:
            return
        content = draft.content
        name = record_name(draft.data, self.style.suffix, entry.identity, lambda name: self._is_taken(name, content))
        self._put(name, entry, draft, "new")
        self._names.add(name.casefold())

    def _update(self, name: str, entry: Entry) -> None:
        path, former = self.folder / name, self._state[name]
        if _digest_of_file(path) != former.file and not self._is_in(path, entry):  # as it is if an import was killed
            self._state[name] = former._replace(item=entry.digest)  # it is reported once
            self._done["edited"].append(path)
            return
        draft = self._draft(entry, path)
        if draft is not None:
            self._put(name, entry, draft, "updated")

    def _put(self, name: str, entry: Entry, draft: CheckedDraft, outcome: str) -> None:
        path, content = self.folder / name, draft.content
        digests = entry.digest, digest_of(content)
        self._state[name] = ImportedFile(entry.identity, entry.item.link, *digests, entry.feed_key)
        key = self._ledger_key(name)
        served = entry.item.id if is_iri(entry.item.id) else ""
        self._ledger[key] = draft.identity(self._ledger[key].id if key in self._ledger else served)
        self._by_id.setdefault(entry.identity, name)
        if entry.item.link:
            self._by_link.setdefault(normal_url(entry.item.link), name)
        if differs(path, [content]):
            replace_file(path, [content])
            self._done[outcome].append(path)
        else:
            self._counts["unchanged"] += 1

    def _draft(self, entry: Entry, path: Path | None = None) -> CheckedDraft | None:
        """Return the draft of an item's record; if there cannot be one, note a problem."""
        checked = self._checked(entry, path)
        if isinstance(checked, CheckedDraft):
            self._note_losses(entry, checked)
            return checked
        message = f"the item {checked}"
        self._problems.append(Problem(entry.source.name, entry.span, "not-imported", message, "", "error"))
        return None

    def _checked(self, entry: Entry, path: Path | None) -> CheckedDraft | str:
        """Return the draft of an item's record, or why there cannot be one."""
        if entry.size > MAX_BYTES:  # filtering HTML takes a multiple of its size
            return f"has more than {MAX_BYTES // 2**20} MiB of text, which no record can have"
        link = normal_url(address_of(entry.item, entry.feed)[0])
        others = self._by_link.get(link)
        is_shared = self._links[link] > 1 or (others is not None and self.folder / others != path)
        draft = draft_of(entry.item, entry.feed, entry.newest, needs_id=is_shared)
        if self._images:
            self._images.complete(draft.data.get("images", []))
        return check_draft(draft, (path or self.folder / f"new{self.style.suffix}"), self.style, self._schema)

    def _note_losses(self, entry: Entry, draft: CheckedDraft) -> None:
        self._notes.add("added", entry, entry.substitutes)
        self._notes.add("lost", entry, [*losses_of_content(entry.item), *draft.lost])
        if self.style.preset:
            lost = preset_losses(draft.data, PRESETS[self.style.preset], self.style.site)
            self._notes.add("lost", entry, lost)
        if entry.item.id and not is_iri(entry.item.id):
            self._notes.add("lost", entry, ["id that is no whole URI"])
        self._notes.add_remainder(entry, remainder_of(entry.item, draft.data))

    def _is_taken(self, name: str, content: bytes) -> bool:
        path = self.folder / name
        return name.casefold() in self._names or (path.exists() and differs(path, [content]))

    def _source_of_ids(self) -> Path:
        source = self.config.source
        return source if isinstance(source, Path) and lies_in(resolved(self.folder), resolved(source)) else self.folder

    def _ledger_key(self, name: str) -> str:
        return below((self.folder / name).as_posix(), self._source)


def _digest_of_file(path: Path) -> str:
    try:
        return digest_of(read_regular(path))
    except OSError as error:
        raise CouldNotRunError(f"{path}: cannot be read: {error.strerror}") from None
