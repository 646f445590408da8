"""Known words that misspelt or foreign ones stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from feeds.hold_back import HOLDING, is_about_publication

# Words of this length and more may have a second typo.
_LONG = 10
# Shorter words are too near to others to be replaced unasked (heat, head, seat), or even to be asked about.
_SAFE = 5
_SHORT = 3
_NEGATIONS = {*("un", "non", "no", "not", "in", "im", "dis", "de", "anti", "a"), *("dont", "donot", "isnot")}
_SEPARATORS = str.maketrans("", "", "-_ ")
_DECIDES_ON_PUBLICATION = {"published", "removed", "expires"}
# What other programs call the keys of a record, and its parts.
_SYNONYMS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("headline", "heading", "name"), ("title",)),
    **dict.fromkeys(("caption", "alt", "alttext"), ("title",)),
    **dict.fromkeys(("date", "datetime", "created", "createdat", "createdtime"), ("publishedDateTime",)),
    **dict.fromkeys(("pubdate", "pubtime", "publishdate", "publisheddate", "publicationdate"), ("publishedDateTime",)),
    **dict.fromkeys(("datepublished", "publishedat", "publishedon", "publishedtime", "issued"), ("publishedDateTime",)),
    **dict.fromkeys(("lastmod", "lastmodified", "lastmodifiedat", "modified", "modifiedat"), ("updatedDateTime",)),
    **dict.fromkeys(("datemodified", "updated", "updatedat", "updateddate", "lastupdated"), ("updatedDateTime",)),
    **dict.fromkeys(("expiry", "expirydate", "expiresat", "unpublishdate"), ("expires",)),
    **dict.fromkeys(("tag", "tags", "categories", "keyword", "keywords", "subjects"), ("topics",)),
    "section": ("category",),
    **dict.fromkeys(("description", "summary", "abstract", "teaser", "lead", "dek", "snippet"), ("excerpt",)),
    **dict.fromkeys(("link", "url", "href", "permalink", "canonical", "canonicalurl"), ("webUrl", "url")),
    **dict.fromkeys(("externalurl", "sourceurl"), ("originalUrl",)),
    "src": ("url",),
    "credit": ("attribution",),
    **dict.fromkeys(("author", "authors", "creator", "byline", "publisher", "source"), ("provider",)),
    **dict.fromkeys(("image", "cover", "thumbnail", "picture", "pictures", "photo", "photos"), ("images",)),
    **dict.fromkeys(("guid", "uid", "uuid"), ("id",)),
    "duration": ("length",),
}


def closest_word(word: str, known: Iterable[str]) -> str:
    """Return the known word that a misspelt one can only be; nothing where there is none, or more than one."""
    known = list(known)
    same = _only(name for name in known if name.casefold() == word.casefold())
    return same or _only(name for name in known if _is_misspelt(word, name))


def meant_key(key: str, known: Collection[str]) -> str:
    """Return the known key that a key can only be, or that is its synonym."""
    word = plain_word(key)
    same = _only(name for name in known if plain_word(name) == word)
    if same or is_about_publication(key):
        return same
    close = closest_word(key, [*known, *HOLDING])
    return next((name for name in _SYNONYMS.get(word, ()) if name in known), close if close in known else "")


def may_hold_back(key: str) -> bool:
    """Return whether a key may be a misspelling of one that is meant to hold a record back."""
    return any(_is_misspelt(plain_word(key), word) for word in HOLDING)


def is_safe_rename(key: str, known: str, value: Any, secret: Collection[str]) -> bool:
    """Return whether a key is beyond doubt a misspelling of a known one, and its value may move there unread.

    A key about publication has to be a single typo away, and its value a truth value; a key about secrecy is never
    safe.
    """
    is_case = key.casefold() == known.casefold()
    if {key, known} & {*secret} or not _is_misspelt(key, known) or plain_word(key) in _SYNONYMS:
        return False
    if len(known) < _SAFE and not is_case:
        return False
    if known not in _DECIDES_ON_PUBLICATION:
        return True
    return isinstance(value, bool) and (is_case or not is_about_publication(key))


def plain_word(key: str) -> str:
    """Return a key as it is compared: without case, hyphens, underscores and blanks."""
    return key.casefold().translate(_SEPARATORS)


def _only(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    return found[0] if len(found) == 1 else ""


@lru_cache(maxsize=10_000)  # the same unknown keys are in all files of a folder
def _is_misspelt(word: str, known: str) -> bool:
    word, known = word.casefold(), known.casefold()
    length = min(len(word), len(known))
    edits = 0 if length < _SHORT else 2 if length >= _LONG else 1
    if abs(len(word) - len(known)) > edits:  # true of most pairs, and seen at once
        return False
    return _is_within(word, known, edits) and not _is_negated(word, known)


def _is_negated(word: str, known: str) -> bool:
    shorter, longer = sorted((plain_word(word), plain_word(known)), key=len)
    return longer.removesuffix(shorter) in _NEGATIONS


def _is_within(word: str, other: str, edits: int) -> bool:
    """Return whether so many letters added, removed, replaced or swapped make one word the other."""
    same = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    word, other = word[same:], other[same:]
    if not word or not other or not edits:
        return len(word) + len(other) <= edits
    is_swap = word[:2] == other[1::-1] and len(word) > 1
    return (
        _is_within(word[1:], other, edits - 1)
        or _is_within(word, other[1:], edits - 1)
        or _is_within(word[1:], other[1:], edits - 1)
        or (is_swap and _is_within(word[2:], other[2:], edits - 1))
    )
