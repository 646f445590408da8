"""Refuse requests that a page from elsewhere sends to this machine under a name of its own (DNS rebinding)."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_address

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\s:/?#@\[\],]+)(?::\d{0,5})?", re.ASCII | re.IGNORECASE)


def host_guard(host: str) -> Callable[[str], bool]:
    """Return what tells whether the header Host names a server that listens at a host.

    A server that only this machine reaches has the names of this machine and the one it was given; others can have
    any name.
    """
    given = _bare(host)

    def is_ours(header: str) -> bool:
        match = _HOST.fullmatch(header)
        if not match:
            return False
        name = _bare(match["name"])
        return not _is_loopback(given) or name == given or _is_loopback(name)

    return is_ours


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches what listens at a host."""
    return _is_loopback(_bare(host))


def _bare(host: str) -> str:
    return host.lower().removeprefix("[").removesuffix("]").removesuffix(".")


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
