"""Check the syntax of short texts: addresses, media types, language tags, ids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.languages import is_language, tag_of, tag_of_name
from feeds.lint.lint_rule import Issue
from feeds.text import quoted
from feeds.url_oddity import oddities
from feeds.urls import is_absolute, is_plain

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_WEB = re.compile(r"https?:", re.IGNORECASE)
# RFC 6838, section 4.2, with the parameters of RFC 9110, section 8.3.1.
_MEDIA_TYPE = re.compile(
    r'[\w!#$&^+.-]{1,127}/[\w!#$&^+.-]{1,127}(?:\s*;\s*[\w!#$&^+.-]+=(?:[^\s;"]+|"[^"]*"))*', re.ASCII
)


def is_whole(address: str) -> bool:
    """Return whether text is a web address or any other absolute URI."""
    if is_plain(address):
        return True
    return is_absolute(address) if _WEB.match(address) else bool(_SCHEME.fullmatch(address))


def is_media_type(text: str) -> bool:
    """Return whether text is a media type, such as `image/jpeg`."""
    return bool(_MEDIA_TYPE.fullmatch(text))


def address_issues(address: str, what: str) -> Iterator[Issue]:
    """Yield the issues of an address, named `what`: it is not absolute, or is clearly unintended."""
    if not is_whole(address):
        remedy = "write it whole, as in https://example.org/news"
        yield Issue("relative-address", f"{what} is {quoted(address)}, which is not a whole address", remedy)
    elif _WEB.match(address):
        for odd in oddities(address):
            rule = "local-address" if odd.is_local else "mangled-address"
            yield Issue(rule, f"{what} {odd.message}", odd.remedy)


def media_type_issues(media_type: str, what: str) -> Iterator[Issue]:
    """Yield an issue if a media type, named `what`, is invalid."""
    if not is_media_type(media_type):
        yield Issue(
            "bad-media-type", f"{what} is {quoted(media_type)}, which is no media type", "write image/jpeg or so"
        )


def language_issues(language: str, what: str) -> Iterator[Issue]:
    """Yield an issue if a language tag, named `what`, is invalid."""
    if not is_language(language):
        tag = tag_of(language) or tag_of_name(language) or "en, de-CH or so"
        yield Issue("bad-language", f"{what} is {quoted(language)}, which is no language tag", f"write {tag}")


class Identities:
    """The ids of a feed's items, to check each new one against."""

    def __init__(self) -> None:
        self._count = 0
        self._first: dict[str, int] = {}

    def issues(self, identity: str) -> Iterator[Issue]:
        """Yield the issues of the id of the next item; "" if it has none."""
        self._count += 1
        if not identity:
            return
        if any(map(str.isspace, identity)):
            message = f"the id {quoted(identity)} holds a blank; readers compare ids character by character"
            yield Issue("blank-in-id", message, "write it without")
        other = self._first.setdefault(identity, self._count)
        if other != self._count:
            message = f"item {self._count} has the same id as item {other}: {quoted(identity)}"
            yield Issue("repeated-id", message, "give each item its own")
