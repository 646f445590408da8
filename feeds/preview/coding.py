"""Choose the content coding of a response, and encode (RFC 9110, sections 8.4.1 and 12.5.3)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import brotli

IDENTITY = "identity"
# What is worth the wait once for each content; gzip without the time, so that the same content gives the same bytes.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=5)),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
_PREFERRED = (*CODINGS, IDENTITY)
_RANGE = re.compile(
    r"\s*([!#$%&'*+.^_`|~\w-]+)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?", re.ASCII | re.IGNORECASE
)


def choose_coding(accepted: str | None) -> str | None:
    """Return the coding that a header Accept-Encoding likes best, None if it refuses each, `identity` without one.

    Of equals the one that makes less of the content wins; what the header does not name only wins if nothing else is
    left. What is no weighted coding in it is overlooked.
    """
    if accepted is None:
        return IDENTITY
    weights = _weights(accepted)
    rest = weights.get("*")
    unnamed = dict.fromkeys(CODINGS, rest or 0.0) | {IDENTITY: 0.0001 if rest is None else rest}
    found = {coding: weights.get(coding, unnamed[coding]) for coding in _PREFERRED}
    best = max(_PREFERRED, key=found.__getitem__)
    return best if found[best] else None


def _weights(accepted: str) -> dict[str, float]:
    matches = filter(None, map(_RANGE.fullmatch, accepted.split(",")))
    weights = {match[1].lower(): float(match[2] or 1) for match in matches}
    return {"gzip": weights["x-gzip"]} | weights if "x-gzip" in weights else weights
