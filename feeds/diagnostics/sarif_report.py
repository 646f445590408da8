"""Render reports as SARIF 2.1.0, the format of code scanners."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from feeds import __version__
from feeds.diagnostics.problem import Problem
from feeds.diagnostics.report import Report
from feeds.diagnostics.rules import Rule, Severity
from feeds.diagnostics.text_report import sentence
from feeds.locations import is_address

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_BRACES = str.maketrans({"{": "{{", "}": "}}"})


def render(report: Report) -> Iterator[str]:
    """Yield the log on one line, in ASCII, with one run and the rules of its results."""
    rules = sorted({problem.rule for problem in report.problems})
    rules_used = [_rule(rule, report.rules[rule]) for rule in rules]
    run = {
        "tool": {"driver": {"name": "feeds", "version": __version__, "rules": rules_used}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, rules.index(problem.rule)) for problem in report.problems],
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def uri(path: str) -> str:
    """Return the URI of a file, or a reference relative to the working directory.

    Bytes of the path that are not text are encoded too, and so are colons in a relative reference, which would look
    like the end of a scheme (RFC 3986, section 4.2).
    """
    if is_address(path):
        return quote(path, safe="/:")
    return Path(path).as_uri() if Path(path).is_absolute() else quote(os.fsencode(path), safe="/")


def _rule(name: str, rule: Rule) -> dict[str, Any]:
    """Return a rule with all that GitHub's code scanning requires of one."""
    return {
        "id": name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": f"feeds rule {name} explains it."},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(problem: Problem, index: int) -> dict[str, Any]:
    span = problem.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    location = {"artifactLocation": {"uri": uri(problem.path)}, "region": region}
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        # In a message a single brace would begin or end a placeholder (SARIF 2.1.0, section 3.11.5).
        "message": {"text": sentence(problem).translate(_BRACES)},
        "locations": [{"physicalLocation": location}],
    }
