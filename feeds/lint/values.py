"""Check short texts: URLs, media types, language tags, ids, and plain text, which readers show verbatim."""

import html
import html.entities
import re
from collections.abc import Iterator

from feeds.languages import is_language, tag_of, tag_of_name
from feeds.lazy_pattern import lazy_pattern
from feeds.lint.lint_rule import LintProblem
from feeds.model.global_id import is_iri
from feeds.text import is_spoken_of, quoted
from feeds.url_identity import normal_url
from feeds.url_oddity import oddities
from feeds.urls import ascii_url, is_absolute, is_plain

_WEB = lazy_pattern(r"https?:", re.IGNORECASE)
# RFC 6838, section 4.2, with the parameters of RFC 9110, section 8.3.1.
_MEDIA_TYPE = lazy_pattern(
    r'[\w!#$&^+.-]{1,127}/[\w!#$&^+.-]{1,127}(?:\s*;\s*[\w!#$&^+.-]+=(?:[^\s;"]+|"[^"]*"))*', re.ASCII
)
_REFERENCE = lazy_pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")
_ELEMENT = lazy_pattern(  # by its end: one without is spoken of, as in `What <b> means`
    r"</(a|b|blockquote|code|div|em|figure|font|h[1-6]|i|iframe|li|ol|p|pre|script|small|span|strong|sub|sup|table|u|ul)"
    r"\s*>|<(br|hr|img)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def is_absolute_uri(address: str) -> bool:
    """Return whether text is an absolute URI; http and https also need a valid host."""
    if is_plain(address):
        return True
    return is_absolute(address) if _WEB.match(address) else is_iri(address)


def is_page(address: str) -> bool:
    """Return whether text is an absolute http or https URL, which readers open."""
    return bool(_WEB.match(address)) and is_absolute_uri(address)


def is_valid_media_type(text: str) -> bool:
    """Return whether text is a media type to the letter, such as `image/jpeg`, and so are its parameters."""
    return bool(_MEDIA_TYPE.fullmatch(text))


def address_problems(address: str, what: str) -> Iterator[LintProblem]:
    """Yield the problems of a URL, named `what`: it is not absolute, or is clearly unintended."""
    if not is_absolute_uri(address):
        is_whole = is_absolute_uri(address.strip())
        remedy = "remove the white space around it" if is_whole else "write it in full, as in https://example.org/news"
        yield LintProblem("relative-address", f"{what} is {quoted(address)}, which is not an absolute URL", remedy)
    elif _WEB.match(address):
        for odd in oddities(address):
            rule = "local-address" if odd.is_local else "mangled-address"
            yield LintProblem(rule, f"{what} {odd.message}", odd.remedy)


def uri_problems(address: str, what: str) -> Iterator[LintProblem]:
    """Yield the problems of a URL in RSS, which has them in ASCII (RFC 3986), as Atom need not."""
    if address != address.strip():
        yield LintProblem("mangled-address", f"{what} has white space around it", "remove it")
        address = address.strip()
    yield from address_problems(address, what)
    if not address.isascii() and is_page(address):
        message = f"{what} is {quoted(address)}, and many readers of RSS know ASCII alone"
        yield LintProblem("mangled-address", message, f"write {ascii_url(address)}")


def media_type_problems(media_type: str, what: str) -> Iterator[LintProblem]:
    """Yield a problem if a media type, named `what`, is invalid."""
    if not is_valid_media_type(media_type):
        message = f"{what} is {quoted(media_type)}, which is not a media type"
        yield LintProblem("bad-media-type", message, "write it as in image/jpeg")


def language_problems(language: str, what: str) -> Iterator[LintProblem]:
    """Yield a problem if a language tag, named `what`, is invalid."""
    if not is_language(language):
        tag = tag_of(language) or tag_of_name(language) or "it as in en or de-CH"
        yield LintProblem("bad-language", f"{what} is {quoted(language)}, which is not a language tag", f"write {tag}")


def plain_text_problems(text: str, what: str) -> Iterator[LintProblem]:
    """Yield a problem for each part of a plain text, named `what`, that readers would show wrongly."""
    if "&" in text and (reference := next(filter(_is_known, _REFERENCE.finditer(text)), None)):
        message = f"{what} is escaped twice: readers show {quoted(reference[0])}"
        yield LintProblem("escaped-twice", message, f"write {quoted(html.unescape(reference[0]))}, escaped once")
    found = _ELEMENT.search(text) if "<" in text else None
    if found:
        tag = f"<{found[1] or found[2]}>"
        yield LintProblem("html-in-plain-text", f"{what} contains the HTML {quoted(tag)}", "write plain text")


_AS_IT_WAS = "write new ids that way, and leave those alone that readers have"


class Identities:
    """The ids of a feed's items so far, to detect duplicates."""

    def __init__(self) -> None:
        self._count = 0
        self._first: dict[str, int] = {}
        self._spelt: dict[str, int] = {}

    def problems(self, identity: str) -> Iterator[LintProblem]:
        """Yield the problems of the id of the next item, which is empty if there is none."""
        self._count += 1
        if not identity:
            return
        if any(map(str.isspace, identity)):
            message = f"the id {quoted(identity)} contains white space; readers compare ids character by character"
            yield LintProblem("blank-in-id", message, "remove it")
        spelling = normal_url(identity) if is_page(identity) else identity
        if spelling != identity and identity.isascii():
            yield LintProblem("odd-spelling", f"the id {quoted(identity)} is also written {spelling}", _AS_IT_WAS)
        same, alike = self._first.setdefault(identity, self._count), self._spelt.setdefault(spelling, self._count)
        if same != self._count:
            message = f"item {self._count} has the same id as item {same}: {quoted(identity)}"
            yield LintProblem("repeated-id", message, "give each item its own")
        elif alike != self._count:
            message = f"item {self._count} has the same id as item {alike} in another spelling: {quoted(identity)}"
            yield LintProblem("odd-spelling", message, "give each item its own")


def _is_known(reference: re.Match[str]) -> bool:
    return not reference[1] or (f"{reference[1]};" in html.entities.html5 and not is_spoken_of(reference))
