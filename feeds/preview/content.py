"""Hold the content of a file as it is sent: once as it is, and once in each coding that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from feeds.preview.coding import CODINGS, IDENTITY, choose_coding
from feeds.preview.condition import format_date
from feeds.preview.kind import Kind

_WORTH_CODING = 256  # bytes: less fits into one packet however it is coded
_MOST_CODED = 16 << 20  # bytes: more keeps everybody else waiting for a second

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Variant:
    """Hold a body in one coding, its strong entity tag, and the headers of a 200 and of a 304."""

    body: bytes
    etag: str
    headers: Headers
    headers_of_304: Headers


class Content:
    """Hold a file's bytes, what it is, when it was modified in seconds since 1970, and what else its headers say.

    `grown` is called whenever this holds more than before.
    """

    def __init__(self, body: bytes, kind: Kind, modified: int, headers: Headers, grown: Callable[[], None]) -> None:
        self.kind, self.modified = kind, modified
        self._body, self._headers, self._grown = body, headers, grown
        self._variants: dict[str, Variant] = {}

    @property
    def size(self) -> int:
        """Return how many bytes of memory this holds, other than headers."""
        coded = (len(variant.body) for coding, variant in self._variants.items() if coding != IDENTITY)
        return len(self._body) + sum(coded)

    def coding_for(self, accepted: str | None) -> str | None:
        """Return the coding in which to send this, None if the client refuses each."""
        return choose_coding(accepted) if self._is_coded else IDENTITY

    def variant(self, coding: str) -> Variant:
        """Return the content in a coding."""
        found = self._variants.get(coding)
        if not found:
            found = self._variants[coding] = self._encode(coding)
            self._grown()
        return found

    @property
    def _is_coded(self) -> bool:
        return self.kind.is_text and _WORTH_CODING <= len(self._body) <= _MOST_CODED

    @cached_property
    def _digest(self) -> str:
        return sha256(self._body).hexdigest()[:32]

    def _encode(self, coding: str) -> Variant:
        is_encoded = coding != IDENTITY
        body = CODINGS[coding](self._body) if is_encoded else self._body
        # The bytes differ, so a strong tag must too (RFC 9110, section 8.8.3.3).
        etag = f'"{self._digest}-{coding}"' if is_encoded else f'"{self._digest}"'
        told = {"ETag": etag, "Last-Modified": format_date(self.modified)}
        if self._is_coded:
            told["Vary"] = "Accept-Encoding"
        shared = [*self._headers, *encoded(told)]
        of_body = {"Content-Type": self.kind.content_type, "Content-Length": str(len(body))}
        if is_encoded:
            of_body["Content-Encoding"] = coding
        return Variant(body, etag, shared + encoded(of_body), shared)


def encoded(headers: dict[str, str]) -> Headers:
    """Return headers as a server takes them."""
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
