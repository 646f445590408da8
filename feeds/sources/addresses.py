"""Fetch documents from web addresses, with limits on time and size.

Redirects are followed by hand because each is checked first: none may lead to another scheme, or from the internet to
this machine or its network.
"""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from feeds import __version__
from feeds.diagnostics.problem import CouldNotRunError
from feeds.hostname import is_local
from feeds.sources.deadline import Deadline
from feeds.sources.inflate import TooLargeError, decompress, is_in
from feeds.sources.visit import Visit, shown_url

USER_AGENT = f"feeds/{__version__} (+https://feeds.example/)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8",
    "Accept-Encoding": "gzip, deflate",  # what can be decompressed as a stream
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_ERRORS = 400
_SERVER_ERRORS = 500
_ADVICE = {
    401: "the server wants a name and a password; give them in the address, as in https://name:password@host/",
    403: "the server lets no programs in, or not from here; ask who runs it",
    404: "there is no such document; check the address",
    406: "the server has no feed at this address; check the address",
    410: "the feed is gone for good; remove it from your list",
    429: "the server had too many requests; try again later",
}


class Limits(NamedTuple):
    """Seconds to connect, to wait for the next bytes and to receive everything, bytes, and redirects of a request."""

    connect: float = 10
    silence: float = 15
    total: float = 60
    max_bytes: int = 64 * 1024 * 1024
    redirects: int = 5


_LIMITS = Limits()


class Redirect(NamedTuple):
    """A redirect: its status (301 and 308 are permanent) and its target."""

    status: int
    url: str


class Response(NamedTuple):
    """A server's response: `url` is the last address after redirects; header names are in lower case.

    `content` is decompressed, and empty for the status 304. It `is_encoded` unless it came in another encoding than its
    Content-Encoding.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes = b""
    redirects: tuple[Redirect, ...] = ()
    is_encoded: bool = True

    @property
    def is_error(self) -> bool:
        """Return whether the server answers with an error of its own or of the request."""
        return self.status >= _ERRORS

    @property
    def is_modified(self) -> bool:
        """Return whether the body is new to the caller."""
        return self.status != _NOT_MODIFIED

    @property
    def etag(self) -> str:
        """Return the entity tag for the next conditional request."""
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        """Return the date for the next conditional request."""
        return self.headers.get("last-modified", "")


def fetch(
    url: str, *, etag: str = "", last_modified: str = "", named_by: str = "", limits: Limits = _LIMITS
) -> Response:
    """Return the document at an address, or a 304 response if it still has the given ETag or date.

    `named_by` is the address of the document that links to this one, for example as its next page; the link is
    checked as a redirect is. Raises CouldNotRunError.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in conditions.items() if value}
    response = request(url, headers, named_by=named_by, limits=limits)
    if response.status in _REDIRECTS or (response.status == _NOT_MODIFIED and not headers):
        raise CouldNotRunError(f"{response.url}: the server answers {response.status} without a document or an address")
    if response.is_error:
        raise CouldNotRunError(f"{response.url}: the server answers {response.status}; {_advice(response)}")
    return response


def request(
    url: str, headers: Mapping[str, str] | None = None, *, named_by: str = "", limits: Limits = _LIMITS
) -> Response:
    """Return a server's response, whatever its status. Raises CouldNotRunError if there is none."""
    is_from_afar = bool(named_by) and not is_local(urlsplit(named_by).hostname or "")
    redirects: list[Redirect] = []
    with _translate_errors(url, limits) as deadline, _client(limits) as client:
        while True:
            visit = Visit(url, deadline, is_refused_here=is_from_afar)
            response = _answer(client, visit, {**_HEADERS, **(headers or {})}, limits)
            if response.status not in _REDIRECTS or "location" not in response.headers:
                return response._replace(redirects=tuple(redirects))
            url = _joined(url, response.headers["location"])
            redirects.append(Redirect(response.status, shown_url(url)))
            is_from_afar = is_from_afar or not visit.is_here
            if len(redirects) > limits.redirects:
                message = f"redirected more than {limits.redirects} times; check the address"
                raise CouldNotRunError(f"{shown_url(url)}: {message}")


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location  # reported as invalid when it is requested


def _client(limits: Limits) -> Any:
    try:
        import httpx  # noqa: PLC0415 - most runs fetch nothing, and may have no such package
    except ModuleNotFoundError:
        from feeds.installation import install_command  # noqa: PLC0415 - few installations lack it

        raise CouldNotRunError(f"to fetch from the web needs another package: {install_command('web')}") from None
    try:
        return httpx.Client(timeout=httpx.Timeout(limits.connect, read=limits.silence), follow_redirects=False)
    except Exception as error:  # noqa: BLE001 - each setting fails in its own way
        what = f"the settings of this machine for the web cannot be used: {_one_line(error)}"
        raise CouldNotRunError(
            f"{what}; check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY and SSL_CERT_FILE"
        ) from None


def _answer(client: Any, visit: Visit, headers: Mapping[str, str], limits: Limits) -> Response:
    sent = {name: value.encode() for name, value in headers.items()}  # an ETag can be any text
    with client.stream("GET", visit.url, headers=sent, extensions={"trace": visit.trace}) as answer:
        found = {name.lower(): value for name, value in answer.headers.items()}
        response = Response(shown_url(visit.url), answer.status_code, found)
        return response if answer.status_code in _REDIRECTS else _with_content(response, answer.iter_raw(), limits)


def _with_content(response: Response, pieces: Iterator[bytes], limits: Limits) -> Response:
    first, encoding = next(pieces, b""), response.headers.get("content-encoding", "")
    is_encoded = is_in(first, encoding)
    is_packed = is_encoded and bool(first)  # the answer 304 is empty, whatever its headers
    content = b"".join(decompress(chain([first], pieces), encoding if is_packed else "", limits.max_bytes))
    return response._replace(content=content, is_encoded=is_encoded)


@contextmanager
def _translate_errors(url: str, limits: Limits) -> Iterator[Deadline]:
    """Limit the time, and turn any error into a CouldNotRunError that says why."""
    late = f"the server needs more than {limits.total:g} seconds; try again later"
    with Deadline(limits.total) as deadline:
        try:
            yield deadline
        except CouldNotRunError:
            raise
        except TooLargeError as error:
            raise CouldNotRunError(f"{shown_url(url)}: the document is too large: {error}") from None
        except zlib.error as error:
            raise CouldNotRunError(f"{shown_url(url)}: the answer cannot be unpacked: {_one_line(error)}") from None
        except Exception as error:
            if deadline.is_over:
                message = late
            elif type(error).__name__ == "ReadTimeout":
                message = f"the server has sent nothing for {limits.silence:g} seconds; try again later"
            elif type(error).__module__.startswith(("httpx", "httpcore")) or isinstance(error, UnicodeError):
                message = f"the document cannot be fetched: {_one_line(error)}; check the address and the network"
            else:
                raise
            raise CouldNotRunError(f"{shown_url(url)}: {message}") from None
        if deadline.is_over:  # a response of unknown length ends without an error
            raise CouldNotRunError(f"{shown_url(url)}: {late}")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _advice(response: Response) -> str:
    later = response.headers.get("retry-after", "")
    wait = f" (Retry-After: {later[:40]})" if later else ""
    if response.status >= _SERVER_ERRORS:
        return f"the server is out of order; try again later{wait}"
    return _ADVICE.get(response.status, "check the address") + wait
