"""Check for implausible dates and dates in the future, and advise on those without an offset."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any

from feeds.dates import format_rfc3339, in_zone, read_instant
from feeds.diagnostics.problem import START, Problem, Route, problem_at
from feeds.diagnostics.wording import name_of
from feeds.frontmatter.document import Document
from feeds.validation.context import ValidationContext
from feeds.validation.route import value_at

_PUBLISHED, _UPDATED = ("publishedDateTime",), ("updatedDateTime",)
# The Unix epoch in any zone, often a date that was never set.
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_EXAMPLE_TIMES = {"naive-time": "", "date-only": " 08:30"}


def date_problems(document: Document, context: ValidationContext) -> Iterator[Problem]:
    """Yield the problems of a record's dates beside each other, and beside the present."""
    keys = ("publishedDateTime", "updatedDateTime", "expires")
    published, updated, expires = (instant_of(document.data.get(key), context) for key in keys)
    if published and updated and updated < published:
        message = f"updatedDateTime is before {format_rfc3339(published)}, when the record was published"
        yield document.problem(_UPDATED, "unlikely-date", message, "correct one of the two, or remove it")
    if published and expires and expires <= published:
        message = f"expires is not after {format_rfc3339(published)}, so the record is never published"
        yield document.problem(("expires",), "unlikely-date", message, "correct one of the two, or remove it")
    for problem in future_problems(document.path, published, updated, context.now) if context.now else ():
        yield problem._replace(span=document.span(problem.route))


def early_problems(document: Document, route: Route, value: str, context: ValidationContext) -> Iterator[Problem]:
    """Yield a problem if a text is the date of a record, or of a related article, and is hardly meant."""
    is_of_related = (route[0], *route[2:]) == ("related", *_PUBLISHED)
    instant = instant_of(value, context) if is_of_related or route in {_PUBLISHED, _UPDATED} else None
    if instant and instant < _EARLIEST:
        message = f"{name_of(route)} is in the year {instant.year}; a date before 1970-01-02 is seldom meant"
        yield document.problem(route, "unlikely-date", message, "correct the date")


def future_problems(
    path: str, published: datetime | None, updated: datetime | None, now: datetime
) -> Iterator[Problem]:
    """Yield the problem, without its span, that a record or else its update is dated in the future."""
    if published and published > now:
        message = f"the record is scheduled for {format_rfc3339(published)}"
        yield problem_at(path, START, "future-date", message, "correct the date to publish it now", _PUBLISHED)
    elif updated and updated > now:
        yield future_update(path, updated)


def instant_of(value: Any, context: ValidationContext) -> datetime | None:
    """Return the instant that a date names, or None."""
    try:
        return read_instant(value, context.config.zone) if isinstance(value, str) else None
    except ValueError:
        return None


def with_offset(problem: Problem, document: Document, zone: tzinfo | None) -> Problem:
    """Return a problem with the offset of a zone as its remedy, unless the zone skips or repeats that time."""
    if not zone or problem.rule not in _EXAMPLE_TIMES:
        return problem
    time = _EXAMPLE_TIMES[problem.rule]
    written = in_zone(f"{value_at(document.data, problem.route)}{time}", zone)
    return problem._replace(remedy=f"write it as {'in ' if time else ''}{written}") if written else problem


def future_update(path: str, updated: datetime) -> Problem:
    """Return the problem, without its span, that a record's update is in the future."""
    message = f"the update of {format_rfc3339(updated)} is still to come, and counts only from then on"
    return problem_at(path, START, "future-update", message, "correct the date, or remove it", _UPDATED)
