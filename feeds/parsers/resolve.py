"""Resolve relative URLs (RFC 3986, section 5), in attributes of HTML too."""

import html
import re
from urllib.parse import urljoin

from feeds.lazy_pattern import lazy_pattern
from feeds.urls import is_web_address, srcset_candidates

HTML_ADDRESSES = ("href", "src", "poster", "cite", "action", "data", "longdesc", "background")
XLINK = "{http://www.w3.org/1999/xlink}href"
_AS_BROWSERS = {ord(" "): "%20", ord("\n"): None, ord("\t"): None, ord("\r"): None}
_NAMES = "|".join(HTML_ADDRESSES)
_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Begins with a character, which is fast to find, and looks back from there, last of all at names.
_BEFORE = "|".join(f"(?<={name}=)" for name in (*HTML_ADDRESSES, "srcset", r"\s"))
_RELATIVE = re.compile(rf"""=(?!["']https?:)(?=\s*["'](?!\s*[A-Za-z][A-Za-z0-9+.-]*:))(?i:{_BEFORE})""")
_TAG = lazy_pattern(r"<[A-Za-z][^<>]*>")
_ATTRIBUTE = lazy_pattern(rf"""(\s)({_NAMES}|xlink:href|srcset)(\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)


def resolve(url: str, base: str) -> str:
    """Return a URL resolved against a base; unchanged if that is impossible."""
    if url.startswith(("https://", "http://")):  # nearly always
        return url.rstrip()
    url = url.strip()
    if not base or not url or _SCHEME.match(url):
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def resolve_srcset(value: str, base: str) -> str:
    """Return the candidates of a srcset with their URLs resolved against a base."""
    return ", ".join(f"{resolve(url, base)} {size}".strip() for url, size in srcset_candidates(value))


def usable(url: str) -> str:
    """Return a web address with its blanks encoded and without its line ends, as browsers read it."""
    if " " not in url and "\n" not in url and "\t" not in url and "\r" not in url:
        return url
    return url.translate(_AS_BROWSERS) if is_web_address(url) else url


def has_relative(markup: str) -> bool:
    """Return whether HTML may have relative URLs."""
    return "=" in markup and bool(_RELATIVE.search(markup))


def resolve_html(markup: str, base: str) -> str:
    """Return HTML with URLs resolved against a base."""
    if not base or not has_relative(markup):
        return markup
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(lambda found: _completed(found, base), tag[0]), markup)


def _completed(attribute: re.Match[str], base: str) -> str:
    blank, name, equals, quoted = attribute.groups()
    written = html.unescape(quoted[1:-1])
    if name == "xlink:href" and written.startswith("#"):  # a part of the same drawing
        return attribute[0]
    complete = resolve_srcset(written, base) if name.lower() == "srcset" else resolve(written, base)
    is_same = complete == written.strip()
    return attribute[0] if is_same else f"{blank}{name}{equals}{quoted[0]}{html.escape(complete)}{quoted[0]}"
