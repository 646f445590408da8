"""A syntax error in front matter, not yet tied to a file."""

from __future__ import annotations

from typing import NamedTuple

NOT_A_NUMBER = "a number that is too long, or not finite"
NUMBER_REMEDY = "write a number, or put text in quotes"


class SyntaxProblem(NamedTuple):
    """A syntax error between two character offsets of the front matter."""

    extent: tuple[int, int]
    rule: str
    message: str
    remedy: str = ""

    def moved(self, offset: int) -> SyntaxProblem:
        """Return the problem in a larger text, in which this problem's text begins at an offset."""
        start, end = self.extent
        return self._replace(extent=(offset + start, offset + end))
