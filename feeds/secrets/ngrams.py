"""N-grams of the secret values of a record: few, because outputs are searched for them at every offset."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Iterator
from string import ascii_letters, digits
from typing import NamedTuple

from feeds.secrets.decode import folded, undisguised, unescaped, without_markup
from feeds.text import slug

GRAM = 8
PIECE = 24
# Any 24 bytes hold one of the grams that begin at the 17th byte of a text and at every 17th byte from there.
_STEP = PIECE - GRAM + 1
_LONGEST_NAME = 80  # of what may be a topic, of which names of files are made

LETTERS_AND_DIGITS = (ascii_letters + digits).encode()
_PLAIN = LETTERS_AND_DIGITS + b"+/=;:.,-"  # as most values are: nothing in them is markup or an escape


class Traits(NamedTuple):
    """Traits of all texts: the bytes they are made of besides letters and digits, and the length of the shortest."""

    others: frozenset[int]
    shortest: int


def grams_of(values: Iterable[str]) -> bytes:
    """Return the n-grams of the secret values of a record, empty if none of them has 8 bytes or more.

    They are 8 bytes out of every 17 of a value as it is, after a head of the bytes that it is made of: whoever has
    them has nearly half of the value, so they need the same protection as the records. Texts of less than 8 bytes, such
    as `yes` or `2021`, stand in many an output by chance.
    """
    forms, used = set[bytes](), set[int]()
    for value in values:
        if own := forms_of(value):
            forms |= own
            used.update(b"".join([*own, _written(value)]).translate(None, LETTERS_AND_DIGITS))
    if not forms:
        return b""
    others = bytes(sorted(used))
    shortest = min(PIECE, *map(len, forms))
    return b"".join([bytes([shortest, len(others)]), others, *map(_grams, forms)])


def merged(ngrams: Collection[bytes]) -> bytes:
    """Return the n-grams of several records as if they were those of one."""
    others, shortest = traits_of(ngrams)
    head = bytes([shortest, len(others), *sorted(others)])
    return b"".join([head, *(packed[2 + packed[1] :] for packed in ngrams)])


def forms_of(value: str) -> set[bytes]:
    """Return the texts for which outputs are searched, each of 8 bytes or more: all that there is of the value.

    A value is looked for as written and without the markup in it, and, if it holds what looks like an escape, with
    that undone, as it is in outputs. Base64 of a value shorter than 24 bytes is looked for as it is, since too little
    of it remains to be recognised as base64.
    """
    written = _written(value)
    forms = {folded(written)}
    if written.translate(None, _PLAIN):
        forms |= {folded(unescaped(written)), folded(undisguised(written))}
        forms |= {without_markup(form).strip(b"+") for form in forms}
        if len(written) <= _LONGEST_NAME:
            forms.add(slug(value).encode())
    if GRAM <= len(written) < PIECE:
        forms.update(form.lower() for form in _in_base64(written))
    return {form for form in forms if len(form) >= GRAM}


def traits_of(ngrams: Iterable[bytes]) -> Traits:
    """Return the traits of all texts whose n-grams are given."""
    heads = {packed[: 2 + packed[1]] for packed in ngrams if packed}
    others = frozenset(byte for head in heads for byte in head[2:])
    return Traits(others, min((head[0] for head in heads), default=PIECE))


def grams_in(ngrams: bytes) -> memoryview:
    """Return the grams in the n-grams of a record, as numbers."""
    return memoryview(ngrams)[2 + ngrams[1] :].cast("Q")


def _written(value: str) -> bytes:
    return value.strip().encode("utf-8", "surrogatepass")


def _grams(form: bytes) -> bytes:
    offsets = range(_STEP - 1, len(form) - GRAM + 1, _STEP) if len(form) >= PIECE else range(1)
    return b"".join([form[at : at + GRAM] for at in offsets])


def _in_base64(text: bytes) -> Iterator[bytes]:
    """Yield the characters of base64 that stand for a text and nothing else, wherever it begins in what is encoded."""
    for before in range(3):
        first, end = -(-8 * before // 6), 8 * (before + len(text)) // 6
        for encode in (b64encode, urlsafe_b64encode):
            yield encode(bytes(before) + text)[first:end]
