"""Examine files one by one: the record that can go out, and every problem."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.checking.policy import Policy
from feeds.checking.rules.document_rules import rule_problems
from feeds.problem import Problem
from feeds.reading.document import Document, parse_document
from feeds.reading.making import make_record
from feeds.reading.source import Entry, read_bytes
from feeds.record import Record
from feeds.secret import secret_part

_MARKS = ("id", "originalUrl", "webUrl")


@dataclass(frozen=True, slots=True)
class Examined:
    """Hold what came of one file: its record, unless an error holds it back, and its problems.

    `marks` are the record's id and addresses as they are written, by their keys; `secrets` what stands under secret
    keys, also in a record that is held back.
    """

    path: str
    record: Record | None
    problems: tuple[Problem, ...]
    marks: tuple[tuple[str, str], ...] = ()
    secrets: tuple[str, ...] = ()


def examine(entry: Entry, policy: Policy) -> Examined:
    """Read and check one file, or what stands for one that cannot be read."""
    if isinstance(entry, Problem):
        return Examined(entry.path, None, (entry,))
    content = read_bytes(entry)
    if isinstance(content, Problem):
        return Examined(content.path, None, (content,))
    return examine_bytes(str(entry), content, policy)


def examine_bytes(path: str, content: bytes, policy: Policy) -> Examined:
    """Check what a file holds."""
    document = parse_document(path, content)
    if not isinstance(document, Document):
        return Examined(path, None, tuple(policy.graded(document)))
    secrets = secret_part(document.data, document.tree.text, policy.config.secret)
    refused = policy.schema.problems(document)
    # What the schema says of a value is said; rules would only say it again.
    routes = {problem.route for problem in refused}
    ruled = [problem for problem in rule_problems(document, policy) if problem.route not in routes - {()}]
    problems = tuple(policy.graded([*refused, *ruled]))
    if any(problem.is_error for problem in problems):
        return Examined(path, None, problems, secrets=secrets)
    marks = tuple((key, document.data[key]) for key in _MARKS if document.data.get(key))
    return Examined(path, make_record(document, policy.config), problems, marks, secrets)
