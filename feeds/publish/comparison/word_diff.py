"""Show the changed words of a text as [-old-] {+new+}, with some context."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+")
_AROUND = 4  # words of context on each side of a change
_SHOWN = 20  # words at the beginning and the end of a long change
_MOST_WORDS = 2000  # words that are compared; more would take too long


def word_diff(old: str, new: str) -> str:
    """Return the changes of a text on one line."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    parts = [*_context(before[:start], at_end=True), *_changes(*middle), *_context(after[len(after) - end :])]
    return " ".join(parts)


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    same = zip(before, after, strict=False)
    return next((at for at, (one, other) in enumerate(same) if one != other), min(len(before), len(after)))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    if max(len(before), len(after)) > _MOST_WORDS:
        yield from _change(before, after)
        return
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from _within(before[i:j])
        else:
            yield from _change(before[i:j], after[k:m])


def _change(removed: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    if removed:
        yield f"[-{' '.join(_within(removed, _SHOWN))}-]"
    if new:
        yield f"{{+{' '.join(_within(new, _SHOWN))}+}}"


def _within(words: Sequence[str], around: int = _AROUND) -> Sequence[str]:
    return words if len(words) <= 2 * around else [*words[:around], "…", *words[-around:]]


def _context(words: Sequence[str], *, at_end: bool = False) -> Sequence[str]:
    if len(words) <= _AROUND:
        return words
    return ["…", *words[-_AROUND:]] if at_end else [*words[:_AROUND], "…"]
