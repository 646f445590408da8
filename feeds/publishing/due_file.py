"""Name a file that is due in the output, and say how it is made when it is not there yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DueFile:
    """Name a file, where it is served, and how many items it carries, if it carries a feed.

    Files with the same `recipe` have the same bytes; `content` makes them, in pieces.
    """

    name: str
    url: str
    items: int | None
    media_type: str
    recipe: bytes
    content: Callable[[], Iterable[bytes]]
