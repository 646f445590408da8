"""Take an optional value that is empty for one that is missing, and an empty entry of a list for none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.wording import name_of
from feeds.validation.route import value_at, without

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document
    from feeds.validation.schema.schema_problem import SchemaProblem

# Without a value they leave open whether the record is to go out.
_NEVER_OPTIONAL = {("published",), ("removed",)}


def empty_routes(data: Any, problems: Iterable[SchemaProblem]) -> frozenset[Route]:
    """Return the routes of the values that complaints are about only because they are empty."""
    routes = {problem.route for problem in problems if problem.route and not problem.at_key}
    return frozenset(route for route in routes - _NEVER_OPTIONAL if _is_empty(value_at(data, route)))


def empty_value(document: Document, route: Route) -> Problem:
    """Say that a value is empty, and what becomes of it."""
    becomes = "is left out" if isinstance(route[-1], int) else "counts as missing"
    message = f"{name_of(route)} has no value and {becomes}"
    return document.problem(route, "empty-value", message, "give it one, or remove it")


def without_empty(document: Document, problems: Iterable[Problem]) -> Document:
    """Return a document without the values that problems call empty."""
    routes = {problem.route for problem in problems if problem.rule == "empty-value"}
    if not routes:
        return document
    return replace(document, tree=replace(document.tree, data=without(document.data, routes)))


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
