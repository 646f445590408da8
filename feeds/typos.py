"""Words that a slip of the pen makes of others."""

# Words of this length and more may have a second typo.
_LONG = 10
_SHORT = 3
_NEGATIONS = {*("un", "non", "no", "not", "in", "im", "dis", "de", "anti", "a"), *("dont", "donot", "isnot")}
_SEPARATORS = str.maketrans("", "", "-_ ")


def plain_word(key: str) -> str:
    """Return a key as it is compared: without case, hyphens, underscores and blanks."""
    return key.casefold().translate(_SEPARATORS)


def is_typo(word: str, known: str) -> bool:
    """Return whether a word is a known one, or a single typo away, two if it is long, but not its negation."""
    length = min(len(word), len(known))
    edits = 0 if length < _SHORT else 2 if length >= _LONG else 1
    if abs(len(word) - len(known)) > edits:
        return False
    word, known = word.casefold(), known.casefold()
    if len({*word} ^ {*known}) > 2 * edits:
        return False
    shorter, longer = sorted((plain_word(word), plain_word(known)), key=len)
    return longer.removesuffix(shorter) not in _NEGATIONS and _is_within(word, known, edits)


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
