"""Output formats."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from feeds.formats.loss import Losses
    from feeds.model.feed import Feed


class Format(NamedTuple):
    """A format: its name, the suffix of its files, its media type, and its name for people.

    `module` renders it, and is imported on first use, so that a run that writes JSON does not load XML. By its `role`
    a format is for subscribers or a page, with the newest items, or a table of all items.
    """

    name: str
    suffix: str
    media_type: str
    module: str
    label: str
    role: Literal["subscription", "page", "table"] = "subscription"

    def render(self, feed: Feed) -> Iterator[bytes]:
        """Yield a feed in this format, in pieces."""
        pieces: Iterator[bytes] = self._module.render(feed)
        return pieces

    @property
    def losses(self) -> Losses:
        """Return what the format cannot represent."""
        losses: Losses = self._module.LOSSES
        return losses

    @property
    def required(self) -> frozenset[str]:
        """Return the parts that the format requires of every feed, and that are added where they are missing."""
        required: frozenset[str] = getattr(self._module, "REQUIRED", frozenset())
        return required

    def file_name(self, feed_name: str) -> str:
        """Return the name of a feed's file."""
        return f"{feed_name}.{self.suffix}"

    @property
    def _module(self) -> Any:
        return import_module(self.module)
