"""Reconcile the ids of records with those that were published before.

A record with the same address keeps its id, then one with the same path; between two claims to an id the content (title
and date) decides. Undecided cases are reported as doubts. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from feeds.validation.content_keys import alike, days_around, title_and_day
from feeds.validation.identity_doubts import (
    Doubt,
    Duplicate,
    Evidence,
    Identity,
    doubt_about_match,
    doubts_about_new,
)

# How likely a record is the one that an id was published for: whether the address and the path match, and how many of
# title and date do. Other combinations are no claim.
_RANKS = {
    (True, True, 2): 9,
    (True, False, 2): 8,
    (False, True, 2): 7,
    (True, True, 1): 6,
    (False, False, 2): 5,
    (True, False, 1): 4,
    (False, True, 1): 3,
    (True, True, 0): 2,
    (True, False, 0): 1,
}
_OWN, _OWN_ELSEWHERE = 10, 0


class Claim(NamedTuple):
    """The id that a record makes of its address or names itself, which of the two it is, and its content keys.

    `content` is the key of its title and date, `body` that of its body.
    """

    made: str
    is_own: bool
    content: str = ""
    body: str = ""


class Reconciliation(NamedTuple):
    """The new ledger, the ids of all records by path, and the undecided cases."""

    identities: Mapping[str, Identity]
    ids: Mapping[str, str]
    doubts: tuple[Doubt, ...]

    def originals(self) -> frozenset[str]:
        """Return the paths of the original records of ids; others with the same id are further versions."""
        return frozenset(path for path, known in self.identities.items() if self.ids.get(path) == known.id)


def reconcile(identities: Mapping[str, Identity], claims: Mapping[str, Claim], files: Iterable[str]) -> Reconciliation:
    """Return the reconciled ids of records.

    `identities` is the ledger. `claims`, oldest first, and `files` are keyed by path; a file without a valid record has
    no claim. Records that share an address share an id, and the ledger has the original of them.
    """
    return _Reconciler(identities, claims, frozenset(files)).result()


class _Reconciler:
    """The state of one reconciliation; a group is all records that make the same id."""

    def __init__(self, lines: Mapping[str, Identity], claims: Mapping[str, Claim], files: AbstractSet[str]) -> None:
        self._lines, self._claims = lines, claims
        self._held_back = files - claims.keys()
        self._groups: dict[str, list[str]] = {}
        for path, claim in claims.items():
            self._groups.setdefault(claim.made, []).append(path)
        self._own = {claim.made for claim in claims.values() if claim.is_own}
        self._matches: dict[str, str] = {}  # the line of the ledger for each group

    def result(self) -> Reconciliation:
        self._match()
        ids = self._ids()
        reconciled = self._reconciled_lines(ids)
        doubts = sorted({doubt.path: doubt for doubt in self._doubts(ids)}.values())
        by_path = {path: ids[made] for made, paths in self._groups.items() for path in paths}
        return Reconciliation(reconciled, by_path, tuple(doubts))

    def _match(self) -> None:
        for made, paths in self._groups.items():
            line = self._lines.get(paths[0])
            known = (made, self._claims[paths[0]].content)
            if line and len(paths) == 1 and line[1:] == known and self._may(made, line):
                self._matches[made] = paths[0]
        taken = set(self._matches.values())
        for _, made, path in sorted(self._candidates(), key=lambda candidate: (-candidate[0], candidate[2])):
            if made not in self._matches and path not in taken:
                self._matches[made] = path
                taken.add(path)

    def _candidates(self) -> Iterator[tuple[int, str, str]]:
        for made, paths in self._groups.items():
            if made not in self._matches:
                for path in self._related(made, paths):
                    rank = self._rank(made, path)
                    if rank is not None:
                        yield rank, made, path

    def _related(self, made: str, paths: Iterable[str]) -> dict[str, None]:
        """Return the lines that a group could claim, in a stable order."""
        found = [*self._by_made.get(made, ()), *(path for path in paths if path in self._lines)]
        found += [line for path in paths for line in self._by_content.get(self._claims[path].content, ())]
        return dict.fromkeys([*found, *self._by_id.get(made, ())])

    def _rank(self, made: str, path: str) -> int | None:
        if not self._may(made, self._lines[path]):
            return None
        if made in self._own:
            return _OWN if path in self._groups[made] else _OWN_ELSEWHERE
        evidence = self._evidence(made, path)
        if evidence.is_held_back and not evidence.has_address:
            return None
        return _RANKS.get((evidence.has_address, evidence.has_path, evidence.alike))

    def _may(self, made: str, line: Identity) -> bool:
        return line.id == made or made not in self._own

    def _evidence(self, made: str, path: str) -> Evidence:
        line, paths = self._lines[path], self._groups[made]
        likeness = max(alike(self._claims[each].content, line.content) for each in paths)
        has, had = line.made == made, line.id == made and line.made != made
        return Evidence(path, line, has, had, path in paths, likeness, bool(line.content), path in self._held_back)

    def _ids(self) -> dict[str, str]:
        used = {line.id for line in self._lines.values()}
        ids = {}
        for made in self._groups:
            match = self._matches.get(made)
            ids[made] = self._lines[match].id if match else made if made in self._own else _unused(made, used)
            used.add(ids[made])
        return ids

    def _reconciled_lines(self, ids: Mapping[str, str]) -> dict[str, Identity]:
        reconciled, held = {}, set[str]()
        for made in sorted(self._groups, key=lambda made: made not in self._matches):  # an id's own line comes first
            holder = self._holder(made)
            if ids[made] not in held:
                held.add(ids[made])
                is_held_back = holder not in self._claims
                reconciled[holder] = (
                    self._lines[holder] if is_held_back else Identity(ids[made], made, self._claims[holder].content)
                )
        matched = set(self._matches.values())
        for path, line in self._lines.items():
            if path not in matched and line.id not in held:
                reconciled[_free(path, reconciled)] = line
        return reconciled

    def _holder(self, made: str) -> str:
        """Return the path that an id belongs to: by the ledger, else of the most similar record, else the oldest."""
        match, paths = self._matches.get(made), self._groups[made]
        if match is None:
            return paths[0]
        if match in paths or match in self._held_back:
            return match
        return max(paths, key=lambda path: alike(self._claims[path].content, self._lines[match].content))

    def _doubts(self, ids: Mapping[str, str]) -> Iterator[Doubt]:
        for made, paths in self._groups.items():
            match = self._matches.get(made)
            if match and made not in self._own:
                yield from doubt_about_match(self._holder(made), self._evidence(made, match))
            elif made not in self._own:
                yield from doubts_about_new(paths[0], ids[made], self._duplicate(paths), self._rivals(made, paths))

    def _duplicate(self, paths: list[str]) -> Duplicate | None:
        """Return another record with the title of a new one and the same date or one about a day away, or its body."""
        _, _, content, body = self._claims[paths[0]]
        near = (path for key in days_around(content) for path in self._by_title_and_day.get(key, ()))
        similar = [
            ("title and date", self._by_present_content[content][:2]),
            ("title and nearly the same date", near),
            ("text", self._by_body[body][:1] if body else ()),
        ]
        found = (Duplicate(path, what) for what, others in similar for path in others if path not in paths)
        return next(found, None)

    def _rivals(self, made: str, paths: Iterable[str]) -> Iterator[tuple[Evidence, Evidence | None]]:
        for path in self._related(made, paths) | self._like_left_over(paths):
            holder = self._holders.get(path)
            yield self._evidence(made, path), self._evidence(holder, path) if holder else None

    def _like_left_over(self, paths: Iterable[str]) -> dict[str, None]:
        keys = {key for path in paths for key in self._claims[path].content.split()}
        return {path: None for key in sorted(keys) for path in self._left_over_by_part.get(key, ())}

    @cached_property
    def _holders(self) -> dict[str, str]:
        return {path: made for made, path in self._matches.items()}

    @cached_property
    def _those_with_ids_first(self) -> list[str]:
        groups = sorted(self._groups.items(), key=lambda group: group[0] not in self._matches)
        return [path for _, paths in groups for path in paths]

    @cached_property
    def _by_present_content(self) -> dict[str, list[str]]:
        return _grouped((self._claims[path].content, path) for path in self._those_with_ids_first)

    @cached_property
    def _by_title_and_day(self) -> dict[str, list[str]]:
        return _grouped((title_and_day(claim.content), path) for path, claim in self._claims.items())

    @cached_property
    def _by_body(self) -> dict[str, list[str]]:
        return _grouped((self._claims[path].body, path) for path in self._those_with_ids_first)

    @cached_property
    def _by_made(self) -> dict[str, list[str]]:
        return _grouped((line.made, path) for path, line in self._lines.items())

    @cached_property
    def _by_id(self) -> dict[str, list[str]]:
        return _grouped((line.id, path) for path, line in self._lines.items())

    @cached_property
    def _by_content(self) -> dict[str, list[str]]:
        return _grouped((line.content, path) for path, line in self._lines.items() if line.content)

    @cached_property
    def _left_over_by_part(self) -> dict[str, list[str]]:
        similar = {line for made, line in self._matches.items() if self._evidence(made, line).alike}
        taken = similar | self._held_back
        left_over = [(path, line) for path, line in self._lines.items() if path not in taken]
        return _grouped((part, path) for path, line in left_over for part in line.content.split())


def is_own(dedupe_keys: Iterable[tuple[str, str]]) -> bool:
    """Return whether a record names its own id, from its dedupe keys."""
    return any(key == "id" for key, _ in dedupe_keys)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _unused(made: str, used: AbstractSet[str]) -> str:
    """Return the id made of an address, or a variant if another article has used it."""
    identity, number = made, 1
    while identity in used:
        number += 1
        identity = uuid5(NAMESPACE_URL, f"{made}#{number}").urn
    return identity


def _free(path: str, taken: Mapping[str, Identity]) -> str:
    """Return a key in the ledger for an id whose path now belongs to another article."""
    key, number = path, 0
    while key in taken:
        number += 1
        key = f"{path}#{number}"
    return key
