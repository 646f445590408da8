"""Render reports as one JSON object, by schema/report.schema.json."""

import json
from collections.abc import Iterator
from typing import Any

from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.report import Report

_VERSION = 1


def render(report: Report) -> Iterator[str]:
    """Yield the object on one line, in ASCII, so that every locale can print it."""
    problems = [entry_of(problem) for problem in report.problems]
    yield json.dumps({"version": _VERSION, "problems": problems, "counts": dict(report.counts)})


def pointer(route: Route) -> str:
    """Return the JSON Pointer (RFC 6901, section 3) of a route."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in route)


def entry_of(problem: Problem) -> dict[str, Any]:
    """Return a problem as data for JSON."""
    return {
        "path": problem.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "end_line": problem.span.end_line,
        "end_column": problem.span.end_column,
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "remedy": problem.remedy,
        "pointer": pointer(problem.route),
    }
