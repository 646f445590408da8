"""Examine files one by one: the record that can go out, and every problem."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.diagnostics.problem import START, Problem, problem_at
from feeds.exclusion import is_about_the_folder, is_section_page
from feeds.frontmatter.document import Document, parse_document
from feeds.model.record import Record
from feeds.records.parse_record import make_record
from feeds.records.redact import secret_part
from feeds.sources.files import Entry, read_bytes
from feeds.validation.context import ValidationContext
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
        return CheckedFile(entry.path, None, tuple(context.graded([entry])))
    content = read_bytes(entry)
    if isinstance(content, Problem):
        return CheckedFile(content.path, None, (content,))
    return check_bytes(str(entry), content, context)


def check_bytes(path: str, content: bytes, context: ValidationContext) -> CheckedFile:
    """Check what a file holds."""
    document = parse_document(path, content)
    if not isinstance(document, Document):
        if document[0].rule == "no-front-matter" and is_about_the_folder(path):
            document = [_not_a_record(path, "no front matter")]
        return CheckedFile(path, None, tuple(context.graded(document)))
    secrets = secret_part(document.data, document.tree.text, context.config.secret)
    if is_section_page(path, document.data):
        aside = [_not_a_record(path, "no date, no address and no excerpt")]
        return CheckedFile(path, None, tuple(context.graded(aside)), secrets=secrets)
    refused = context.schema.problems(document)
    # What the schema says of a value is said; rules would only say it again.
    routes = {problem.route for problem in refused}
    ruled = [problem for problem in rule_problems(document, context) if problem.route not in routes - {()}]
    problems = tuple(context.graded([*refused, *ruled]))
    if any(problem.is_error for problem in problems):
        return CheckedFile(path, None, problems, secrets=secrets)
    marks = tuple((key, document.data[key]) for key in _MARKS if document.data.get(key))
    return CheckedFile(path, make_record(document, context.config), problems, marks, secrets)


def _not_a_record(path: str, found: str) -> Problem:
    """Say that a file tells of its folder: its name says so, and it has nothing that an article has."""
    message = f"the file has {found}, so it is not taken for a record"
    return problem_at(path, START, "not-a-record", message, "to have it read no more, name it under exclude")
