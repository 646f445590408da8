"""What a format is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from feeds.formats.loss import Losses
from feeds.model.feed import Feed


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffix of its files, its media type, and the module that renders it.

    `label` is what people call it. What subscribers get, or people see, holds the newest items; a table holds all.
    The module is imported when it is first needed: a run that writes JSON pays for no XML.
    """

    name: str
    suffix: str
    media_type: str
    module: str
    label: str
    role: Literal["subscription", "page", "table"] = "subscription"

    def render(self, feed: Feed) -> Iterator[bytes]:
        """Return a feed in this format, piece by piece."""
        pieces: Iterator[bytes] = self._module.render(feed)
        return pieces

    @property
    def losses(self) -> Losses:
        """Return what of a feed the format cannot hold."""
        losses: Losses = self._module.LOSSES
        return losses

    def file_name(self, feed_name: str) -> str:
        """Return the name of a feed's file."""
        return f"{feed_name}.{self.suffix}"

    @property
    def _module(self) -> Any:
        return import_module(self.module)
