"""Import a feed: write one record for each new item, and never overwrite a person's work."""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import NamedTuple

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.publish.conversion.conversion_rules import conversion_problem
from feeds.publish.conversion.inputs import Validators
from feeds.publish.files.atomic_write import differs, remove_all_left_behind, replace_file
from feeds.publish.files.disk_errors import translate_read_errors
from feeds.publish.files.end_signals import tidy_end
from feeds.publish.files.file_batch import FileBatch
from feeds.publish.importing.checked_draft import CheckedDraft
from feeds.publish.importing.feed_history import History
from feeds.publish.importing.import_drafts import ImportDrafts
from feeds.publish.importing.import_entry import ImportEntry, entries_of, short_digest
from feeds.publish.importing.import_images import FOLDER as IMAGES
from feeds.publish.importing.import_images import ImageStore
from feeds.publish.importing.import_ledger import ImportLedger
from feeds.publish.importing.import_state import STATE, ImportedFile, ImportState, read_state, state_text
from feeds.publish.importing.imported_items import ImportedItems
from feeds.publish.importing.known_records import known_records
from feeds.publish.importing.record_file import RecordStyle
from feeds.publish.importing.record_name import record_name
from feeds.regular_file import read_regular
from feeds.sources.visit import shown_url
from feeds.validation.context import context_for

_UNFINISHED = frozenset({"history", "not-imported"})


