"""Check how a feed is served: its headers, and the answers to conditional requests. Pure."""

import codecs
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from feeds.hostname import is_local
from feeds.lint.lint_rule import LintProblem
from feeds.parsers.encoding import declared_encoding
from feeds.sources.addresses import Response
from feeds.sources.probe import Probe
from feeds.url_identity import normal_url

_WALLS = frozenset({401, 403, 406, 429, 503})
_FOR_GOOD = frozenset({301, 308})
_WORTH_COMPRESSION = 1400  # bytes: less fits into one packet
_XML = ("application/xml", "text/xml")
# The best one first.
_MEDIA_TYPES = {
    "rss": ("application/rss+xml", *_XML),
    "rdf": ("application/rdf+xml", "application/rss+xml", *_XML),
    "atom": ("application/atom+xml", *_XML),
    "json": ("application/feed+json", "application/json"),
    "csv": ("text/csv",),
    "opml": ("text/x-opml", "text/x-opml+xml", *_XML),
}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^"'\s;]+)""", re.IGNORECASE)


def serving_problems(probe: Probe, format_name: str, self_url: str) -> Iterator[LintProblem]:
    """Yield the problems of a server's answers to requests for a feed of a format, with its own URL."""
    first = probe.first
    yield from _redirects(first)
    if first.is_error:
        yield LintProblem("http-status", f"the server answers {first.status}", "answer 200 with the feed")
    else:
        yield from _media_type(first, format_name)
        yield from _charset(first)
        yield from _validators(probe)
        yield from _transfer(first)
        yield from _self(first, self_url)
    yield from _wall(probe)


def _redirects(first: Response) -> Iterator[LintProblem]:
    for redirect in first.redirects:
        is_for_good = redirect.status in _FOR_GOOD
        remedy = "tell subscribers the new URL" if is_for_good else "answer 301 if that is where it stays"
        yield LintProblem("redirected-feed", f"redirected to {redirect.url} ({redirect.status})", remedy)


def _media_type(first: Response, format_name: str) -> Iterator[LintProblem]:
    given = first.headers.get("content-type", "").partition(";")[0].strip().lower()
    known = _MEDIA_TYPES.get(format_name)
    if known and given not in known:
        found = f"the feed is served as {given}" if given else "the server sends no Content-Type"
        yield LintProblem("served-type", found, f"set Content-Type to {known[0]}; charset=utf-8")


def _charset(first: Response) -> Iterator[LintProblem]:
    content_type = first.headers.get("content-type", "")
    found, declared = _CHARSET.search(content_type), declared_encoding(first.content)
    if not found and content_type.lower().startswith("text/") and not declared:
        remedy = "add charset=utf-8 to Content-Type"
        yield LintProblem("served-charset", "the server sends no charset", remedy)
    if found and declared and _codec(found[1]) != _codec(declared):
        message = f"Content-Type names {found[1]}, but the document declares {declared}"
        yield LintProblem("served-charset", message, "name one encoding in both; utf-8 is best")
    elif found and not _is_in(first.content, found[1]):
        message = f"Content-Type names {found[1]}, but the bytes are not"
        yield LintProblem("served-charset", message, "name the encoding used")


def _validators(probe: Probe) -> Iterator[LintProblem]:
    first, again = probe.first, probe.again
    names = [name for name in ("ETag", "Last-Modified") if first.headers.get(name.lower())]
    if not names:
        remedy = "send an ETag or Last-Modified, so that readers need not load it each time"
        yield LintProblem("no-validator", "the answer has neither ETag nor Last-Modified", remedy)
    elif again is not None and again.is_modified:
        message = f"asked again with its {' and '.join(names)}, the server answers {again.status} and not 304"
        yield LintProblem("no-304", message, "answer 304 as long as the feed is the same")


def _transfer(first: Response) -> Iterator[LintProblem]:
    headers = first.headers
    if not first.is_encoded:
        message = f"Content-Encoding names {headers['content-encoding'].strip()}, but the bytes are not"
        yield LintProblem("served-encoding", message, "compress them, or leave Content-Encoding out")
    if len(first.content) > _WORTH_COMPRESSION and "content-encoding" not in headers:
        message = f"{len(first.content)} bytes are sent without compression"
        yield LintProblem("not-compressed", message, "compress with gzip")
    control = headers.get("cache-control", "").lower()
    if "no-store" in control:
        yield LintProblem("cache-control", "Cache-Control: no-store forbids caching", "set max-age=300")
    elif not control and "expires" not in headers:
        yield LintProblem("cache-control", "the server sends neither Cache-Control nor Expires", "set max-age=300")


def _self(first: Response, self_url: str) -> Iterator[LintProblem]:
    is_tried_out = is_local(urlsplit(first.url).hostname or "")
    if self_url and not is_tried_out and normal_url(self_url) != normal_url(first.url):
        message = f"the feed is at {first.url}, and names {self_url} in its self link"
        yield LintProblem("self-elsewhere", message, "name the URL that subscribers have")


def _wall(probe: Probe) -> Iterator[LintProblem]:
    first, reader = probe.first, probe.as_reader
    if reader is None:
        yield LintProblem("bot-wall", "the server does not answer a feed reader", "let feed readers in")
    elif reader.is_error and (not first.is_error or reader.status in _WALLS):
        message = f"the server answers {reader.status} to the User-Agent of a feed reader"
        yield LintProblem("bot-wall", message, "let feed readers in: they cannot pass a bot check")
    elif not first.is_error and _is_page(reader) and not _is_page(first):
        message = "the server answers with a web page to the User-Agent of a feed reader"
        yield LintProblem("bot-wall", message, "let feed readers in: they cannot pass a bot check")


def _is_page(response: Response) -> bool:
    return response.content[:1024].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name.lower()


def _is_in(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return False
    return True
