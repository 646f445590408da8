"""Find records that share an id or a page.

Records with the same id are versions of one article if their dates differ, and copies if they do not.
"""

import re
from collections.abc import Collection, Container, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from feeds.diagnostics.problem import START, Problem, problem_at
from feeds.model.record import Record
from feeds.model.versions import version_of
from feeds.url_identity import normal_url
from feeds.validation.check_file import CheckedFile

_HEAD = 4096  # bytes; the title is expected in the first ones
_AROUND_WORDS = b"\"',[]{}"


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
    files: Collection[CheckedFile], others: Iterable[CheckedFile] = (), originals: Container[str] = ()
) -> Iterator[Problem]:
    """Yield a problem for each published record in `files` that shares its id or page; `others` precede `files`.

    The problems have the route of a key, but not its span.
    """
    given, before = _published(files), _published(others)
    paths = {file.path for file in given}
    for article in articles_of(given, before, originals):
        yield from (_copy(file, article.versions[0].path) for file in article.copies if file.path in paths)
        yield from _further_versions(article.versions, paths)
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


def may_share(content: bytes, dedupe_keys: frozenset[bytes]) -> bool:
    """Return whether a file may contain one of the dedupe keys of other records, without parsing it.

    Addresses with YAML escapes are missed here, but not when all files are validated together.
    """
    words = (word.strip(_AROUND_WORDS) for word in content.split())
    return not dedupe_keys.isdisjoint(form for word in words for form in (word, _normal(word)))


def may_lead_to(path: str, content: bytes, names: frozenset[str]) -> bool:
    """Return whether the address of a post may end with one of the names.

    Addresses of posts are made of names, slugs and titles, which are in the path or at the start of the file; a
    generator may transliterate those that are not ASCII, so any such post may match.
    """
    head = path + content[:_HEAD].decode(errors="ignore")
    return not head.isascii() or any(name in _letters(head) for name in names)


def names_of(files: Iterable[CheckedFile]) -> frozenset[str]:
    """Return the last segments of the addresses of records, for `may_lead_to`."""
    links = (urlsplit(file.record.link).path.rstrip("/") for file in files if file.record)
    return frozenset(_letters(unquote(re.sub(r"(?:/index)?\.html?$", "", link)).rpartition("/")[2]) for link in links)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


def words_of(files: Iterable[CheckedFile]) -> frozenset[bytes]:
    """Return the ids and addresses of records, for `may_share`."""
    words = {key.encode(errors="ignore").strip(_AROUND_WORDS) for file in files for _, key in file.dedupe_keys}
    return frozenset(words | set(map(_normal, words)))


def _normal(word: bytes) -> bytes:
    """Return a word in comparable form: addresses are normalized."""
    is_address = word[:4].lower() == b"http"
    return normal_url(word.decode(errors="replace")).encode(errors="replace") if is_address else word


def _published(files: Iterable[CheckedFile]) -> list[CheckedFile]:
    return [file for file in files if file.record and file.record.is_published]


def _dates(record: Record) -> tuple[datetime, datetime]:
    return record.published, record.updated


def _article(group: list[File], originals: Container[str]) -> Article:
    original = next((file for file in group if file.path in originals), group[0])
    published, updated = _dates(original.record)
    versions, copies = {(published, updated): original}, []
    for file in group:
        is_newer = file.record.published > published or file.record.updated > updated
        if file is not original and not (is_newer and versions.setdefault(_dates(file.record), file) is file):
            copies.append(file)
    further = sorted([*versions.values()][1:], key=lambda file: version_of(file.record))
    return Article((original, *further), tuple(copies))


def _further_versions(versions: tuple[File, ...], given: Container[str]) -> Iterator[Problem]:
    original, *further = versions
    newest = max(versions, key=lambda file: version_of(file.record))
    reported = [file for file in further if file.path in given]
    for file in reported:
        yield _version(file, original.path, newest.path)
    if further and not reported and original.path in given:
        yield _version(original, further[-1].path, newest.path)


def _copy(file: File, other: str) -> Problem:
    message = f"duplicate id: already used by {other}; not published"
    remedy = "remove one of the two, or give one an id of its own"
    return problem_at(file.path, START, "duplicate-id", message, remedy, (file.dedupe_keys[0][0],))


def _version(file: File, other: str, newest: str) -> Problem:
    message = f"same article as {other}, with other dates: published as one item, with the text of {newest}"
    remedy = "keep one of the two, or give one an id of its own if they are two articles"
    return problem_at(file.path, START, "article-versions", message, remedy, (file.dedupe_keys[0][0],))


def _same_page(file: File, other: str) -> Problem:
    message = f"leads to the same page as {other}"
    remedy = "remove one of the two, or correct the address"
    return problem_at(file.path, START, "duplicate-url", message, remedy, (file.dedupe_keys[-1][0],))
