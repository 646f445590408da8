"""Handle empty values: an optional one counts as missing, an empty item of a list is dropped.

What lacks a part without which it is nothing, as an image lacks its address, is empty as well.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.wording import name_of
from feeds.frontmatter.document import Document
from feeds.validation.route import value_at, without
from feeds.validation.schema.schema_problem import SchemaProblem

# Without a value it is unknown whether the record is to be published.
_NEVER_OPTIONAL = {("published",), ("removed",)}


def empty_routes(data: Any, problems: Iterable[SchemaProblem]) -> dict[Route, str]:
    """Return the routes of the values that have problems only because they are empty; they lack no part."""
    of_values = (problem for problem in problems if problem.route and not problem.at_key)
    found = {problem.route: "" for problem in of_values if _is_empty(value_at(data, problem.route), problem.rule)}
    return {route: part for route, part in found.items() if route not in _NEVER_OPTIONAL}


def with_empty_parts(empty: Mapping[Route, str], problems: Collection[SchemaProblem]) -> dict[Route, str]:
    """Return empty routes without parts that are needed; what they are parts of, if all else is right, is empty."""
    found = dict(empty)
    count = Counter(route for problem in problems for route in _prefixes(problem.route))
    for problem in problems:
        for key in problem.keys:
            is_needed = found.pop((*problem.route, key), None) is not None
            if is_needed and problem.route and count[problem.route] == 1:
                found[problem.route] = key
    return found


def is_within(route: Route, routes: Collection[Route]) -> bool:
    """Return whether a route is one of several, or leads below one."""
    return any(prefix in routes for prefix in _prefixes(route))


def empty_value(document: Document, route: Route, part: str = "") -> Problem:
    """Return the problem that a value is empty, or lacks a part that it needs."""
    becomes = "is dropped" if isinstance(route[-1], int) else "counts as missing"
    message = f"{name_of(route)} has no {part or 'value'} and {becomes}"
    return document.problem(route, "empty-value", message, "give it one, or remove it")


def without_empty(document: Document, problems: Iterable[Problem]) -> Document:
    """Return a document without the values that problems call empty."""
    return without_routes(document, {problem.route for problem in problems if problem.rule == "empty-value"})


def without_routes(document: Document, routes: Collection[Route]) -> Document:
    """Return a document without the values at some routes."""
    return document._replace(tree=document.tree.with_data(without(document.data, routes))) if routes else document


def _prefixes(route: Route) -> list[Route]:
    return [route[:length] for length in range(1, len(route) + 1)]


def _is_empty(value: Any, rule: str) -> bool:
    if isinstance(value, list | dict):
        return not value and rule != "wrong-size"
    return value is None or (isinstance(value, str) and not value.strip())
