"""State what a format is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from feeds.feed import Feed


@dataclass(frozen=True, slots=True)
class Format:
    """Name a format, the suffix of its files, its media type, and how it renders a feed.

    A format for subscribers holds the newest items, and has a `label`, which is what they call it; one that
    `carries_all` has no limit.
    """

    name: str
    suffix: str
    media_type: str
    render: Callable[[Feed], Iterator[bytes]]
    carries_all: bool = False
    label: str = ""
