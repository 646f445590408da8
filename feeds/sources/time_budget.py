"""Limit the time that slow and dead servers may take together, however many a list or a feed names."""

from time import monotonic
from typing import Any

from feeds.diagnostics.problem import CouldNotRunError
from feeds.sources.addresses import Response, fetch
from feeds.sources.visit import shown_url

_SWIFT = 2.0  # seconds that each server may take without being counted
_MINUTES = 5.0


class TimeBudget:
    """The time that is left for slow servers; swift ones take none of it, however many they are."""

    def __init__(self, minutes: float = _MINUTES) -> None:
        self._minutes, self._left = minutes, minutes * 60

    def fetch(self, url: str, **options: Any) -> Response:
        """Return the document at an address. Raises CouldNotRunError, and without asking once no time is left."""
        if self._left <= 0:
            took = f"slow servers have taken {self._minutes:g} minutes of this run already"
            raise CouldNotRunError(f"{shown_url(url)}: not fetched, as {took}; try again later, or leave them out")
        start = monotonic()
        try:
            return fetch(url, **options)
        finally:
            self._left -= max(0.0, monotonic() - start - _SWIFT)
