"""Doubts about the ids of records, and the evidence for them. Pure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from feeds.diagnostics.problem import START, Problem, problem_at

_BOTH = 2  # title and date


class Identity(NamedTuple):
    """The id of a record, and its features when it was last seen: the id made of its address, and its content key."""

    id: str
    made: str
    content: str = ""


class Evidence(NamedTuple):
    """How a record matches a line of the ledger, which is named by its path.

    The address matches the last one, or an earlier one. `alike` counts how many of title and date are equal, if the
    ledger has them. A line is held back if its file exists but has no valid record.
    """

    path: str
    line: Identity
    has_address: bool
    had_address: bool
    has_path: bool
    alike: int
    is_known: bool
    is_held_back: bool


class Duplicate(NamedTuple):
    """Another record that is the same in something, which is named."""

    path: str
    same: str


class Doubt(NamedTuple):
    """An undecided question about the id of a record: what was done, and how to decide otherwise.

    The first `{}` of the message stands for the path of another record, if there is one.
    """

    path: str
    message: str
    remedy: str
    other: str = ""


def problem_of(doubt: Doubt, path: str) -> Problem:
    """Return a doubt as a problem of a file, which is named as the other file is then named too."""
    folder = path.removesuffix(doubt.path) if path.endswith(doubt.path) else ""
    message = doubt.message.replace("{}", folder + doubt.other, 1) if doubt.other else doubt.message
    return problem_at(path, START, "uncertain-id", message, doubt.remedy)


def doubt_about_match(path: str, evidence: Evidence) -> Iterator[Doubt]:
    """Yield a doubt if a record that keeps an id may be another article."""
    if evidence.has_address and evidence.alike == 0:
        changed = "the title and the date have changed"
    elif evidence.has_path and not evidence.has_address and evidence.alike < _BOTH:
        changed = "the address and the title or date have changed" if evidence.is_known else "the address has changed"
    else:
        return
    message = f"{changed}; the record keeps the id {evidence.line.id}, so readers do not show it as new"
    yield Doubt(path, message, "if it is another article, give it an id of its own, with the key id")


def doubts_about_new(
    path: str, identity: str, duplicate: Duplicate | None, rivals: Iterable[tuple[Evidence, Evidence | None]]
) -> Iterator[Doubt]:
    """Yield doubts if a record that gets a new id may have been published before.

    `duplicate` is another record that is much the same, if any. `rivals` are matches of the record
    with lines of the ledger, each with the match of the record that keeps the line's id, if any.
    """
    for evidence, other in rivals:
        if _may_be(evidence, other):
            message = f"may be the article that was published from {{}}, but gets the new id {identity}"
            remedy = f'if it is that article, add the line id: "{evidence.line.id}"'
            yield Doubt(path, message, remedy, evidence.path)
    if duplicate:
        message = f"same {duplicate.same} as {{}}, but another address, so it is a second item"
        yield Doubt(path, message, "if they are one article, remove one of the two records", duplicate.path)


def _may_be(evidence: Evidence, other: Evidence | None) -> bool:
    if other:
        return evidence.has_address or evidence.had_address or evidence.alike >= other.alike
    return evidence.alike == _BOTH or not evidence.is_held_back
