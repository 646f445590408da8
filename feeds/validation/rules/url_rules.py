"""Check for addresses that lead nowhere, to the record itself, or carry tracking parameters."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from feeds.diagnostics.problem import Problem, Route
from feeds.diagnostics.wording import name_of, quote
from feeds.frontmatter.document import Document
from feeds.hostname import is_domain
from feeds.url_identity import normal_url
from feeds.url_oddity import oddities
from feeds.urls import is_absolute
from feeds.validation.route import related_articles
from feeds.validation.rules.text_rules import BIDI

PAGE_KEYS = {"webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"}
_OWN_ADDRESSES = ("originalUrl", "webUrl")
_DOMAIN = ("provider", "domain")
PLAIN_DOMAIN = r"[a-z0-9][a-z0-9-]*\.(?:[a-z0-9.-]*[a-z0-9])"
TRACKING_PARAMETER = (
    r"(?i:(utm_\w+|mtm_\w+|pk_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id"
    r"|mc_[ce]id|_hsenc|_hsmi|mkt_tok|oly_(?:anon|enc)_id|vero_id|wickedid|wt_mc)=)"
)
_TRACKING = f"[?&;]{TRACKING_PARAMETER}"


def url_problems(document: Document, route: Route, value: str, site: str) -> Iterator[Problem]:
    """Yield the problems of one address or domain; `site` is the base of site-relative images, if known."""
    key = route[-1]
    if key == "domain":
        yield from _domain_problems(document, route, value)
    if key in PAGE_KEYS:
        yield from _page_problems(document, route, value)
    if (key in PAGE_KEYS or key == "url") and is_absolute(value):
        yield from _oddity_problems(document, route, value)
    elif key == "url" and value.startswith("/") and not value.startswith("//") and not site:
        what = "file" if route[0] == "enclosures" else "image"
        message = f"{quote(value)} is a relative {what} URL, but home_page is not set; {what} skipped"
        remedy = "write it whole, or set home_page in the configuration"
        yield document.problem(route, "site-relative-url", message, remedy)


def related_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each related article that is the record itself."""
    if not document.data.get("related"):
        return
    own = {normal_url(url) for key in _OWN_ADDRESSES if isinstance(url := document.data.get(key), str)}
    for route, article in related_articles(document.data):
        url = article.get("webUrl")
        if url and isinstance(url, str) and normal_url(url) in own:
            message = f"{name_of(route)} leads to the record itself; skipped"
            yield document.problem((*route, "webUrl"), "related-self", message, "remove the related article")


def _domain_problems(document: Document, route: Route, value: str) -> Iterator[Problem]:
    if value and route[-2:] == _DOMAIN and route[0] in {"provider", "related"} and not is_domain(value):
        host = (urlsplit(value).hostname or "") if is_absolute(value) else ""
        remedy = f"write it as {host}" if is_domain(host) else "write it as in example.org"
        message = f"{name_of(route)} is {quote(value)}, which is no domain name; skipped"
        yield document.problem(route, "mangled-url", message, remedy)


def _page_problems(document: Document, route: Route, value: str) -> Iterator[Problem]:
    name = name_of(route)
    if not value:
        message = f"{name} is empty and counts as missing"
        yield document.problem(route, "empty-url", message, "remove the line, or fill it in")
    tracking = re.search(_TRACKING, value)
    if tracking:
        identity = next((key for key in ("id", *_OWN_ADDRESSES) if document.data.get(key)), "")
        remedy = "remove it, unless the page needs it"
        if route == (identity,):
            remedy = "remove it before the record is first published: its id is made of this address"
        message = f"{name} carries the tracking parameter {tracking[1]}"
        yield document.problem(route, "tracking-parameter", message, remedy)


def _oddity_problems(document: Document, route: Route, value: str) -> Iterator[Problem]:
    for odd in oddities(BIDI.sub("", value)):  # bidirectional controls have a rule of their own
        rule = "local-url" if odd.is_local else "mangled-url"
        yield document.problem(route, rule, f"{name_of(route)} {odd.message}", odd.remedy)
