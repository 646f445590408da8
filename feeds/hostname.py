"""Judge and spell the hosts of web addresses."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from feeds.lazy_pattern import lazy_pattern

# Names that lead nowhere outside of one machine or network: RFC 6761, RFC 6762, RFC 8375, and ICANN's `internal`.
LOCAL_NAMES = ("localhost", "localdomain", "local", "lan", "internal", "intranet", "home.arpa", "test", "invalid")
_LOCAL = rf"(?:.+\.)?(?:{'|'.join(map(re.escape, LOCAL_NAMES))})"
_WEB = lazy_pattern(r"https?://[^\s]+\Z", re.IGNORECASE)
_HOST = lazy_pattern(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]")


def ascii_host(host: str) -> str:
    """Return a host as the DNS knows it: by IDNA 2008 (RFC 5891), mapped as browsers do (UTS 46, non-transitional).

    An IPv6 address gets its brackets. Raises ValueError, which says why, for what no host can be.
    """
    if not host.isascii():
        host = _by_idna(host)
    if ":" in host:
        host = f"[{host}]"
    if not _HOST.fullmatch(host):
        raise ValueError(f"not a host: {host!r}")
    return host


def refused_host(url: str) -> str:
    """Return the host, not one in ASCII, that alone keeps a text from being a web address; nothing if none does."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    try:
        ascii_host(host)
    except ValueError:
        return "" if host.isascii() or not _WEB.match(url) else host
    return ""


@lru_cache(maxsize=256)  # many articles are of one provider
def is_domain(domain: str) -> bool:
    """Return whether text can be the host of an address that people reach by its name."""
    return "." in domain and bool(_HOST.fullmatch(domain.lower()))


def is_local(host: str) -> bool:
    """Return whether a host, small and without brackets, means something on one machine or in one network only."""
    name = host.removesuffix(".")
    if ip := _ip_address(name):
        return not ip.is_global
    return "." not in name or bool(re.fullmatch(_LOCAL, name))


def _ip_address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _by_idna(host: str) -> str:
    import idna  # noqa: PLC0415 - few hosts need it, and its tables are large

    # Labels in ASCII may hold what IDNA does not allow, such as an underscore, and they exist.
    labels = idna.uts46_remap(host, std3_rules=False, transitional=False).split(".")
    return ".".join(label if label.isascii() else idna.alabel(label).decode("ascii") for label in labels)
