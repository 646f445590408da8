"""Problems whose messages would show what is secret."""

from dataclasses import replace

from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.rules import RULES
from feeds.diagnostics.wording import name_of

_HIDDEN = " (value of a secret key, not shown)"


def without_values(problem: Problem, route: Route = ()) -> Problem:
    """Return a problem of the value at a route that says no more than its rule."""
    name = f"{name_of(route)}: " if route else ""
    return replace(problem, message=f"{name}{RULES[problem.rule].summary}{_HIDDEN}", remedy="", route=route)


def is_hidden(problem: Problem) -> bool:
    """Return whether a problem does not show its value."""
    return problem.message.endswith(_HIDDEN)
