"""Validate the draft of a record before it is written; leave out optional values that are invalid."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from feeds.diagnostics.problem import Problem
from feeds.model.record import Record
from feeds.publish.importing.item_record import RecordDraft
from feeds.publish.importing.record_file import RecordStyle, record_text
from feeds.validation.check_file import check_bytes
from feeds.validation.content_keys import content_key
from feeds.validation.context import ValidationContext
from feeds.validation.identities import is_own
from feeds.validation.identity_doubts import Identity
from feeds.validation.route import whole_value

_NEEDED = frozenset({"title", "publishedDateTime", "webUrl"})
_MOST_TRIES = 20


class CheckedDraft(NamedTuple):
    """A valid draft: the content of its file, its keys, the keys that were left out, and its Record."""

    content: bytes
    data: dict[str, Any]
    lost: tuple[str, ...]
    record: Record
    has_own_id: bool

    def identity(self, former: str) -> Identity:
        """Return the line of the ledger that gives the record a former id."""
        made = self.record.id
        key = content_key(self.record.title, self.record.published)
        return Identity(made if self.has_own_id else former or made, made, key)


def check_draft(draft: RecordDraft, path: Path, style: RecordStyle, context: ValidationContext) -> CheckedDraft | str:
    """Return a valid draft, or the reason why there cannot be one."""
    data, lost = deepcopy(draft.data), list[str]()
    if "webUrl" not in data:
        return "has no web address, nor has its feed, and a record needs one"
    for _ in range(_MOST_TRIES):
        ours = record_text(RecordDraft(data, draft.body), style._replace(preset=""))
        checked = check_bytes(path.as_posix(), ours.encode(errors="replace"), context)
        errors = [problem for problem in checked.problems if problem.is_error]
        if checked.record and not errors:
            content = record_text(RecordDraft(data, draft.body), style).encode(errors="replace")
            return CheckedDraft(content, data, tuple(lost), checked.record, is_own(checked.dedupe_keys))
        left_out = list(_left_out(errors, data))
        if not left_out:
            break
        lost += left_out
    return f"cannot be a record: {errors[0].message}" if errors else "cannot be a record"


def _left_out(errors: list[Problem], data: dict[str, Any]) -> Iterator[str]:
    """Remove invalid values that a record does not require, and yield their names."""
    routes = {whole_value(problem.route) for problem in errors if problem.route and problem.route[0] not in _NEEDED}
    for route in sorted(routes, key=repr, reverse=True):  # from the end of lists
        key = str(route[0])
        if len(route) > 1:
            del data[key][route[1]]
        if len(route) == 1 or not data[key]:
            data.pop(key, None)
        yield f"{key} that is not valid"
