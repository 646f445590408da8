"""Stop regular expressions that take exponential time, as `(a+)+$` does, and find out which one it was."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any

from feeds.diagnostics.problem import Route
from feeds.diagnostics.wording import name_of, quote
from feeds.validation.schema.schema_map import subschemas
from feeds.validation.schema.schema_problem import SchemaProblem

MOST_SECONDS = 2.0  # of processor time that a schema may take for one record
_TO_BLAME = 0.25  # of these parts a pattern that takes so much of it


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError after some seconds of processor time, if the system and the thread allow it."""
    if current_thread() is not main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    former = signal.signal(signal.SIGVTALRM, _interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def slow_problem(data: Any, schema: Any, name: str) -> SchemaProblem:
    """Return the problem of front matter for which a user's schema takes too long."""
    for route, text in _texts(data, ()):
        for pattern in _patterns(schema):
            if _is_slow(pattern, text):
                message = f"{name_of(route)}: the pattern {quote(pattern)} in {name} takes too long for this text"
                remedy = "write the pattern without a repetition inside of a repetition"
                return SchemaProblem(route, "bad-format", message, remedy)
    return SchemaProblem((), "bad-format", f"{name} takes too long for this record", "make the schema simpler")


def _interrupt(*_: object) -> None:
    raise TimeoutError


def _is_slow(pattern: str, text: str) -> bool:
    try:
        with time_limit(MOST_SECONDS * _TO_BLAME):
            re.search(pattern, text)
    except TimeoutError:
        return True
    return False


def _patterns(schema: Any) -> Iterator[str]:
    for part in subschemas(schema):
        yield from part.get("patternProperties", ())
        if "pattern" in part:
            yield part["pattern"]


def _texts(value: Any, route: Route) -> Iterator[tuple[Route, str]]:
    """Yield each text and each key of front matter with its route."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield (*route, key), key
            yield from _texts(child, (*route, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _texts(child, (*route, index))
    elif isinstance(value, str):
        yield route, value
