"""Find known words for misspelt ones, and for those of other programs."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from feeds.hold_back import is_about_publication
from feeds.hold_back_words import HOLDING
from feeds.typos import is_typo, plain_word, typos_of

# Shorter words are too near to others to be replaced unasked (heat, head, seat), or even to be asked about.
_SAFE = 5
_DECIDES_ON_PUBLICATION = {"published", "removed", "expires"}
# The keys of a record and its parts, of two the better one first, and what other programs call them.
_OTHER_NAMES = {
    "title": "headline heading name caption alt alttext",
    "publishedDateTime": (
        "date datetime created createdat createdtime pubdate pubtime publishdate publisheddate publicationdate "
        "datepublished publishedat publishedon publishedtime issued"
    ),
    "updatedDateTime": (
        "lastmod lastmodified lastmodifiedat modified modifiedat datemodified updated updatedat updateddate lastupdated"
    ),
    "expires": "expiry expirydate expiresat unpublishdate",
    "topics": "tag tags categories keyword keywords subjects",
    "category": "section",
    "excerpt": "description summary abstract teaser lead dek snippet",
    "webUrl url": "link url href permalink canonical canonicalurl",
    "originalUrl": "externalurl sourceurl",
    "url": "src",
    "attribution": "credit",
    "authors provider": "author authors creator byline",
    "provider": "publisher source",
    "images": "image cover thumbnail picture pictures photo photos",
    "enclosures": "audio mp3 attachment attachments",
    "id": "guid uid uuid",
    "length": "duration",
    "language": "lang locale",
}
_SYNONYMS = {name: tuple(keys.split()) for keys, names in _OTHER_NAMES.items() for name in names.split()}


def closest_word(word: str, known: Iterable[str]) -> str:
    """Return the known word for a misspelt one, or nothing if there is none or several."""
    return _closest_word(word, tuple(known))


@lru_cache(maxsize=512)
def _closest_word(word: str, known: tuple[str, ...]) -> str:
    same = _only(name for name in known if name.casefold() == word.casefold())
    return same or _only(typos_of(word, known))


def meant_key(key: str, known: Collection[str]) -> str:
    """Return the known key for a misspelt one or a synonym, or nothing."""
    word = plain_word(key)
    same = _only(name for name in known if plain_word(name) == word)
    if same or is_about_publication(key):
        return same
    close = closest_word(key, [*known, *HOLDING])
    return next((name for name in _SYNONYMS.get(word, ()) if name in known), close if close in known else "")


def may_hold_back(key: str) -> bool:
    """Return whether a key may be a misspelling of one that keeps a record unpublished."""
    return any(typos_of(plain_word(key), HOLDING))


def is_safe_rename(key: str, known: str, value: Any, secret: Collection[str]) -> bool:
    """Return whether a key is certainly a misspelling of a known one, so that a fix may rename it.

    A key about publication needs a boolean value and a difference of case or one typo; a secret key is never safe.
    """
    is_case = key.casefold() == known.casefold()
    if {key, known} & {*secret} or not is_typo(key, known) or plain_word(key) in _SYNONYMS:
        return False
    if len(known) < _SAFE and not is_case:
        return False
    if known not in _DECIDES_ON_PUBLICATION:
        return True
    return isinstance(value, bool) and (is_case or not is_about_publication(key))


def _only(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    return found[0] if len(found) == 1 else ""
