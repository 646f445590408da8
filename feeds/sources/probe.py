"""Request a feed as readers do: plainly, conditionally, and with a well-known reader's User-Agent."""

from typing import NamedTuple

from feeds.diagnostics.problem import CouldNotRunError
from feeds.sources.addresses import Response, request

# The User-Agent of a reader with millions of subscribers; a bot wall that blocks it blocks them.
READER = "Feedly/1.0 (+https://feedly.com/poller.html; 1 subscribers; like FeedFetcher-Google)"


class Probe(NamedTuple):
    """A server's responses: to a plain request, to a conditional one if it sent validators, and to a reader's."""

    first: Response
    again: Response | None = None
    as_reader: Response | None = None


def probe(url: str) -> Probe:
    """Return a server's responses. Raises CouldNotRunError if the first request gets none."""
    first = request(url)
    as_reader = _answered(url, {"User-Agent": READER})
    if first.is_error:
        return Probe(first, None, as_reader)
    asked = {"If-None-Match": first.etag, "If-Modified-Since": first.last_modified}
    conditions = {name: value for name, value in asked.items() if value}
    return Probe(first, _answered(url, conditions) if conditions else None, as_reader)


def _answered(url: str, headers: dict[str, str]) -> Response | None:
    try:
        return request(url, headers)
    except CouldNotRunError:
        return None
