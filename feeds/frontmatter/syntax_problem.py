"""A mistake in front matter, before it is a problem of a file."""

from __future__ import annotations

from typing import NamedTuple


class SyntaxProblem(NamedTuple):
    """A mistake between two character offsets of the front matter."""

    extent: tuple[int, int]
    rule: str
    message: str
    remedy: str = ""
