"""Handle empty values: an optional one counts as missing, an empty item of a list is dropped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.wording import name_of
from feeds.validation.route import value_at, without

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document
    from feeds.validation.schema.schema_problem import SchemaProblem

# Without a value it is unknown whether the record is to be published.
_NEVER_OPTIONAL = {("published",), ("removed",)}


def empty_routes(data: Any, problems: Iterable[SchemaProblem]) -> frozenset[Route]:
    """Return the routes of the values that have problems only because they are empty."""
    routes = {problem.route for problem in problems if problem.route and not problem.at_key}
    return frozenset(route for route in routes - _NEVER_OPTIONAL if _is_empty(value_at(data, route)))


def empty_value(document: Document, route: Route) -> Problem:
    """Return the problem that a value is empty."""
    becomes = "is dropped" if isinstance(route[-1], int) else "counts as missing"
    message = f"{name_of(route)} has no value and {becomes}"
    return document.problem(route, "empty-value", message, "give it one, or remove it")


def without_empty(document: Document, problems: Iterable[Problem]) -> Document:
    """Return a document without the values that problems call empty."""
    routes = {problem.route for problem in problems if problem.rule == "empty-value"}
    if not routes:
        return document
    return document._replace(tree=document.tree.with_data(without(document.data, routes)))


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
