"""Hide secret values in messages."""

from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.rules import RULES
from feeds.diagnostics.wording import name_of

_HIDDEN = " (value of a secret key, not shown)"


def without_values(problem: Problem, route: Route = ()) -> Problem:
    """Return a problem with the summary of its rule in place of its message, for the value at a route."""
    name = f"{name_of(route)}: " if route else ""
    return problem._replace(message=f"{name}{RULES[problem.rule].summary}{_HIDDEN}", remedy="", route=route)


def is_hidden(problem: Problem) -> bool:
    """Return whether the value is hidden in the message."""
    return problem.message.endswith(_HIDDEN)
