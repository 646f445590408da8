"""Follow routes through plain data."""

from collections.abc import Collection, Iterator
from typing import Any

from feeds.diagnostics.problem import Route


def value_at(data: Any, route: Route) -> Any:
    """Return the value at a route in plain data, or None."""
    for step in route:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return None
    return data


def whole_value(route: Route) -> Route:
    """Return the route of the whole value of a key or, in a list, of its item."""
    return route[:2] if len(route) > 1 and isinstance(route[1], int) else route[:1]


def related_articles(data: Any) -> Iterator[tuple[Route, dict[str, Any]]]:
    """Yield the related articles of front matter with their routes; invalid data may have none."""
    related = data.get("related")
    for index, article in enumerate(related if isinstance(related, list) else ()):
        if isinstance(article, dict):
            yield ("related", index), article


def without(data: Any, removed: Collection[Route], route: Route = ()) -> Any:
    """Return data without the values at some routes."""
    if isinstance(data, dict):
        children = ((key, value, (*route, key)) for key, value in data.items())
        return {key: without(value, removed, child) for key, value, child in children if child not in removed}
    if isinstance(data, list):
        items = ((value, (*route, index)) for index, value in enumerate(data))
        return [without(value, removed, child) for value, child in items if child not in removed]
    return data
