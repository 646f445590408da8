"""Say in headers how browsers and other programs shall treat what they get."""

from __future__ import annotations

from feeds.preview.content import Headers, encoded
from feeds.preview.kind import Kind

METHODS = "GET, HEAD, OPTIONS"
# Pages bring a policy of their own, in which they allow what they hold; only this cannot be said there.
_PAGE_POLICY = "frame-ancestors 'none'"
# A feed or an image may hold markup, and is opened in browsers as a page of this address.
_FILE_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' https: data:; frame-ancestors 'none'"
)
_NEVER_GUESS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
_READABLE_BY_ALL = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Cache-Control, Range",
    "Access-Control-Max-Age": "86400",
}


def headers_for(kind: Kind, cache_control: str) -> Headers:
    """Return what is said of every file of a kind; `cache_control` is for feeds, all else is to be asked for anew."""
    told = dict(_NEVER_GUESS)
    told["Cache-Control"] = cache_control if kind.is_feed else "no-cache"
    told["Content-Security-Policy"] = _PAGE_POLICY if kind.is_page else _FILE_POLICY
    return encoded(told | _READABLE_BY_ALL if kind.is_feed else told)


def headers_of_error() -> dict[str, str]:
    """Return the headers of a page that says why there is no other."""
    return {**_NEVER_GUESS, "Cache-Control": "no-store", "Content-Security-Policy": _PAGE_POLICY}


def headers_of_options(kind: Kind) -> dict[str, str]:
    """Return what a client may do; to browsers, also with feeds from pages elsewhere (Fetch, CORS preflight)."""
    return {"Allow": METHODS} | (_READABLE_BY_ALL | _PREFLIGHT if kind.is_feed else {})
