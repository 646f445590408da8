"""Refuse addresses that are not on the web, or that a document from elsewhere must not lead to."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from feeds.diagnostics.problem import CouldNotRunError
from feeds.hostname import is_local
from feeds.sources.deadline import Deadline
from feeds.urls import ascii_url, is_web_address, without_password

_LONGEST_SHOWN = 2000


class Visit:
    """One request in a chain of redirects, which checks the peer's address before anything is sent.

    `is_here` says whether that is this machine or its network, where a document from elsewhere may lead nobody
    (`is_refused_here`).
    """

    def __init__(self, url: str, deadline: Deadline, *, is_refused_here: bool) -> None:
        self.url, self._deadline, self._is_refused_here = _web_address(url), deadline, is_refused_here
        self._host = (urlsplit(self.url).hostname or "").lower()
        self.is_here = is_local(self._host)
        self._is_direct = True  # no proxy
        self._refuse()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Check each connection that httpx's `trace` extension reports."""
        if event == "connection.connect_tcp.started":
            self._is_direct = str(info["host"]).lower() == self._host
        elif event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            connection = info["return_value"].get_extra_info("socket")
            self._deadline.watch(connection)
            if self._is_direct and event == "connection.connect_tcp.complete":
                self._look_at(connection)

    def _look_at(self, connection: Any) -> None:
        self.is_here = not ip_address(connection.getpeername()[0].partition("%")[0]).is_global
        try:
            self._refuse()
        except CouldNotRunError:
            connection.close()
            raise

    def _refuse(self) -> None:
        if self.is_here and self._is_refused_here:
            what = "an address of this machine or its network, which a document from elsewhere names"
            raise CouldNotRunError(
                f"{shown_url(self.url)}: not fetched: it is {what}; ask for it yourself if you trust it"
            )


def shown_url(url: str) -> str:
    """Return an address as it is shown in messages."""
    return without_password(url)[:_LONGEST_SHOWN]


def _web_address(url: str) -> str:
    try:
        return ascii_url(url.strip())
    except ValueError:
        what = "only http and https addresses are; name a file by its path"
        if is_web_address(url.strip()):
            what = "this is no valid address; check its host and port"
        raise CouldNotRunError(f"{shown_url(url)}: not fetched: {what}") from None
