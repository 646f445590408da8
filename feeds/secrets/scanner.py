"""Search the bytes of outputs for pieces of secret values.

A leak is 24 bytes in a row of a value, also in small letters, or all of a value of 8 to 23 bytes. It is found as
it is, escaped for XML, JSON, URLs and CSV in the ways that outputs put one into the other, in base64 and in
hexadecimal; in any case and any Unicode normal form, with any white space, with invisible characters in between, in
letters of full width, and with what Markdown makes of it. Of a value that holds markup, 24 bytes are found as written,
and as shown if 24 remain without it.
Not found is what is compressed, enciphered, encoded twice, or in another encoding of characters than UTF-8.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple, Protocol

from feeds.secrets.decode import undisguised
from feeds.secrets.ngrams import GRAM, PIECE, forms_of, grams_in, grams_of, traits_of
from feeds.secrets.prefilter import Prefilter

# Some 80 bytes of memory for each gram; where secrets are prose, outputs have one at each offset.
_MOST_GRAMS = 1 << 19
_MOST_BYTES = 1 << 23
_PORTION = 1 << 18
# What is encoded, of 24 bytes, is nowhere near as long; so it is whole in one portion.
OVERLAP = 1 << 12
# Prose has grams in common with prose: then many files are asked for their values again and again.
_MOST_KNOWN = 1 << 15


class Content(Protocol):
    """The bytes of an output, or of a file that is read in parts."""

    def __len__(self) -> int:
        """Return how many bytes there are."""

    def __getitem__(self, part: slice, /) -> bytes:
        """Return a part of them."""


class SecretHit(NamedTuple):
    """A piece of a secret value, of the record in a file, that an output contains."""

    path: str
    output: str


class SecretScanner:
    """A scanner for secret values of records in outputs.

    - `ngrams` returns the path and the n-grams of every record that has secret values. It is called once for every
      half million n-grams, or 8 MB, of outputs in which a secret may be.
    - `values_of` returns the secret values in a file, and is called for the few files that a leak may be from.
    - `batches` returns the n-grams of many records together, with which a search that finds nothing is quicker.
    - A scanner that `is_idle` has no values to search for.
    """

    def __init__(
        self,
        ngrams: Callable[[], Iterable[tuple[str | bytes, bytes]]],
        values_of: Callable[[str], Iterable[str]],
        batches: Callable[[], Iterable[bytes]] | None = None,
    ) -> None:
        self._ngrams, self._batches = ngrams, batches or (lambda: map(itemgetter(1), ngrams()))
        self._values_of = lru_cache(_MOST_KNOWN)(lambda path: tuple(values_of(path)))
        traits = traits_of(self._batches())
        self.is_idle = next(iter(self._batches()), None) is None
        self._shortest = traits.shortest
        self._prefilter = Prefilter(traits)
        self._texts: list[tuple[str, bytes]] = []
        self._bytes = 0
        self._grams: set[int] = set()
        self._leaks: set[SecretHit] = set()

    def inspect(self, output: str, content: Content) -> None:
        """Collect what may be secret in the content of an output; `leaks` then says what is.

        Of content that several outputs have, only that of the first one is searched.
        """
        for start in range(0, 0 if self.is_idle else len(content), _PORTION):
            portion = content[start : start + _PORTION + OVERLAP]
            plain = undisguised(portion)
            for text in chain(self._prefilter.texts(portion), self._prefilter.texts(plain) if plain != portion else ()):
                self._texts.append((output, text))
                self._bytes += len(text)
                for shift in range(GRAM):
                    self._grams.update(_grams(text, shift))
            if len(self._grams) > _MOST_GRAMS or self._bytes > _MOST_BYTES:
                self._match()

    def leaks(self) -> list[SecretHit]:
        """Return the leaks in all that was inspected, in order."""
        self._match()
        return sorted(self._leaks)

    def _match(self) -> None:
        hits: set[int] = set()
        suspects: list[str] = []
        is_hit = any(not self._grams.isdisjoint(grams_in(batch)) for batch in self._batches() if self._grams)
        for path, packed in self._ngrams() if is_hit else ():
            if not self._grams.isdisjoint(grams_in(packed)):
                hits.update(self._grams.intersection(grams_in(packed)))
                suspects.append(os.fsdecode(path))
        # The first output that holds a piece is named.
        texts = reversed(self._texts if hits else [])
        pieces = {piece: output for output, text in texts for piece in self._pieces_around(hits, text)}
        for path in suspects:
            held = (pieces.get(piece) for value in self._values_of(path) for piece in _pieces(value))
            self._leaks |= {SecretHit(path, output) for output in held if output is not None}
        self._texts.clear()
        self._bytes = 0
        self._grams.clear()

    def _pieces_around(self, hits: set[int], text: bytes) -> Iterator[bytes]:
        """Yield every piece that one of the grams may be an n-gram of, wherever it is in a text."""
        offsets = (
            GRAM * word + shift
            for shift in range(GRAM)
            for word, gram in enumerate(_grams(text, shift))
            if gram in hits
        )
        done = 0
        for at in sorted(offsets):
            yield from (text[start : start + PIECE] for start in range(max(done, at - PIECE + GRAM), at + 1))
            yield from (text[at : at + size] for size in range(self._shortest, PIECE))
            done = at + 1


def first_line(content: bytes, values: Iterable[str]) -> int:
    """Return the line of content, counted from 1, at which the first leak of values is complete; 0 if there is none."""
    values = list(values)
    if not holds(content, values):
        return 0
    ends = [match.end() for match in re.finditer(rb"\n|\Z", content)]
    first, last = 0, len(ends) - 1
    while first < last:
        middle = (first + last) // 2
        first, last = (first, middle) if holds(content[: ends[middle]], values) else (middle + 1, last)
    return first + 1


def holds(content: bytes, values: list[str]) -> bool:
    """Return whether content holds a leak of values."""
    scanner = SecretScanner(lambda: [("", grams_of(values))], lambda _: values)
    scanner.inspect("", content)
    return bool(scanner.leaks())


def _pieces(value: str) -> Iterator[bytes]:
    """Yield all that an output must not hold of a value."""
    return (form[at : at + PIECE] for form in forms_of(value) for at in range(max(1, len(form) - PIECE + 1)))


def _grams(text: bytes, shift: int) -> memoryview:
    """Return as numbers every eighth gram of a text."""
    end = len(text) - (len(text) - shift) % GRAM
    return memoryview(text)[shift : max(shift, end)].cast("Q")