class ImportResult(NamedTuple):
    """What an import did: new and updated files, and how many items were unchanged.

    - `edited` files are not updated, because they were changed by hand since they were imported.
    - `removed` items are not written again, because their files were deleted after an earlier import.
    - `known` items are in records that were imported from another feed, or not imported at all.
    - `is_modified` is false if the feed is still the version of the last import, and so was not read.
    - `is_first` is true if no item of the feed was in the folder.
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
    with tidy_end():
        run = _Import(history, folder, config, style, with_images=with_images)
        with run.batch:
            for entry in run.entries:
                run.take(entry)
        run.finish()
        return run.result()


class _Import:
    """One import under way: what was there before, and what it has done so far."""

    def __init__(
        self, history: History, folder: Path, config: Config, style: RecordStyle, *, with_images: bool
    ) -> None:
        for name in (folder, folder / IMAGES):
            remove_all_left_behind(name)
        self.entries, repeats = entries_of(history)
        self._folder, self._suffix, self._feed = folder, style.suffix, history.documents[0]
        self.batch = FileBatch()
        self._former = read_state(folder)
        files = self._former.files
        self._ledger = ImportLedger(folder, config)
        self._items = ImportedItems(folder, files, self.entries, self._ledger.ids_of(files))
        imported = {(folder / name).as_posix() for name in files}
        self._known = known_records(self._ledger.source, imported, self._ledger.others(files), context_for(config))
        images = ImageStore(folder, self._feed.name) if with_images else None
        self._image_problems = images.problems if images else []
        style = style._replace(site=config.home_page or self._feed.parsed.feed.link)
        self._drafts = ImportDrafts(style, config, images)
        self._is_first = not {entry.feed_key for entry in self.entries} & {file.feed for file in files.values()}
        documents = (problem for document in history.documents for problem in document.problems)
        self._problems: list[Problem] = [*documents, *history.problems, *repeats]
        self._done: dict[str, list[Path]] = {"new": [], "updated": [], "edited": []}
        self._counts = Counter[str]()

    def take(self, entry: ImportEntry) -> None:
        """Write or update the record of an item, if needed, and count what was done."""
        name = self._items.name_of(entry)
        if name is not None and self._folder / name in self.batch:  # of another entry, which has the same address
            self.batch.commit()
        if name is None:
            self._add_unless_known(entry)
        elif self._items.files[name].feed not in {"", entry.feed_key}:  # imported from another feed
            self._counts["known"] += 1
        elif not (self._folder / name).exists():
            self._counts["removed"] += 1
        elif self._items.files[name].item == entry.digest:
            self._counts["unchanged"] += 1
        else:
            self._update(name, entry)

    def finish(self) -> None:
        """Write the ledger and the state of the import."""
        validators, name = dict(self._former.validators), shown_url(self._feed.name)
        has_changed = self._items.files != self._former.files
        if has_changed:
            self._ledger.write()
        if has_changed or name not in validators:  # some servers send new validators each time
            validators[name] = self._feed.validators if self._is_complete() else Validators()
        state = state_text(ImportState(self._items.files, validators))
        if state != state_text(self._former):
            replace_file(self._folder / STATE, [state.encode()])

    def _is_complete(self) -> bool:
        """Return whether the next import of the same feed would do nothing."""
        return not self._image_problems and not any(problem.rule in _UNFINISHED for problem in self._problems)

    def result(self) -> ImportResult:
        """Return the result."""
        notes = self._drafts.notes.problems(self._feed if self._is_first else None)
        return ImportResult(
            tuple(self._done["new"]),
            tuple(self._done["updated"]),
            tuple(self._done["edited"]),
            self._counts["unchanged"],
            self._counts["removed"],
            self._counts["known"],
            (*self._problems, *notes, *self._image_problems),
            is_first=self._is_first,
        )

    def _add_unless_known(self, entry: ImportEntry) -> None:
        """Write the record of an item that was not imported before, unless another record is about the same article."""
        path = self._known.file_of(entry.item.id, entry.item.link)
        if path is None:
            if draft := self._draft(entry):
                is_taken = partial(self._items.is_taken, content=draft.content)
                self._put(record_name(draft.data, self._suffix, entry.identity, is_taken), entry, draft, "new")
        elif path.parent == self._folder and self._is_in(path, entry) and (draft := self._draft(entry, path)):
            self._put(path.name, entry, draft, "new")  # an import that was killed has written it
        else:
            self._counts["known"] += 1

    def _is_in(self, path: Path, entry: ImportEntry) -> bool:
        """Return whether a file is the record of an item as it would be written now."""
        checked = self._checked(entry, path)
        return isinstance(checked, CheckedDraft) and not differs(path, [checked.content])

    def _update(self, name: str, entry: ImportEntry) -> None:
        path, former = self._folder / name, self._items.files[name]
        if _digest_of_file(path) != former.file and not self._is_in(path, entry):  # as it is if an import was killed
            self._items.files[name] = former._replace(item=entry.digest)  # it is reported once
            self._done["edited"].append(path)
            return
        draft = self._draft(entry, path)
        if draft is not None:
            self._put(name, entry, draft, "updated")

    def _put(self, name: str, entry: ImportEntry, draft: CheckedDraft, outcome: str) -> None:
        path, content = self._folder / name, draft.content
        digests = entry.digest, short_digest(content)
        self._items.put(name, ImportedFile(entry.identity, entry.item.link, *digests, entry.feed_key))
        self._ledger.put(name, draft, entry.item.id)
        if differs(path, [content]):
            self.batch.put(path, content)
            self._done[outcome].append(path)
        else:
            self._counts["unchanged"] += 1

    def _draft(self, entry: ImportEntry, path: Path | None = None) -> CheckedDraft | None:
        """Return the draft of an item's record; if there cannot be one, note a problem."""
        checked = self._checked(entry, path)
        if isinstance(checked, CheckedDraft):
            self._drafts.note_losses(entry, checked)
            return checked
        problem = conversion_problem(entry.source.name, "not-imported", f"the item {checked}", span=entry.span)
        self._problems.append(problem)
        return None

    def _checked(self, entry: ImportEntry, path: Path | None) -> CheckedDraft | str:
        needs_id = self._items.shares_address(entry, path)
        return self._drafts.make(entry, path or self._folder / f"new{self._suffix}", needs_id=needs_id)


def _digest_of_file(path: Path) -> str:
    with translate_read_errors(path):
        return short_digest(read_regular(path))
