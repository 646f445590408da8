"""Validate many files: return the records without errors and every problem, across files too."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from feeds.config.readers import refuse_invalid
from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.frontmatter.document import Document, parse_document
from feeds.locations import Location, below, location_of, resolved
from feeds.model.record import Record
from feeds.records.excluded_files import excluded_by
from feeds.sources.entry import Entry
from feeds.sources.files import find_files, find_others, read_bytes
from feeds.sources.prefetch import prefetch
from feeds.sources.remote_file import file_at
from feeds.validation.check_file import CheckedFile, check_file
from feeds.validation.context import ValidationContext, context_for
from feeds.validation.duplicates import articles_of, duplicate_problems, oldest_first
from feeds.validation.executor import Executor, serially

if TYPE_CHECKING:
    from feeds.validation.identity_doubts import Identity

_DEFAULTS = Config()


class Validation(NamedTuple):
    """The result for many files: records without errors, and all problems, sorted.

    Versions of one article are separate records with the same id; `select` merges them.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read(*sources: Location | str, config: Config = _DEFAULTS, executor: Executor = serially) -> Validation:
    """Read and validate the records in files and folders; only the settings about records apply.

    `executor` runs the work. Raises CouldNotRunError when a source is missing or the schema cannot be used.
    """
    refuse_invalid(config)
    context = context_for(config)
    entries = _entries(sources, config)
    return gather(executor(entries, check_file, context), context)


def validate(
    *sources: Location | str,
    config: Config = _DEFAULTS,
    among: Location | None = None,
    now: datetime | None = None,
    executor: Executor = serially,
    ledger: Mapping[str, Identity] | None = None,
) -> list[Problem]:
    """Return the problems of the records in files and folders, sorted.

    `among` is a folder of existing records: an id or page that they share with a given one is a problem of the given
    one. A date after `now`, if given, is a problem. `executor` runs the work. `ledger` has the known ids, by paths
    below the configured source. Raises CouldNotRunError as `read` does.
    """
    refuse_invalid(config, now)
    context = context_for(config, now)
    entries = _entries(sources, config)
    given = list(executor(entries, _check_briefly, context))
    beside = [*find_others(entries, among, excluded_by(config))] if among else []
    others = _sharing(given, beside, context)
    problems = [problem for file in given for problem in file.problems]
    problems += _linked(given, beside, context)[1]
    originals: Container[str] = ()
    if ledger is not None:
        known = _known_ids([*given, *others], ledger, config.source)
        given, others, originals = known.put(given), known.put(others), known.originals
        if any(resolved(location_of(source)) == resolved(config.source) for source in sources):
            problems += context.graded(known.doubts)
    problems += problems_of_duplicates(given, others, context, originals)
    return sorted(_without_secrets(problems, [*given, *others]))


def _entries(sources: Iterable[Location | str], config: Config) -> list[Entry]:
    return list(find_files(map(location_of, sources), excluded=excluded_by(config)))


def _check_briefly(entry: Entry, context: ValidationContext) -> CheckedFile:
    """Check one file; of its record, keep only what is compared with other records, to save memory."""
    file = check_file(entry, context)
    return file._replace(record=_outline(file.record)) if file.record else file


def _outline(record: Record) -> Record:
    return Record(
        id=record.id,
        title=record.title,
        link=record.link,
        published=record.published,
        updated=record.updated,
        expires=record.expires,
        is_published=record.is_published,
    )


def gather(checked_files: Iterable[CheckedFile], context: ValidationContext) -> Validation:
    """Return the records and problems of checked files, without published records of the same id and dates."""
    checked = [*checked_files]
    files = [file for file in checked if file.record]
    problems = [problem for file in checked for problem in file.problems]
    problems += problems_of_duplicates(files, (), context)
    files, link_problems = _linked(files, (), context)
    problems = _without_secrets([*problems, *link_problems], checked)
    records = tuple(version.record for article in articles_of(files) for version in article.versions)
    return Validation(records, tuple(sorted(problems)))


