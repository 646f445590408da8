"""Find dates that no article has, and those that are still to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeds.dates import format_rfc3339, read_instant
from feeds.diagnostics.problem import START, Problem, Route, problem_at
from feeds.diagnostics.wording import name_of

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document
    from feeds.validation.context import ValidationContext

# The first moment that computers count from, in whatever zone: a date that was never set is often this one.
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)


def date_problems(document: Document, context: ValidationContext) -> Iterator[Problem]:
    """Yield what is doubtful about the dates of a record."""
    published = _instant(document, context, ("publishedDateTime",))
    updated = _instant(document, context, ("updatedDateTime",))
    yield from _unlikely(document, context)
    if published and updated and updated < published:
        message = f"updatedDateTime is before {format_rfc3339(published)}, when the record was published"
        yield document.problem(("updatedDateTime",), "unlikely-date", message, "correct one of the two, or remove it")
    if context.now and published and published > context.now:
        message = f"the record waits until {format_rfc3339(published)}"
        yield document.problem(("publishedDateTime",), "future-date", message, "correct the date if it shall not wait")
    elif context.now and updated and updated > context.now:
        problem = future_update(document.path, updated)
        yield replace(problem, span=document.span(problem.route))


def future_update(path: str, updated: datetime) -> Problem:
    """Return the problem, without its place, that a record was updated at an instant that is still to come."""
    message = f"the update of {format_rfc3339(updated)} is still to come, and counts only from then on"
    return problem_at(path, START, "future-update", message, "correct the date, or remove it", ("updatedDateTime",))


def _unlikely(document: Document, context: ValidationContext) -> Iterator[Problem]:
    related = document.data.get("related")
    routes: list[Route] = [("publishedDateTime",), ("updatedDateTime",)]
    count = len(related) if isinstance(related, list) else 0
    routes += [("related", number, "publishedDateTime") for number in range(count)]
    for route in routes:
        instant = _instant(document, context, route)
        if instant and instant < _EARLIEST:
            message = f"{name_of(route)} is in the year {instant.year}, before there were web pages"
            yield document.problem(route, "unlikely-date", message, "correct the date")


def _instant(document: Document, context: ValidationContext, route: Route) -> datetime | None:
    """Return the instant at a route of a record, if there is one."""
    value = document.data
    for step in route:
        value = value.get(step) if isinstance(value, dict) else value[step] if isinstance(step, int) else None
    try:
        return read_instant(value, context.config.zone) if isinstance(value, str) else None
    except ValueError:
        return None
