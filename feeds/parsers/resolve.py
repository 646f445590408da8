"""Complete relative addresses (RFC 3986, section 5), in attributes of HTML too."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NOT_HTTP = re.compile(r"""=\s*["'](?!https?://)""")  # quick to find, and rare
_RELATIVE = re.compile(
    r"""\s(?:href|src|poster|cite|action|data|longdesc|background)\s*=\s*["'](?!\s*[a-z][a-z0-9+.-]*:)""", re.IGNORECASE
)
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ATTRIBUTE = re.compile(
    r"""(\s(?:href|src|poster|cite|action|data|longdesc|background)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE
)


def resolve(url: str, base: str) -> str:
    """Return an address completed with a base; one that cannot be completed stays as it is."""
    if url.startswith(("https://", "http://")):  # as nearly all do
        return url.rstrip()
    url = url.strip()
    if not base or not url or _SCHEME.match(url):
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def resolve_html(markup: str, base: str) -> str:
    """Return HTML whose addresses are completed with a base."""
    if not base or not (_NOT_HTTP.search(markup) and _RELATIVE.search(markup)):
        return markup

    def completed(tag: re.Match[str]) -> str:
        return _ATTRIBUTE.sub(lambda found: found[1] + _completed(found[2], base), tag[0])

    return _TAG.sub(completed, markup)


def _completed(quoted: str, base: str) -> str:
    written = html.unescape(quoted[1:-1])
    complete = resolve(written, base)
    return quoted if complete == written.strip() else f"{quoted[0]}{html.escape(complete)}{quoted[0]}"
