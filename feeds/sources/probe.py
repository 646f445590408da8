"""Ask a server for a feed as readers do: once, once more with what it said, and by the name of a well-known reader."""

from __future__ import annotations

from typing import NamedTuple

from feeds.diagnostics.problem import CouldNotRunError
from feeds.sources.addresses import Response, request

# How a reader with millions of subscribers calls itself; walls against bots that stop it stop them.
READER = "Feedly/1.0 (+https://feedly.com/poller.html; 1 subscribers; like FeedFetcher-Google)"
_ERRORS = 400


class Probe(NamedTuple):
    """The answers of a server: to the first request, to one with conditions if it can have any, and to a reader."""

    first: Response
    again: Response | None = None
    as_reader: Response | None = None


def probe(url: str) -> Probe:
    """Return what a server answers. Raises CouldNotRunError where there is no answer to the first request."""
    first = request(url)
    as_reader = _answered(url, {"User-Agent": READER})
    if first.status >= _ERRORS:
        return Probe(first, None, as_reader)
    asked = {"If-None-Match": first.etag, "If-Modified-Since": first.last_modified}
    conditions = {name: value for name, value in asked.items() if value}
    return Probe(first, _answered(url, conditions) if conditions else None, as_reader)


def _answered(url: str, headers: dict[str, str]) -> Response | None:
    try:
        return request(url, headers)
    except CouldNotRunError:
        return None
