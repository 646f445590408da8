"""Problems are compared by all but their routes."""

from __future__ import annotations

from feeds.diagnostics.problem import START, Problem, Route


def problem(route: Route, message: str = "wrong") -> Problem:
    return Problem("a.md", START, "wrong-type", message, route=route)


def test_routes_of_names_and_numbers_can_be_sorted() -> None:
    problems = [problem(("topics", 1)), problem(("topics", "a")), problem((), "missing")]
    assert [found.message for found in sorted(problems)] == ["missing", "wrong", "wrong"]


def test_a_problem_that_several_routes_lead_to_is_one() -> None:
    assert len({problem(("a",)), problem(("b",)), problem(("b",), "missing")}) == 2
    assert not problem(("a",)) != problem(("b",))  # noqa: SIM202 - a tuple has an operator of its own


def test_a_problem_is_not_equal_to_its_values() -> None:
    assert problem(("a",)) != tuple(problem(("a",)))
