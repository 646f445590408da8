"""Check one file: return its record, if that can be published, and every problem."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from feeds.diagnostics.problem import START, Problem, problem_at
from feeds.diagnostics.wording import meant_word
from feeds.frontmatter.document import Document, parse_document, plain_document
from feeds.hold_back import holding_keys, holds_back, says_publish
from feeds.model.record import Record
from feeds.records.parse_record import make_record
from feeds.records.redact import is_short, secret_part
from feeds.records.release_dates import holding_dates, release_dates, released
from feeds.sources.entry import Entry
from feeds.sources.exclusion import is_about_the_folder, is_among_drafts, is_conflict_copy, is_section_page
from feeds.sources.files import read_bytes
from feeds.validation.context import ValidationContext
from feeds.validation.emptiness import is_within, without_empty
from feeds.validation.fast_path import can_be_flawless, is_flawless
from feeds.validation.rules.date_rules import instant_of, with_offset
from feeds.validation.rules.document_rules import rule_problems
from feeds.validation.schema.compiled import is_of_json

if TYPE_CHECKING:
    from feeds.records.posts.site_context import SiteContext
    from feeds.validation.posts import SourcePost
    from feeds.validation.source_pages import BodyLink

_USUAL = (".md", ".markdown", ".html", ".txt")  # other files without front matter are probably not records
_DEDUPE_KEYS = ("id", "originalUrl", "webUrl")


class CheckedFile(NamedTuple):
    """The result for one file: its record, or None if it has errors, and its problems.

    `dedupe_keys` are the record's id and addresses as written, by their keys. `secrets` are the values of secret keys,
    with or without a record; they are guessed if the file is not `is_readable`. `links` are links of the body to
    source files.
    """

    path: str
    record: Record | None
    problems: tuple[Problem, ...]
    dedupe_keys: tuple[tuple[str, str], ...] = ()
    secrets: tuple[str, ...] = ()
    is_readable: bool = True
    links: tuple[BodyLink, ...] = ()


def check_file(entry: Entry, context: ValidationContext) -> CheckedFile:
    """Read and check one file; an entry may also be the problem that it cannot be read."""
    if isinstance(entry, Problem):
        return CheckedFile(entry.path, None, tuple(context.graded([entry])), is_readable=False)
    content = read_bytes(entry)
    if isinstance(content, Problem):
        return CheckedFile(content.path, None, (content,), is_readable=False)
    return check_bytes(str(entry), content, context)


def check_bytes(path: str, content: bytes, context: ValidationContext) -> CheckedFile:
    """Check the content of a file."""
    context = context.for_file(path)
    if is_conflict_copy(path):
        aside = _not_a_record(path, "the name of a copy that a conflict of synchronization left")
        return CheckedFile(path, None, tuple(context.graded([aside])))
    return check_plain(path, content, context) or check_exactly(path, content, context)


def check_plain(path: str, content: bytes, context: ValidationContext) -> CheckedFile | None:
    """Check a file by the fast path; return None if it needs `check_exactly`."""
    document = plain_document(path, content) if can_be_flawless(context) else None
    if document and context.site:
        return _check_plain_post(document, context, context.site)
    secrets = _secrets(document, context) if document else ()
    if not document or any(map(is_short, secrets)) or not is_flawless(document, context):
        return None
    if _is_draft(document, context):
        return None
    return _checked(document, secrets, (), context)


def _check_plain_post(document: Document, context: ValidationContext, site: SiteContext) -> CheckedFile | None:
    from feeds.validation.posts import read_post  # noqa: PLC0415 - a hook for records need not load it

    if not is_of_json(document.data):
        return None
    post = read_post(document, context, site)
    if not post.is_page and not is_flawless(post.document, context):
        return None
    return _checked_post(post, _secrets(document, context), (), context)


def check_exactly(path: str, content: bytes, context: ValidationContext) -> CheckedFile:
    """Check the content of a file with PyYAML, jsonschema and every rule, for exact messages."""
    document = parse_document(path, content, context.dialect)
    if not isinstance(document, Document):
        return _checked_as_text(path, content, document, context)
    secrets = _secrets(document, context)
    if secrets and document.warnings:  # a value that another replaces may be secret
        errors = [problem._replace(severity="error") for problem in document.warnings]
        return _checked_as_text(path, content, errors, context)
    if not context.site:
        return _checked_record(document, secrets, context)
    from feeds.validation.posts import read_post  # noqa: PLC0415 - a hook for records need not load it

    post = read_post(document, context, context.site)
    return _checked_post(post, secrets, () if post.is_page else _problems(post.document, context), context)


def _checked_record(document: Document, secrets: tuple[str, ...], context: ValidationContext) -> CheckedFile:
    from feeds.validation.redaction import Redactor  # noqa: PLC0415 - plain files do not need it

    if is_section_page(document.path, document.data):
        aside = _not_a_record(document.path, "no date, no address and no excerpt")
        return CheckedFile(document.path, None, tuple(context.graded([aside])), secrets=secrets)
    is_draft = _is_draft(document, context)
    found = [*_problems(document, context), *_short_secrets(document, secrets, context)]
    if is_draft:
        found.append(_held_by_folder(document.path))
    shown = map(Redactor(document, context.config.secret).redacted, found) if secrets else iter(found)
    problems = tuple(context.graded(shown))
    if any(problem.is_error for problem in problems):
        return CheckedFile(document.path, None, problems, secrets=secrets)
    checked = _checked(without_empty(document, found), secrets, problems, context)
    if is_draft and checked.record:
        return checked._replace(record=checked.record._replace(is_published=False))
    return checked


def _is_draft(document: Document, context: ValidationContext) -> bool:
    """Return whether a record is a draft by its folder alone, and does not say that it is published."""
    is_filed = is_among_drafts(document.path, context.config.source)
    return is_filed and document.data.get("published") is not True and not holds_back(document.data)


def _held_by_folder(path: str) -> Problem:
    message = "its folder of drafts holds the record back"
    return problem_at(path, START, "held-back", message, "move it elsewhere, or write published: true, to publish it")


def _checked(
    document: Document,
    secrets: tuple[str, ...],
    problems: tuple[Problem, ...],
    context: ValidationContext,
    post: SourcePost | None = None,
) -> CheckedFile:
    """Return the result for a document without errors, which may be that of a post."""
    keys = [key for key in _DEDUPE_KEYS if document.data.get(key) and (not post or post.names(key))]
    dedupe_keys = tuple((key, document.data[key]) for key in keys)
    dates = post.dates if post else release_dates(document.data, context.config.zone)
    record = released(make_record(document, context.config), dates)
    return CheckedFile(document.path, record, problems, dedupe_keys, secrets, links=_links(document, secrets))


def _links(document: Document, secrets: tuple[str, ...]) -> tuple[BodyLink, ...]:
    if not document.body:
        return ()
    from feeds.markup.source_links import source_links  # noqa: PLC0415 - many records have no body
    from feeds.validation.source_pages import BodyLink  # noqa: PLC0415 - the same

    found = source_links(document.body, is_markdown=not document.has_html_body, dialect=document.markdown)
    return tuple(
        BodyLink(link.path, document.body_span(link.start, link.end))
        for link in found
        if not any(value in link.path for value in secrets if not is_short(value))  # messages quote the path
    )


def _secrets(document: Document, context: ValidationContext) -> tuple[str, ...]:
    return secret_part(document.data, document.tree.text, context.config.secret)


def _short_secrets(document: Document, secrets: tuple[str, ...], context: ValidationContext) -> Iterable[Problem]:
    if not any(map(is_short, secrets)):
        return ()
    from feeds.validation.rules.secret_rules import short_secret_problems  # noqa: PLC0415 - few secrets are short

    return short_secret_problems(document, context.config.secret)


def _checked_post(
    post: SourcePost, secrets: tuple[str, ...], found: Collection[Problem], context: ValidationContext
) -> CheckedFile:
    """Return the result for a post of another generator; `found` are problems of it as a record."""
    document = post.document
    if any(problem.is_error for problem in found) and context.site and not context.site.mapping.passes_through:
        from feeds.validation.optional_values import less_severe, without_useless  # noqa: PLC0415 - few have errors

        document, found = without_useless(document, found), [*less_severe(found)]
    short = _short_secrets(post.written, secrets, context)
    own = (*post.problems, *post.written.warnings)
    reported = post.problems if post.is_page else (*own, *post.in_terms_of_post(found), *short)
    problems = tuple(context.graded(reported))
    if post.is_page or any(problem.is_error for problem in problems):
        return CheckedFile(document.path, None, problems, secrets=secrets)
    return _checked(without_empty(document, found), secrets, problems, context, post)


def _problems(document: Document, context: ValidationContext) -> list[Problem]:
    """Return the problems of a document; of values that the schema rejects, rules say only whether they are cut."""
    refused = list(_refused(document, context))
    routes = {problem.route for problem in refused} - {()}
    empty = {problem.route for problem in refused if problem.rule == "empty-value"}
    others = (
        problem
        for problem in rule_problems(document, context)
        if problem.rule == "cut-by-comment" or (problem.route not in routes and not is_within(problem.route, empty))
    )
    return [*refused, *others]


def _refused(document: Document, context: ValidationContext) -> Iterator[Problem]:
    """Yield the schema's problems, except for keys that a rule reports because they hold the record back."""
    dates = release_dates(document.data, context.config.zone)
    own = instant_of(document.data.get("publishedDateTime"), context)
    held_until = (key for key, _, _ in holding_dates(dates, own, "record"))
    holding = {(key,) for key in (*holding_keys(document.data), *held_until)}
    for problem in context.schema.problems(context.for_schema(document)):
        is_unknown = problem.rule == "unknown-key" and not meant_word(problem.remedy)
        if is_unknown and _says_publish(problem, document):
            yield problem._replace(remedy="it has no effect; remove it", severity="warning")
        elif not is_unknown or problem.route not in holding:
            yield with_offset(problem, document, context.config.zone)


def _says_publish(problem: Problem, document: Document) -> bool:
    key, *rest = problem.route
    return not rest and says_publish(str(key), document.data.get(key))


def _checked_as_text(path: str, content: bytes, found: list[Problem], context: ValidationContext) -> CheckedFile:
    """Return the result for a file whose front matter cannot be parsed."""
    from feeds.secrets.regions import secret_regions, values_in  # noqa: PLC0415 - few files cannot be parsed
    from feeds.validation.redaction import redacted_as_text, text_of  # noqa: PLC0415 - the same

    if found[0].rule == "no-front-matter" and (is_about_the_folder(path) or not path.lower().endswith(_USUAL)):
        found = [_not_a_record(path, "no front matter")]
    text = text_of(content)
    regions = secret_regions(text, context.config.secret)
    shown = context.graded(redacted_as_text(problem, text, regions) for problem in found)
    return CheckedFile(path, None, tuple(shown), secrets=values_in(text, regions), is_readable=False)


def _not_a_record(path: str, found: str) -> Problem:
    """Return the problem that a file is not a record, by its name or as it lacks all that an article has."""
    message = f"the file has {found}, so it is not taken for a record"
    return problem_at(path, START, "not-a-record", message, "to have it read no more, name it under exclude")
