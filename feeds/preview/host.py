"""Refuse requests that a page from elsewhere sends to this machine under a name of its own (DNS rebinding)."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_address

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\s:/?#@\[\],]+)(?::\d{0,5})?", re.ASCII | re.IGNORECASE)


def host_guard(host: str, bound: str) -> Callable[[str], bool]:
    """Return what tells whether the header Host names a server that was given a host, and is bound to an IP address.

    A server that only this machine reaches has the names of this machine and the one it was given; others can have
    any name.
    """
    given, is_open = _bare(host), not is_loopback(bound)

    def is_ours(header: str) -> bool:
        match = _HOST.fullmatch(header)
        name = match["name"] if match else ""
        return bool(name) and (is_open or _bare(name) == given or is_loopback(name))

    return is_ours


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by an address or a name that means it everywhere (RFC 6761, section 6.3)."""
    name = _bare(host)
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _bare(host: str) -> str:
    return host.lower().removeprefix("[").removesuffix("]").removesuffix(".")
