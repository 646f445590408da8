"""Make marks: what tells a text wherever it stands, without being the text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import blake2b

from feeds.publishing.leak.decoding import alike, unescaped

GRAM = 8
PIECE = 24
MARK = 8
AS_WRITTEN = 0x80

# The largest prime below 2**30: CPython divides quickest by numbers of one digit, which has 30 bits.
PRIME = 1_073_741_789


def marks_of(text: str) -> list[bytes]:
    """Return the marks of each form in which a text is looked for; none for a text of less than 8 bytes.

    The first byte of a form says how many bytes must stand together in an output: 24, or all of a shorter
    text. Its highest bit is set if the form is the text as it is written, made only of a text that holds what
    looks like an escape. A sorted digest of 8 bytes follows for every 8 bytes of the form, at every position.

    Digests do not show the text, nor can they be searched for it; but who has them and much time can guess it, a few
    bytes at a time. They are to be kept as the records are. Texts of less than 8 bytes, such as `yes` or `2021`,
    stand in many an output by chance.
    """
    written = text.strip().encode("utf-8", "surrogatepass")
    compared = alike(unescaped(written))
    forms = [(0, compared)] if len(compared) == len(written) else [(0, compared), (AS_WRITTEN, written)]
    return [bytes([flag | min(len(form), PIECE)]) + _digests(form) for flag, form in forms if len(form) >= GRAM]


def mark_of(gram: bytes) -> bytes:
    """Return the mark of 8 bytes: four are quick to make, four are hard to turn back."""
    return (int.from_bytes(gram, sys.byteorder) % PRIME).to_bytes(4, "big") + blake2b(gram, digest_size=4).digest()


def _digests(form: bytes) -> bytes:
    return b"".join(sorted(set(map(mark_of, _grams(form)))))


def _grams(form: bytes) -> Iterator[bytes]:
    return (form[at : at + GRAM] for at in range(len(form) - GRAM + 1))
