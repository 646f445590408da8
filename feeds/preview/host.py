"""Refuse requests from foreign pages whose host name resolves to this machine (DNS rebinding)."""

import re
from collections.abc import Callable
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\s:/?#@\[\],]+)(?::\d{0,5})?", re.ASCII | re.IGNORECASE)


class HostGuard:
    """A middleware that refuses requests whose header Host names another machine."""

    def __init__(self, app: ASGIApp, is_ours: Callable[[str], bool]) -> None:
        self._app, self._is_ours = app, is_ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) == 1 and self._is_ours(hosts[0]):
            await self._app(scope, receive, send)
        elif len(hosts) != 1 or not hosts[0]:
            await PlainTextResponse("A request names one host.", 400)(scope, receive, send)
        else:
            await PlainTextResponse("This preview is only for this machine.", 421)(scope, receive, send)


def host_filter(host: str, bound: str) -> Callable[[str], bool]:
    """Return a function that checks the header Host for a server that was given `host` and is `bound` to an address.

    A server on the loopback interface accepts the names of this machine and `host`; others accept any name.
    """
    given, is_open = _bare(host), not is_loopback(bound)

    def is_ours(header: str) -> bool:
        match = _HOST.fullmatch(header)
        name = match["name"] if match else ""
        return bool(name) and (is_open or _bare(name) == given or is_loopback(name))

    return is_ours


def is_loopback(host: str) -> bool:
    """Return whether a host is a loopback address, or a name that always means it (RFC 6761, section 6.3)."""
    name = _bare(host)
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _bare(host: str) -> str:
    return host.lower().removeprefix("[").removesuffix("]").removesuffix(".")
