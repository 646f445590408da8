"""Problems that a schema finds, and the removal of redundant ones."""

from collections.abc import Iterable
from typing import NamedTuple

from feeds.diagnostics.problem import Route

# A value has at most one problem of these rules, however many schemas find it.
_ONCE = {
    *("unknown-key", "wrong-type", "blank-text", "duplicate-item"),
    *("bad-url", "bad-date", "bad-duration", "date-only", "naive-time"),
}


class SchemaProblem(NamedTuple):
    """A problem of the value at a route, or of its key, without a path and a span.

    One of `keys` is missing. If `is_exact`, the message names all valid values.
    """

    route: Route
    rule: str
    message: str
    remedy: str = ""
    at_key: bool = False
    keys: tuple[str, ...] = ()
    is_exact: bool = False


def distinct_problems(problems: Iterable[SchemaProblem]) -> list[SchemaProblem]:
    """Return problems without those made redundant by another one of the same value."""
    by_value: dict[tuple[Route, bool], list[SchemaProblem]] = {}
    for problem in problems:
        by_value.setdefault((problem.route, problem.at_key), []).append(problem)
    return [problem for group in by_value.values() for problem in _distinct(group)]


def _distinct(problems: list[SchemaProblem]) -> list[SchemaProblem]:
    if len(problems) == 1:
        return problems
    needless = {"wrong-type"} if any(problem.is_exact for problem in problems) else set()
    if any(problem.rule == "wrong-type" for problem in problems):
        needless.add("duplicate-item")  # a value of the wrong type must change anyway
    missing = {frozenset(problem.keys) for problem in problems if problem.keys}
    distinct: dict[tuple[str, str | tuple[str, ...]], SchemaProblem] = {}
    for problem in sorted(problems, key=_preference):
        # Where one schema requires one of several keys, another may require one of them.
        is_implied = any(keys < set(problem.keys) for keys in missing)
        if not is_implied and problem.rule not in needless:
            is_once = problem.rule in _ONCE or problem.is_exact
            detail = "" if is_once else problem.keys or problem.message
            distinct.setdefault((problem.rule, detail), problem)
    return list(distinct.values())


def _preference(problem: SchemaProblem) -> tuple[bool, int, str, str]:
    # The shorter message names fewer choices: those that all schemas allow.
    return (not problem.remedy.startswith("did you"), len(problem.message), problem.message, problem.remedy)
