"""Replacements in bodies, and placeholders for the parts that must not change."""

import re
from collections.abc import Callable, Iterable

from feeds.lazy_pattern import lazy_pattern

# In place of the path of the site, which a tag asks for, until that is known.
SITE = "\x01"
Replacement = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def pattern(text: str) -> re.Pattern[str]:
    """Return a pattern for a whole body: a dot is any character, and lines have a start and an end."""
    return lazy_pattern(text, re.DOTALL | re.MULTILINE)


# Fenced blocks and spans of code.
# Code that does not end goes to the end of the text (CommonMark 0.31, section 4.5).
CODE = pattern(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)|(?<!`)(?P<tick>`++).+?(?<!`)(?P=tick)(?!`)"
)
# In front of the address of a link or an image in Markdown.
BEFORE_ADDRESS = r"\]\(\s*<?|^[ ]{0,3}\[[^\[\]\n]+\]:\s*<?"


def replaced(body: str, replacements: Iterable[Replacement]) -> str:
    """Return a body after the replacements, each made everywhere before the next one."""
    for old, new in replacements:
        body = old.sub(new, body)
    return body


class Placeholders:
    """Pieces of a body that must not change, each with a placeholder in its place."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def put(self, piece: str) -> str:
        """Return a placeholder for a piece."""
        self._pieces.append(piece)
        return f"\0{len(self._pieces) - 1}\0"

    def put_match(self, match: re.Match[str]) -> str:
        """Return a placeholder for the group "text" of a match, or else for all of it."""
        return self.put(match["text"] if "text" in match.re.groupindex else match[0])

    def restored(self, body: str) -> str:
        """Return a body with the pieces in place of their placeholders."""
        while "\0" in body:
            body = re.sub(r"\0(\d+)\0", lambda match: self._pieces[int(match[1])], body)
        return body
