"""Check for secret values that are too short to be searched for in outputs."""

from collections.abc import Collection, Iterator
from typing import Any

from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.wording import name_of
from feeds.frontmatter.document import Document
from feeds.records.redact import SHORTEST, is_short


def short_secret_problems(document: Document, keys: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each text under the keys that is too short."""
    for route in _short_texts(document.data, (), keys):
        message = f"{name_of(route)} is a secret of fewer than {SHORTEST} bytes, for which outputs are not searched"
        yield document.problem(route, "short-secret", message, "make it longer")


def _short_texts(value: Any, route: Route, keys: Collection[str]) -> Iterator[Route]:
    """Yield the routes of short texts, no deeper than their secret keys."""
    if isinstance(value, dict | list):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _short_texts(child, route if route and route[-1] in keys else (*route, step), keys)
    elif isinstance(value, str) and route and route[-1] in keys and is_short(value):
        yield route
