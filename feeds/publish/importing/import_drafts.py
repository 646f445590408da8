"""Turn the items of a feed into drafts of records, and note what these cannot hold."""

from pathlib import Path

from feeds.config.settings import Config
from feeds.model.global_id import is_iri
from feeds.publish.conversion.item_losses import losses_of_content, remainder_of, unheld_elements
from feeds.publish.importing.checked_draft import CheckedDraft, check_draft
from feeds.publish.importing.import_entry import ImportEntry
from feeds.publish.importing.import_images import ImageStore
from feeds.publish.importing.import_notes import ImportNotes
from feeds.publish.importing.item_record import draft_of
from feeds.publish.importing.record_file import RecordStyle
from feeds.records.posts.preset_keys import preset_losses
from feeds.records.posts.presets import PRESETS
from feeds.sources.entry import MAX_BYTES
from feeds.validation.context import context_for


class ImportDrafts:
    """Drafts in one style, valid by the schema of the configuration; `images`, if any, stores what they show."""

    def __init__(self, style: RecordStyle, config: Config, images: ImageStore | None) -> None:
        schema = None if config.has_posts else config.schema  # about posts, not about drafts
        self._context = context_for(config._replace(preset="", fields={}, site=None, schema=schema))
        self._style, self._images = style, images
        self.notes = ImportNotes()

    def make(self, entry: ImportEntry, path: Path, *, needs_id: bool) -> CheckedDraft | str:
        """Return the draft of an item's record for a path, or why there cannot be one."""
        if entry.size > MAX_BYTES:  # filtering HTML takes a multiple of its size
            return f"has more than {MAX_BYTES // 2**20} MiB of text, which no record can have"
        draft = draft_of(entry.item, entry.feed, entry.fallback_date, needs_id=needs_id)
        if self._images:
            self._images.complete(draft.data.get("images", []))
        return check_draft(draft, path, self._style, self._context)

    def note_losses(self, entry: ImportEntry, draft: CheckedDraft) -> None:
        """Note what the draft adds to its item, and what it cannot hold of it."""
        self.notes.add("added", entry, entry.substitutes)
        self.notes.add("lost", entry, [*losses_of_content(entry.item), *draft.lost])
        parts, elements = unheld_elements(entry.item, draft.data)
        self.notes.add("lost", entry, parts)
        if self._style.preset:
            self.notes.add("lost", entry, preset_losses(draft.data, PRESETS[self._style.preset], self._style.site))
        if entry.item.id and not is_iri(entry.item.id):
            self.notes.add("lost", entry, ["id that is no whole URI, so readers take the item for a new one"])
        self.notes.add_remainder(entry, remainder_of(entry.item, draft.data)._replace(extensions=elements))
