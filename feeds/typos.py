"""Words that a slip of the pen makes of others."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

# Words of this length and more may have a second typo.
_LONG = 10
_SHORT = 3
_MOST = 2
_NEGATIONS = {*("un", "non", "no", "not", "in", "im", "dis", "de", "anti", "a"), *("dont", "donot", "isnot")}
_SEPARATORS = str.maketrans("", "", "-_ ")


def plain_word(key: str) -> str:
    """Return a key as it is compared: without case, hyphens, underscores and blanks."""
    return key.casefold().translate(_SEPARATORS)


def typos_of(word: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the known words that a word is, or may be meant for."""
    # Lengths are compared here, since most words differ in it, and a record may have thousands of unknown keys.
    length = len(word)
    return (each for each in known if -_MOST <= len(each) - length <= _MOST and is_typo(word, each))


def is_typo(word: str, known: str) -> bool:
    """Return whether a word is a known one, or a single typo away, two if it is long, but not its negation."""
    length = min(len(word), len(known))
    edits = 0 if length < _SHORT else _MOST if length >= _LONG else 1
    if abs(len(word) - len(known)) > edits:
        return False
    if len(_letters(word) ^ _letters(known)) > 2 * edits:
        return False
    word, known = word.casefold(), known.casefold()
    shorter, longer = sorted((plain_word(word), plain_word(known)), key=len)
    return longer.removesuffix(shorter) not in _NEGATIONS and _is_within(word, known, edits)


@lru_cache(maxsize=1024)
def _letters(word: str) -> frozenset[str]:
    return frozenset(word.casefold())


def _is_within(word: str, other: str, edits: int) -> bool:
    """Return whether so many letters added, removed, replaced or swapped make one word the other."""
    same = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    word, other = word[same:], other[same:]
    if not word or not other or not edits:
        return len(word) + len(other) <= edits
    is_swap = word[:2] == other[1::-1] and len(word) > 1
    return (
        _is_within(word[1:], other, edits - 1)
        or _is_within(word, other[1:], edits - 1)
        or _is_within(word[1:], other[1:], edits - 1)
        or (is_swap and _is_within(word[2:], other[2:], edits - 1))
    )
