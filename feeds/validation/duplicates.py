"""Find records that share what only one may have: their id, or the page that they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feeds.diagnostics.problem import START, Problem, problem_at
from feeds.model.record import Record
from feeds.url_identity import normal_url
from feeds.validation.check_file import CheckedFile

_AROUND_WORDS = b"\"',[]{}"


def without_twins(files: Iterable[CheckedFile]) -> list[CheckedFile]:
    """Return the files that hold records; of several with the same id and status only that with the oldest."""
    kept: dict[tuple[str, bool], CheckedFile] = {}
    for file, record in _oldest_first(files):
        kept.setdefault((record.id, record.is_published), file)
    return list(kept.values())


def twin_problems(files: Iterable[CheckedFile], others: Iterable[CheckedFile] = ()) -> Iterator[Problem]:
    """Yield a problem for each published record in `files` whose id or page another has; `others` were there first.

    The problems know the key that they are about, but not yet its place.
    """
    with_id: dict[str, str] = {}
    with_page: dict[str, str] = {}
    for other, record in _published(others):
        with_id.setdefault(record.id, other.path)
        with_page.setdefault(normal_url(record.link), other.path)
    for file, record in _published(files):
        same_id = with_id.setdefault(record.id, file.path)
        same_page = with_page.setdefault(normal_url(record.link), file.path)
        if same_id != file.path:
            yield _same_id(file, same_id)
        elif same_page != file.path:
            yield _same_page(file, same_page)


def may_share(content: bytes, marks: frozenset[bytes]) -> bool:
    """Tell whether a file could give a record one of the marks of others, without the cost of parsing it.

    A file that writes its addresses with YAML escapes is missed; checked together with the others it is not.
    """
    words = (word.strip(_AROUND_WORDS) for word in content.split())
    return not marks.isdisjoint(form for word in words for form in (word, _normal(word)))


def marks_of(files: Iterable[CheckedFile]) -> frozenset[bytes]:
    """Return the ids and addresses of records, as the words of a file that `may_share` looks for."""
    words = {mark.encode(errors="ignore").strip(_AROUND_WORDS) for file in files for _, mark in file.marks}
    return frozenset(words | set(map(_normal, words)))


def _normal(word: bytes) -> bytes:
    """Return a word as it is compared: an address in its one spelling."""
    is_address = word[:4].lower() == b"http"
    return normal_url(word.decode(errors="replace")).encode(errors="replace") if is_address else word


def _published(files: Iterable[CheckedFile]) -> list[tuple[CheckedFile, Record]]:
    return [(file, record) for file, record in _oldest_first(files) if record.is_published]


def _oldest_first(files: Iterable[CheckedFile]) -> list[tuple[CheckedFile, Record]]:
    pairs = [(file, file.record) for file in files if file.record]
    return sorted(pairs, key=lambda pair: (pair[1].published, pair[0].path))


def _same_id(file: CheckedFile, other: str) -> Problem:
    message = f"has the same id as {other}, which was there first, so it is not published"
    remedy = "remove one of the two, or give one an id of its own"
    return problem_at(file.path, START, "duplicate-id", message, remedy, (file.marks[0][0],))


def _same_page(file: CheckedFile, other: str) -> Problem:
    message = f"leads to the same page as {other}"
    remedy = "remove one of the two, or correct the address"
    return problem_at(file.path, START, "duplicate-url", message, remedy, (file.marks[-1][0],))
