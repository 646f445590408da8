"""Render reports as GitHub workflow commands, shown beside the changed lines."""

from collections.abc import Iterator

from feeds.diagnostics.problem import Problem, Span
from feeds.diagnostics.report import Report
from feeds.diagnostics.rules import Severity
from feeds.diagnostics.text_report import sentence

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> Iterator[str]:
    """Yield a workflow command for each problem."""
    return map(_command, report.problems)


def _command(problem: Problem) -> str:
    properties = {"file": problem.path, **_position(problem.span), "title": problem.rule}
    written = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[problem.severity]} {written}::{sentence(problem).translate(_DATA)}"


def _position(span: Span) -> dict[str, int]:
    # GitHub takes columns only of a span on one line.
    columns = {"col": span.column, "endColumn": span.end_column} if span.line == span.end_line else {}
    return {"line": span.line, "endLine": span.end_line, **columns}
