"""Resolve links of bodies to source files, for records that were just read."""

from collections.abc import Iterable
from datetime import datetime

from feeds.diagnostics.problem import Problem
from feeds.records.excluded_files import excluded_by
from feeds.sources.files import read_bytes
from feeds.validation.check_file import CheckedFile, check_bytes
from feeds.validation.context import ValidationContext
from feeds.validation.source_pages import SourcePages, normal_path


def link_files(
    files: list[CheckedFile], others: Iterable[str], context: ValidationContext
) -> tuple[list[CheckedFile], list[Problem]]:
    """Return files with the pages that their bodies link to, and the problems of such links.

    `others` are paths of files that may be linked to; they are read on demand.
    """
    pages = {normal_path(file.path): _page_of(file, context.now) for file in files}
    excluded = excluded_by(context.config)

    def page_at(path: str) -> str | None:
        if path not in pages:
            content = None if excluded.covers(path) else read_bytes(path)
            found = check_bytes(path, content, context) if isinstance(content, bytes) else None
            pages[path] = _page_of(found, context.now) if found else None
        return pages[path]

    source_pages = SourcePages(page_at, lambda: [*(file.path for file in files), *others])
    linked, problems = [], list[Problem]()
    for file in files:
        found = source_pages.linked_from(file.path, file.links)
        graded = context.graded(found.problems)
        problems += graded
        is_refused = any(problem.is_error for problem in graded)
        record = file.record._replace(links=found.pages) if file.record and not is_refused else None
        linked.append(file._replace(record=record))
    return linked, problems


def _page_of(file: CheckedFile, now: datetime | None) -> str | None:
    record = file.record
    is_due = record and not (now and (record.published > now or (record.expires and record.expires <= now)))
    return record.link if record and record.is_published and is_due else ""
