"""Bring examined files together: the records that can go out and every problem, across files too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from feeds.checking.examination import Examined, examine, examine_bytes
from feeds.checking.policy import Policy, policy_of
from feeds.checking.spreading import Spread, serially
from feeds.checking.twins import marks_of, may_share, twin_problems, without_twins
from feeds.config import Config
from feeds.place import Place, place_of
from feeds.problem import Problem
from feeds.reading.document import Document, parse_document
from feeds.reading.remote_file import fetched, file_at
from feeds.reading.source import find_files, find_others, read_bytes
from feeds.record import Record

_DEFAULTS = Config()


@dataclass(frozen=True, slots=True)
class Collection:
    """Hold what came of many files: records without errors, and all problems, sorted."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read(*sources: Place | str, config: Config = _DEFAULTS, spread: Spread = serially) -> Collection:
    """Read and check the records in files and folders; of the configuration only what concerns records counts.

    `spread` may share the work out. Raises CouldNotRun when a source is missing or the schema cannot be used.
    """
    policy = policy_of(config)
    entries = list(find_files(map(place_of, sources)))
    return gather(spread(entries, examine, policy), policy)


def validate(
    *sources: Place | str,
    config: Config = _DEFAULTS,
    among: Place | None = None,
    now: datetime | None = None,
    spread: Spread = serially,
) -> list[Problem]:
    """Return the problems of the records in files and folders, sorted.

    `among` is a folder of records that were there before: what they share with those given is a problem of the
    given ones. Records dated after `now`, if it is given, are told so. `spread` may share the work
    out. Raises CouldNotRun as `read` does.
    """
    policy = policy_of(config, now)
    entries = list(find_files(map(place_of, sources)))
    given = list(spread(entries, examine, policy))
    others = _that_may_share(given, find_others(entries, among), policy) if among else ()
    problems = [problem for file in given for problem in file.problems]
    return sorted([*problems, *problems_of_twins(given, others, policy)])


def gather(examined: Iterable[Examined], policy: Policy) -> Collection:
    """Bring examined files together; of published records with the same id only the oldest goes out."""
    files: list[Examined] = []
    problems: list[Problem] = []
    for file in examined:
        problems.extend(file.problems)
        if file.record:
            files.append(file)
    problems.extend(problems_of_twins(files, (), policy))
    records = tuple(file.record for file in without_twins(files) if file.record)
    return Collection(records, tuple(sorted(problems)))


def problems_of_twins(given: Iterable[Examined], others: Iterable[Examined], policy: Policy) -> list[Problem]:
    """Return a problem for each record that shares what only one may have, at its place; `others` were there first."""
    problems = policy.graded(twin_problems(given, others))
    return [
        _placed(*unplaced) for unplaced in fetched(_Unplaced(file_at(problem.path), problem) for problem in problems)
    ]


class _Unplaced(NamedTuple):
    entry: str
    problem: Problem


def _placed(path: str, problem: Problem) -> Problem:
    """Return a problem at the place of its key: few records have twins, so none keeps its places."""
    content = read_bytes(path)
    document = parse_document(problem.path, content) if isinstance(content, bytes) else None
    return replace(problem, span=document.span(problem.route)) if isinstance(document, Document) else problem


def _that_may_share(given: list[Examined], others: Iterable[str], policy: Policy) -> Iterator[Examined]:
    marks = marks_of(given)
    for path in fetched(others) if marks else ():
        content = read_bytes(path)
        if isinstance(content, bytes) and may_share(content, marks):
            yield examine_bytes(path, content, policy)
