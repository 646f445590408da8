"""State what a format is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from feeds.formats.loss import Losses
from feeds.model.feed import Feed


@dataclass(frozen=True, slots=True)
class Format:
    """Name a format, the suffix of its files, its media type, and how it renders a feed.

    `label` is what people call it, `losses` what it cannot hold. What subscribers get, or people see, holds the newest
    items; a table holds all.
    """

    name: str
    suffix: str
    media_type: str
    render: Callable[[Feed], Iterator[bytes]]
    label: str
    losses: Losses = frozenset()
    role: Literal["subscription", "page", "table"] = "subscription"

    def file_name(self, feed_name: str) -> str:
        """Return the name of a feed's file."""
        return f"{feed_name}.{self.suffix}"
