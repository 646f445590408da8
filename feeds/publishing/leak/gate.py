"""Search the bytes of an output for texts that must not be in it, by their marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from urllib.parse import quote

from feeds.publishing.leak.decoding import alike, base64_runs, from_base64, unescaped
from feeds.publishing.leak.index import MarkIndex
from feeds.publishing.leak.mark import AS_WRITTEN, GRAM, PIECE

# The fewest bytes among which are eight that begin at a multiple of eight, wherever they stand.
_LEAST = 2 * GRAM - 1
# Whole bytes of a text that 24 bytes of base64 hold at least.
_PIECE_IN_BASE64 = 17

IsPiece = Callable[[bytes], bool]


class LeakGate:
    """Tell which texts an output holds pieces of, by marks that have names: the paths of the records, say.

    A name may come more than once. Nothing is found by chance: for a piece of n bytes, n - 7 marks in a row must
    agree, each in 48 bits and more.
    """

    def __init__(self, marks: Iterable[tuple[str, bytes]]) -> None:
        self._index = MarkIndex()
        self._names: list[str] = []
        self._needs: list[int] = []
        for name, form in marks:
            self._index.add(form[1:], len(self._names))
            self._names.append(name)
            self._needs.append(form[0])
        self._has_written = any(need & AS_WRITTEN for need in self._needs)
        shortest = min((need % AS_WRITTEN for need in self._needs), default=PIECE)
        self._least = min(shortest, _LEAST)
        # A text that is too short to be met at an eighth place has to be looked for everywhere.
        self._step = GRAM if shortest >= _LEAST else 1
        self._shortest_run = min(PIECE, -(-4 * shortest // 3))  # four characters of base64 stand for three bytes
        self._owners = lru_cache(1 << 16)(self._index.owners)
        self._clean_runs: set[bytes] = set()  # the same addresses stand in many outputs

    def leaks(self, content: bytes) -> list[str]:
        """Return the names of the texts that content holds pieces of, encoded in whatever way, in order."""
        if not self._names:
            return []
        found = self._found(content, AS_WRITTEN, lambda _: False) if self._has_written else set()
        plain = unescaped(content)
        found |= self._found(alike(plain), 0, _escaped_piece_of(content))
        found |= self._found_in_base64(plain)
        return sorted({self._names[owner] for owner in found})

    def _found_in_base64(self, content: bytes) -> set[int]:
        runs = base64_runs(content, self._shortest_run) - self._clean_runs
        inner = from_base64(runs)
        found = set()
        for layer in (inner, from_base64(base64_runs(inner, self._shortest_run))):
            found |= self._found(alike(layer), 0, lambda run: len(run) >= _PIECE_IN_BASE64)
        if not found:
            self._clean_runs |= runs
        return found

    def _found(self, view: bytes, flag: int, is_piece: IsPiece) -> set[int]:
        found: set[int] = set()
        judged: set[bytes] = set()  # in prose, what texts and outputs have in common comes often
        for at in self._promising(view):
            around = view[max(0, at - PIECE) : at + PIECE]
            if around in judged:
                continue
            judged.add(around)
            owners = {owner for owner in self._owners(view[at : at + GRAM]) if self._needs[owner] & AS_WRITTEN == flag}
            for owner, (start, end) in self._runs(view, at, owners - found).items():
                need = self._needs[owner] % AS_WRITTEN
                if end - start >= need or (need == PIECE and end - start >= _LEAST and is_piece(view[start:end])):
                    found.add(owner)
        return found

    def _promising(self, view: bytes) -> Iterator[int]:
        """Yield the places around which enough bytes stand together that any texts may hold."""
        for at in self._index.places(view, self._step):
            if self._index.reach(view, at, self._least) >= self._least:
                yield at

    def _runs(self, view: bytes, at: int, owners: set[int]) -> dict[int, tuple[int, int]]:
        """Return the extent of what the text of each owner may hold around a place."""
        starts, ends = dict.fromkeys(owners, at), dict.fromkeys(owners, at + GRAM)
        holding, start, end = owners, at, at + GRAM
        while start > max(0, at - PIECE) and (holding := holding & self._owners(view[start - 1 : start - 1 + GRAM])):
            start -= 1
            starts.update(dict.fromkeys(holding, start))
        holding = owners
        while end < min(len(view), at + PIECE) and (holding := holding & self._owners(view[end + 1 - GRAM : end + 1])):
            end += 1
            ends.update(dict.fromkeys(holding, end))
        return {owner: (starts[owner], ends[owner]) for owner in owners}


def first_line(content: bytes, gate: LeakGate) -> int:
    """Return the line of content, counted from 1, at which the first leak is complete; 0 if there is none."""
    if not gate.leaks(content):
        return 0
    ends = [match.end() for match in re.finditer(rb"\n|\Z", content)]
    first, last = 0, len(ends) - 1
    while first < last:
        middle = (first + last) // 2
        first, last = (first, middle) if gate.leaks(content[: ends[middle]]) else (middle + 1, last)
    return first + 1


def _escaped_piece_of(content: bytes) -> IsPiece:
    """Return what tells whether fewer than 24 bytes of a text were 24 when they were escaped.

    They are no leak if they stand in the content openly as well, not behind the backslash of an escape.
    """

    @cache
    def openly() -> bytes:
        return alike(content)

    @cache
    def is_piece(run: bytes) -> bool:
        if len(quote(run, safe="")) < PIECE:
            return False
        at = openly().find(run)
        while at > 0 and openly()[at - 1 : at] == b"\\":
            at = openly().find(run, at + 1)
        return at < 0

    return is_piece
