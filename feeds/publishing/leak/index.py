"""Keep many marks in little memory, and find the places in an output where any of them may be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from struct import iter_unpack

from feeds.publishing.leak.mark import GRAM, PRIME, mark_of

# Of a residue's 30 bits, the upper 27 choose a bit of the table and the lower 16 a bucket, whose entries are digests
# with their owners, 4 bytes each.
_TABLE = 1 << 24
_BUCKETS = 1 << 16
_ENTRY = 8
_BITS = tuple(1 << bit for bit in range(8))


class MarkIndex:
    """Map marks to the numbers of their owners, in some 9 bytes for each mark and 22 MB at once."""

    def __init__(self) -> None:
        self._table = bytearray(_TABLE)
        self._buckets = [bytearray() for _ in range(_BUCKETS)]

    def add(self, marks: bytes, owner: int) -> None:
        """Enter the marks of an owner, which stand one behind the other."""
        table, buckets, number = self._table, self._buckets, owner.to_bytes(4, "big")
        for residue, digest in iter_unpack(">I4s", marks):
            table[residue >> 6] |= _BITS[residue >> 3 & 7]
            buckets[residue % _BUCKETS] += digest + number

    def places(self, content: bytes, step: int) -> Iterator[int]:
        """Yield the offsets, of all that are multiples of a step, at which the mark of an owner may be.

        `step` divides 8. Nearly all the time of a search is spent here, which is why nothing is called in the loop.
        """
        table, prime = self._table, PRIME
        for first in range(0, GRAM, step):
            end = len(content) - (len(content) - first) % GRAM
            words = memoryview(content)[first : max(first, end)].cast("Q")
            places = [
                place
                for place, word in enumerate(words)
                if (bits := table[(residue := word % prime) >> 6]) and bits >> (residue >> 3 & 7) & 1
            ]
            yield from (first + place * GRAM for place in places)

    def reach(self, content: bytes, at: int, enough: int) -> int:
        """Return how many bytes around a place stand together that owners' texts may hold, up to what is enough."""
        start, end = at, at + GRAM
        while end - start < enough and start and self._may_hold(content[start - 1 : start - 1 + GRAM]):
            start -= 1
        while end - start < enough and end < len(content) and self._may_hold(content[end + 1 - GRAM : end + 1]):
            end += 1
        return end - start

    def owners(self, gram: bytes) -> set[int]:
        """Return the owners of the mark of 8 bytes."""
        mark = mark_of(gram)
        bucket = self._buckets[int.from_bytes(mark[:4], "big") % _BUCKETS]
        digest, owners, at = mark[4:], set(), -1
        while (at := bucket.find(digest, at + 1)) >= 0:
            if at % _ENTRY == 0:
                owners.add(int.from_bytes(bucket[at + 4 : at + _ENTRY], "big"))
        return owners

    def _may_hold(self, gram: bytes) -> bool:
        residue = int.from_bytes(gram, sys.byteorder) % PRIME
        return bool(self._table[residue >> 6] >> (residue >> 3 & 7) & 1)