def _sharing(given: Collection[CheckedFile], beside: Collection[str], context: ValidationContext) -> list[CheckedFile]:
    if not beside:
        return []
    from feeds.validation.prefilter import files_that_may_share  # noqa: PLC0415 - a hook asks for no others

    return [*files_that_may_share(given, beside, context)]


def _linked(
    files: list[CheckedFile], others: Iterable[str], context: ValidationContext
) -> tuple[list[CheckedFile], list[Problem]]:
    if not any(file.links for file in files):
        return files, []
    from feeds.validation.linked_files import link_files  # noqa: PLC0415 - few bodies have such links

    return link_files(files, others, context)


def problems_of_duplicates(
    given: Collection[CheckedFile],
    others: Collection[CheckedFile],
    context: ValidationContext,
    originals: Container[str] = (),
) -> list[Problem]:
    """Return a problem, with its span, for each record that shares its id or page; `others` precede `given`.

    `originals` are the paths of records whose ids the ledger knows.
    """
    return with_spans(context.graded(duplicate_problems(given, others, originals, context.now)), context)


def with_spans(problems: Iterable[Problem], context: ValidationContext) -> list[Problem]:
    """Return problems with the spans of their keys, found by their routes."""
    return [
        _with_span(*unplaced, context)
        for unplaced in prefetch(_WithoutSpan(file_at(problem.path), problem) for problem in problems)
    ]


def _without_secrets(problems: list[Problem], files: Iterable[CheckedFile]) -> list[Problem]:
    values = {file.path: file.secrets for file in files if file.secrets} if problems else {}
    if not values:
        return problems
    from feeds.secrets.ngrams import grams_of  # noqa: PLC0415 - in few files something is both secret and wrong
    from feeds.secrets.problems import without_secrets  # noqa: PLC0415 - the same

    ngrams = {path: grams for path, secrets in values.items() if (grams := grams_of(secrets))}
    return without_secrets(problems, ngrams.items, values.__getitem__)


class _WithoutSpan(NamedTuple):
    entry: str
    problem: Problem


def _with_span(path: str, problem: Problem, context: ValidationContext) -> Problem:
    """Return a problem with the span of its key; spans are not stored, as few records have duplicates."""
    content = read_bytes(path)
    document = parse_document(problem.path, content, context.dialect) if isinstance(content, bytes) else None
    if not isinstance(document, Document):
        return problem
    if context.site:
        from feeds.validation.posts import read_post  # noqa: PLC0415 - records need none of it

        post = read_post(document, context, context.site)
        located = problem._replace(span=post.document.span(problem.route))
        return next(post.in_terms_of_post([located]), located)
    return problem._replace(span=document.span(problem.route))


class _KnownIds(NamedTuple):
    ids: Mapping[str, str]
    originals: Container[str]
    doubts: list[Problem]

    def put(self, files: Iterable[CheckedFile]) -> list[CheckedFile]:
        return [
            file._replace(record=file.record._replace(id=self.ids[file.path])) if file.record else file
            for file in files
        ]


def _known_ids(files: Collection[CheckedFile], ledger: Mapping[str, Identity], source: Location) -> _KnownIds:
    """Return the ids of records in a ledger, by their paths as given."""
    from feeds.validation.content_keys import body_key, content_key  # noqa: PLC0415 - few runs have a ledger
    from feeds.validation.identities import Claim, is_own, reconcile  # noqa: PLC0415 - the same
    from feeds.validation.identity_doubts import problem_of  # noqa: PLC0415 - the same

    names = {file.path: below(file.path, source) for file in files}
    claims = {}
    for path, record, dedupe_keys in oldest_first(files):
        content = content_key(record.title, record.published)
        claims[names[path]] = Claim(record.id, is_own(dedupe_keys), content, body_key(record.body))
    known = reconcile(ledger, claims, names.values())
    originals, paths = known.originals(), {name: path for path, name in names.items()}
    listed = {line.id for line in ledger.values()}
    return _KnownIds(
        {paths[name]: identity for name, identity in known.ids.items()},
        frozenset(path for path, name in names.items() if name in originals and known.ids[name] in listed),
        [problem_of(doubt, paths[doubt.path]) for doubt in known.doubts],
    )
