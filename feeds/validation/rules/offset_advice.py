"""Advise on dates without an offset, using the configured time zone."""

from datetime import tzinfo

from feeds.dates import in_zone
from feeds.diagnostics.problem import Problem
from feeds.frontmatter.document import Document
from feeds.validation.route import value_at

_RULES = {"naive-time": "", "date-only": " 08:30"}


def with_offset(problem: Problem, document: Document, zone: tzinfo | None) -> Problem:
    """Return a problem with the offset of a zone as its remedy, unless the zone skips or repeats that time."""
    if not zone or problem.rule not in _RULES:
        return problem
    time = _RULES[problem.rule]
    written = in_zone(f"{value_at(document.data, problem.route)}{time}", zone)
    return problem._replace(remedy=f"write it as {'in ' if time else ''}{written}") if written else problem
