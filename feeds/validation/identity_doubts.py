"""Put into words what speaks for and against an id that a record gets, where that decides nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from feeds.diagnostics.problem import START, Problem, problem_at

_BOTH = 2  # the title and the date


class Identity(NamedTuple):
    """The id of a record, and what it was known by when it was last seen: the id its address made, its content key."""

    id: str
    made: str
    content: str = ""


class Evidence(NamedTuple):
    """What a record has in common with a line of the ledger, which is known by its path.

    The address is that of last time, or had been before. `alike` counts what is the same of title and date; where the ledger does not know them, that says nothing. A line
    is held back when its file is there, but gives no record.
    """

    path: str
    line: Identity
    has_address: bool
    had_address: bool
    has_path: bool
    alike: int
    is_known: bool
    is_held_back: bool


class Doubt(NamedTuple):
    """What could not be decided about the id of a record, what was done, and how to decide it."""

    path: str
    message: str
    remedy: str


def problem_of(doubt: Doubt, path: str) -> Problem:
    """Return a doubt as a problem of the file at a path."""
    return problem_at(path, START, "uncertain-id", doubt.message, doubt.remedy)


def alike(content: str, other: str) -> int:
    """Return how many of title and date two content keys have in common, 1 where one of them is not known."""
    if not content or not other:
        return 1
    return sum(part == known for part, known in zip(content.split(), other.split(), strict=False))


def doubt_about_match(path: str, evidence: Evidence) -> Iterator[Doubt]:
    """Yield a doubt if a record that keeps an id could as well be another article."""
    if evidence.has_address and evidence.alike == 0:
        changed = "the title and the date have changed"
    elif evidence.has_path and not evidence.has_address and evidence.alike < _BOTH:
        changed = "the address and the title or date have changed" if evidence.is_known else "the address has changed"
    else:
        return
    message = f"{changed}; the record keeps the id {evidence.line.id}, so readers do not show it as new"
    yield Doubt(path, message, "if it is another article, give it an id of its own, with the key id")


def doubts_about_new(
    path: str,
    identity: str,
    rivals: Sequence[tuple[Evidence, Evidence | None]],
    owners: Mapping[str, str],
) -> Iterator[Doubt]:
    """Yield a doubt if a record that gets a new id could as well be one that was published before.

    `rivals` are what it has in common with lines of the ledger, each with what the record has that keeps the line's
    id, if one does; `owners` are the paths of those records by the lines' paths.
    """
    for evidence, other in rivals:
        is_same_page = evidence.has_address or evidence.had_address
        owner = owners.get(evidence.path, evidence.path)
        if evidence.alike == _BOTH and (other or evidence.is_held_back):
            message = f"same title and date as {owner}, but another address: published as a second item"
            yield Doubt(path, message, "if they are one article, remove one of the two records")
        elif (other and evidence.alike >= (1 if is_same_page else other.alike)) or not (other or evidence.is_held_back):
            message = f"may be the article that was published from {evidence.path}, but gets the new id {identity}"
            yield Doubt(path, message, f'if it is that article, add the line id: "{evidence.line.id}"')
