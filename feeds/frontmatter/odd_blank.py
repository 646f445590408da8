"""Find whitespace that YAML does not treat as such, for example no-break spaces pasted from a web page."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from feeds.text import code_point

_BLANK = "[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]"
_ANY = re.compile(_BLANK)
# At the start of a line, an entry or a value.
_IN_THE_WAY = re.compile(rf"^([ ]*(?:-[ ]*)*(?:[\w-]+:[ ]*)?)({_BLANK}+)", re.MULTILINE)
_MOST = 50


def odd_blank_in(text: str) -> str:
    """Return the name of the first such character, as in `a no-break space (U+00A0)`, or nothing."""
    match = _ANY.search(text)
    if not match:
        return ""
    name = unicodedata.name(match[0]).lower()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name} ({code_point(match[0])})"


def blanks_in_the_way(text: str, fails_at: Callable[[str], int]) -> tuple[int, int] | None:
    """Return the extent of the first such characters whose replacement lets the text be parsed further.

    `fails_at` returns the offset at which parsing a text fails.
    """
    matches = list(_IN_THE_WAY.finditer(text))[:_MOST]
    reached = fails_at(text) if matches else 0
    for part in [*([match] for match in matches), matches]:
        if part and fails_at(_with_plain(text, part)) > reached:
            return part[0].span(2)
    return None


def _with_plain(text: str, matches: Sequence[re.Match[str]]) -> str:
    for match in matches:
        start, end = match.span(2)
        text = text[:start] + " " * (end - start) + text[end:]
    return text
