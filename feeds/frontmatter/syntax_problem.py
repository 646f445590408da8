"""A syntax error in front matter, not yet tied to a file."""

from typing import NamedTuple


class SyntaxProblem(NamedTuple):
    """A syntax error between two character offsets of the front matter."""

    extent: tuple[int, int]
    rule: str
    message: str
    remedy: str = ""
