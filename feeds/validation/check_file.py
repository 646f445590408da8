"""Examine files one by one: the record that can go out, and every problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from feeds.diagnostics.problem import Problem
from feeds.diagnostics.wording import meant_word
from feeds.frontmatter.document import Document, parse_document
from feeds.frontmatter.holding import holding_keys
from feeds.model.record import Record
from feeds.records.parse_record import make_record
from feeds.records.redact import secret_part
from feeds.sources.files import Entry, read_bytes
from feeds.validation.context import ValidationContext
from feeds.validation.emptiness import without_empty
from feeds.validation.rules.date_rules import with_offset
from feeds.validation.rules.document_rules import rule_problems

_MARKS = ("id", "originalUrl", "webUrl")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """Hold what came of one file: its record, unless an error holds it back, and its problems.

    `marks` are the record's id and addresses as they are written, by their keys; `secrets` what stands under secret
    keys, also in a record that is held back.
    """

    path: str
    record: Record | None
    problems: tuple[Problem, ...]
    marks: tuple[tuple[str, str], ...] = ()
    secrets: tuple[str, ...] = ()


def check_file(entry: Entry, context: ValidationContext) -> CheckedFile:
    """Read and check one file, or what stands for one that cannot be read."""
    if isinstance(entry, Problem):
        return CheckedFile(entry.path, None, (entry,))
    content = read_bytes(entry)
    if isinstance(content, Problem):
        return CheckedFile(content.path, None, (content,))
    return check_bytes(str(entry), content, context)


def check_bytes(path: str, content: bytes, context: ValidationContext) -> CheckedFile:
    """Check what a file holds."""
    document = parse_document(path, content)
    if not isinstance(document, Document):
        return CheckedFile(path, None, tuple(context.graded(document)))
    secrets = secret_part(document.data, document.tree.text, context.config.secret)
    refused = list(_refused(document, context))
    # What the schema says of a value is said; rules would only say it again.
    routes = {problem.route for problem in refused}
    ruled = [problem for problem in rule_problems(document, context) if problem.route not in routes - {()}]
    problems = tuple(context.graded([*refused, *ruled]))
    if any(problem.is_error for problem in problems):
        return CheckedFile(path, None, problems, secrets=secrets)
    marks = tuple((key, document.data[key]) for key in _MARKS if document.data.get(key))
    return CheckedFile(path, make_record(without_empty(document, refused), context.config), problems, marks, secrets)


def _refused(document: Document, context: ValidationContext) -> Iterator[Problem]:
    """Yield what the schema refuses, but for keys that hold the record back: a rule names those."""
    for problem in context.schema.problems(document):
        if not _holds_back(problem, document):
            yield with_offset(problem, document, context.config.zone)


def _holds_back(problem: Problem, document: Document) -> bool:
    if problem.rule != "unknown-key" or meant_word(problem.remedy):
        return False
    return problem.route in {(key,) for key in holding_keys(document.data)}
