"""The one spelling of a web address, by which two are compared."""

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from feeds.lazy_pattern import lazy_pattern
from feeds.urls import ascii_url

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_ENCODED = lazy_pattern(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = lazy_pattern(r"[A-Za-z0-9._~-]")
# What most addresses are: nothing in them has a second spelling.
_NORMAL = lazy_pattern(r"https?://[a-z0-9][a-z0-9.-]*(?:/(?!\.)[A-Za-z0-9!$&'()*+,;=:@?~\-._#]*+)++")


@lru_cache(maxsize=64)  # a record's address is asked for several times
def normal_url(url: str) -> str:
    """Return the one spelling of an http(s) address for comparison (RFC 3986, sections 6.2.2 and 6.2.3).

    Only ids of feeds are published so. What is no such address comes back as it is.
    """
    if _NORMAL.fullmatch(url):
        return url
    try:
        parts = urlsplit(ascii_url(url))
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    userinfo, at, host = parts.netloc.rpartition("@")
    host = host.lower().removesuffix(_DEFAULT_PORTS[scheme]).removesuffix(":")
    path = _without_dot_segments(_decoded(parts.path))
    return urlunsplit((scheme, f"{userinfo}{at}{host}", path, _decoded(parts.query), _decoded(parts.fragment)))


def _decoded(text: str) -> str:
    """Return text in which nothing is encoded that need not be, and the rest in capitals."""

    def spell(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if _UNRESERVED.fullmatch(char) else match[0].upper()

    return _ENCODED.sub(spell, text)


def _without_dot_segments(path: str) -> str:
    result: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del result[-1:]
        elif segment != ".":
            result.append(segment)
    if segments and segments[-1] in {".", ".."}:
        result.append("")
    return "/" + "/".join(result)
