"""Find records that share an id or a page.

Records with the same id are versions of one article if their dates differ, and copies if they do not.
"""

from collections.abc import Collection, Container, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from feeds.diagnostics.problem import START, Problem, problem_at
from feeds.model.record import Record
from feeds.model.versions import version_of
from feeds.sources.files import is_link
from feeds.url_identity import normal_url
from feeds.validation.check_file import CheckedFile


class File(NamedTuple):
    """A file that holds a record."""

    path: str
    record: Record
    dedupe_keys: tuple[tuple[str, str], ...]


class Article(NamedTuple):
    """The records of one article: its versions, from the original to the newest, and copies of them."""

    versions: tuple[File, ...]
    copies: tuple[File, ...]


def articles_of(
    files: Iterable[CheckedFile], others: Iterable[CheckedFile] = (), originals: Container[str] = ()
) -> list[Article]:
    """Group the records of files by id and status; of records with the same dates, `others` precede `files`.

    `originals` are the paths of records whose ids the ledger knows, which are never copies; otherwise the oldest record
    is the original. A record with a newer date than the original's is a version of the article, any other is a copy.
    """
    groups: dict[tuple[str, bool], list[File]] = {}
    for file in oldest_first(files, others):
        groups.setdefault((file.record.id, file.record.is_published), []).append(file)
    return [_article(group, originals) for group in groups.values()]


def duplicate_problems(
    files: Collection[CheckedFile],
    others: Collection[CheckedFile] = (),
    originals: Container[str] = (),
    now: datetime | None = None,
) -> Iterator[Problem]:
    """Yield a problem for each published record in `files` that shares its id or page; `others` precede `files`.

    So does one that is held back while an older version of it goes out. Without `now` no record is scheduled or has
    expired. The problems have the route of a key, but not its span.
    """
    given, before = _published(files), _published(others)
    paths = {file.path for file in given}
    articles = articles_of(given, before, originals)
    for article in articles:
        yield from (_copy(file, article.versions[0].path) for file in article.copies if file.path in paths)
        yield from _further_versions(article.versions, paths, now)
    yield from _outdated(articles, files, others)
    first: dict[str, File] = {}
    for file in [*oldest_first(before), *oldest_first(given)]:
        other = first.setdefault(normal_url(file.record.link), file)
        if other.record.id != file.record.id and file.path in paths:
            yield _same_page(file, other.path)


def oldest_first(files: Iterable[CheckedFile], others: Iterable[CheckedFile] = ()) -> list[File]:
    """Return the files with records, sorted by date; of those with the same dates, `others` first."""
    listed = [(is_given, file) for is_given, group in enumerate((others, files)) for file in group]
    keyed = [
        (*_dates(file.record), rank, file.path, file.record, file.dedupe_keys) for rank, file in listed if file.record
    ]
    return [File(*key[3:]) for key in sorted(keyed, key=lambda key: key[:4])]


def _published(files: Iterable[CheckedFile]) -> list[CheckedFile]:
    return [file for file in files if file.record and file.record.is_published]


def _held_back(files: Iterable[CheckedFile]) -> list[CheckedFile]:
    return [file for file in files if file.record and not file.record.is_published]


def _dates(record: Record) -> tuple[datetime, datetime]:
    return record.published, record.updated


def _article(group: list[File], originals: Container[str]) -> Article:
    original = _original(group, originals)
    published, updated = _dates(original.record)
    versions, copies = {(published, updated): original}, []
    for file in group:
        is_newer = file.record.published > published or file.record.updated > updated
        if file is not original and not (is_newer and versions.setdefault(_dates(file.record), file) is file):
            copies.append(file)
    further = sorted([*versions.values()][1:], key=lambda file: version_of(file.record))
    return Article((original, *further), tuple(copies))


def _original(group: list[File], originals: Container[str]) -> File:
    """Return the original of records with one id; a link is not, if the file that it leads to is among them."""
    first = next((file for file in group if file.path in originals), group[0])
    alike = [file for file in group if file is not first and _dates(file.record) == _dates(first.record)]
    if not alike or not is_link(first.path):
        return first
    return next((file for file in alike if not is_link(file.path)), first)


def _further_versions(versions: tuple[File, ...], given: Container[str], now: datetime | None) -> Iterator[Problem]:
    original, *further = versions
    reported = [file for file in further if file.path in given]
    for file in reported:
        yield _version(file, original.path, _outcome(versions, now))
    if further and not reported and original.path in given:
        yield _version(original, further[-1].path, _outcome(versions, now))


def _outdated(
    articles: Iterable[Article], files: Collection[CheckedFile], others: Iterable[CheckedFile]
) -> Iterator[Problem]:
    """Yield a problem for each newest version that is held back, while an older one goes out."""
    held_back, held_back_before = _held_back(files), _held_back(others)
    if not held_back and not held_back_before:
        return
    given = {file.path for file in files}
    newest = {article.versions[-1].record.id: article.versions[-1] for article in articles}
    for file in oldest_first(held_back, held_back_before):
        shown = newest.get(file.record.id)
        if not shown or version_of(file.record) <= version_of(shown.record):
            continue
        if file.path in given:
            message = f"same article as {shown.path}, which is older and goes out: this version does not"
            yield _withdrawn(file, message, shown)
        elif shown.path in given:
            yield _withdrawn(shown, f"goes out, while a newer version of the article, {file.path}, does not", shown)


def _outcome(versions: Iterable[File], now: datetime | None) -> str:
    """Return what becomes of an article at an instant."""
    due = [file for file in versions if not now or file.record.published <= now]
    if not due:
        return "to be published as one item"
    path, newest, _ = max(due, key=lambda file: version_of(file.record))
    if now and newest.expires and newest.expires <= now:
        return f"not published, as the newest, {path}, has expired"
    return f"published as one item, with the text of {path}"


def _copy(file: File, other: str) -> Problem:
    message = f"duplicate id: already used by {other}; not published"
    remedy = "remove one of the two, or give one an id of its own"
    return problem_at(file.path, START, "duplicate-id", message, remedy, (file.dedupe_keys[0][0],))


def _version(file: File, other: str, outcome: str) -> Problem:
    message = f"same article as {other}, with other dates: {outcome}"
    remedy = "keep one of the two, or give one an id of its own if they are two articles"
    return problem_at(file.path, START, "article-versions", message, remedy, (file.dedupe_keys[0][0],))


def _withdrawn(file: File, message: str, shown: File) -> Problem:
    remedy = f"hold {shown.path} back as well, or remove one of the two"
    return problem_at(file.path, START, "article-versions", message, remedy, (file.dedupe_keys[0][0],))


def _same_page(file: File, other: str) -> Problem:
    message = f"leads to the same page as {other}"
    remedy = "remove one of the two, or correct the address"
    return problem_at(file.path, START, "duplicate-url", message, remedy, (file.dedupe_keys[-1][0],))
