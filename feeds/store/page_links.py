"""Update the pages that links of bodies lead to, for records of the index, when one of these changes."""

import json
import os
from datetime import datetime

from feeds.diagnostics.problem import Problem, Span
from feeds.store.database import Index
from feeds.store.rows import microseconds
from feeds.store.versions import rewrite
from feeds.validation.context import ValidationContext

_LINKS = """SELECT link.file, file.path, link.links, link.pages
    FROM link JOIN file ON file.number = link.file JOIN record ON record.file = link.file"""
_PAGES = """SELECT file.path, CASE WHEN is_published AND published <= ?1 AND (expires IS NULL OR expires > ?1)
    THEN link ELSE '' END FROM file LEFT JOIN record ON record.file = file.number"""


def link_pages(index: Index, context: ValidationContext, now: datetime) -> list[Problem]:
    """Set the pages of all links to source files as they are at `now`; return the problems of broken links.

    A record is hidden if that is an error, as the configuration may have it.
    """
    rows = index.connection.execute(_LINKS).fetchall()
    if not rows:
        return []
    from feeds.validation.source_pages import BodyLink, SourcePages, normal_path  # noqa: PLC0415 - few bodies have such

    pages = {
        normal_path(os.fsdecode(path)): page for path, page in index.connection.execute(_PAGES, (microseconds(now),))
    }
    source_pages, problems = SourcePages(pages.get, lambda: pages), list[Problem]()
    for number, path, links, known in rows:
        body_links = [BodyLink(name, Span(*span)) for name, span in json.loads(links)]
        linked = source_pages.linked_from(os.fsdecode(path), body_links)
        graded = context.graded(linked.problems)
        problems += graded
        if any(problem.is_error for problem in graded):
            index.hide([number])
        packed = json.dumps(linked.pages)
        if packed != known:
            rewrite(index, number, index.record(number)._replace(links=linked.pages))
            index.connection.execute("UPDATE link SET pages = ? WHERE file = ?", (packed, number))
    return problems
