"""Judge, complete and spell web addresses."""

import re
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from feeds.hostname import ascii_host
from feeds.lazy_pattern import lazy_pattern

_SAFE = "!$&'()*+,;=:@/?~-._%"
_STRAY_PERCENT = lazy_pattern(r"%(?![0-9A-Fa-f]{2})")
_NEEDS_ENCODING = lazy_pattern(r"[^A-Za-z0-9!$&'()*+,;=:@/?~\-._%#]|%(?![0-9A-Fa-f]{2})|#.*#")
# What most addresses are: a URI whose every part is in order as it is.
_PLAIN_CHARS = r"[A-Za-z0-9!$&'()*+,;=:@/?~\-._]*+"
_PLAIN_REST = rf"{_PLAIN_CHARS}(?:%[0-9A-Fa-f]{{2}}{_PLAIN_CHARS})*+"
_PLAIN = lazy_pattern(rf"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:[/?]{_PLAIN_REST})?(?:#{_PLAIN_REST})?")
_FORBIDDEN = r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]"
# An address that ends with a comma has no descriptor.
_CANDIDATE = lazy_pattern(r"[\s,]*([^\s,]\S*)(?:(?<=,)|([^,]*))")
# Behind a colon that no port follows everything is a password, also what should be percent-encoded in it.
_USER = lazy_pattern(r"^(\s*[A-Za-z][A-Za-z0-9+.-]*:[/\\]*)(?:[^/?#\\]*@|[^/?#\\:@]*:(?!\d*[/?#\\])[^@]*@)")
_QUERY_OR_FRAGMENT = lazy_pattern("[?#]")


def is_absolute(url: str) -> bool:
    """Return whether text is an absolute http or https address with a host that can exist (RFC 3986, RFC 3987)."""
    try:
        ascii_url(url)
    except ValueError:
        return False
    return not re.search(_FORBIDDEN, url)


def is_folder(url: str) -> bool:
    """Return whether text is an absolute address to which names of files can be added."""
    return is_absolute(url) and not _QUERY_OR_FRAGMENT.search(url)


def domain_of(url: str) -> str:
    """Return the domain of a site's address; nothing for a page of it."""
    if not is_absolute(url):
        return ""
    parts = urlsplit(url)
    is_page = parts.path not in {"", "/"} or parts.query or parts.fragment or parts.port
    return "" if is_page else parts.hostname or ""


def split(url: str) -> SplitResult:
    """Return the parts of an address, empty ones of what cannot be one."""
    try:
        return urlsplit(url)
    except ValueError:  # brackets in the host
        return urlsplit("")


def without_password(url: str) -> str:
    """Return an address, valid or not, without user name and password."""
    return _USER.sub(r"\1", url, count=1)


def is_web_address(text: str) -> bool:
    """Return whether text means to be an http or https address, whether or not there can be one."""
    return text[:8].lower().startswith(("http://", "https://"))


def is_plain(url: str) -> bool:
    """Return whether an address is surely an absolute one, as most are, with nothing in it to encode."""
    return bool(_PLAIN.fullmatch(url))


@lru_cache(maxsize=64)  # a record's address is asked for several times
def ascii_url(url: str) -> str:
    """Return an absolute http(s) address as a URI (RFC 3986): what is not allowed in one is percent-encoded.

    An address that is a URI already comes back unchanged. Raises ValueError for anything that is not an
    absolute http or https address.
    """
    if is_plain(url):
        return url
    parts = urlsplit(url)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"not an absolute http or https address: {url!r}")
    authority = _authority(parts)
    if not _NEEDS_ENCODING.search(url.removeprefix(f"{parts.scheme}://{authority}")) and authority == parts.netloc:
        return url
    return urlunsplit(
        (parts.scheme.lower(), authority, _encode(parts.path), _encode(parts.query), _encode(parts.fragment))
    )


def encoded_uri(uri: str) -> str:
    """Return a URI of any scheme with what is not allowed in it percent-encoded; nothing of a scheme alone."""
    scheme, _, rest = uri.strip().partition(":")
    return f"{scheme}:{_encode(rest)}" if rest else ""


def absolute(url: str, base: str) -> str:
    """Return the ASCII address that `url` means on a page at `base`, or nothing when that is no http(s) address."""
    try:
        return url if is_plain(url) else ascii_url(urljoin(base, url.strip()))
    except ValueError:
        return ""


def srcset_candidates(value: str) -> list[tuple[str, str]]:
    """Return the addresses of a srcset with their descriptors (HTML, 4.8.4.2.1): a comma may be part of an address."""
    candidates, match = [], _CANDIDATE.match(value)
    while match:
        candidates.append((match[1].rstrip(","), " ".join((match[2] or "").split())))
        match = _CANDIDATE.match(value, match.end())
    return candidates


def suffix_of(url: str) -> str:
    """Return the suffix of the file at an address, in small letters and with its dot, or nothing."""
    address = _QUERY_OR_FRAGMENT.split(url, maxsplit=1)[0]  # urlsplit refuses some
    _, has_host, rest = address.partition("://")
    path = rest.partition("/")[2] if has_host else address
    return PurePosixPath(path.rpartition("/")[2]).suffix.lower()


def _authority(parts: SplitResult) -> str:
    userinfo, _, host_port = parts.netloc.rpartition("@")
    host, port = ascii_host(parts.hostname or ""), parts.port
    if host_port.lower() in {host, f"{host}:{port}"} and not _NEEDS_ENCODING.search(userinfo):
        return parts.netloc
    return f"{_encode(userinfo)}@" * bool(userinfo) + host + (f":{port}" if port is not None else "")


def _encode(text: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_SAFE)
