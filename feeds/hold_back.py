"""Keys of other programs, right or misspelt, that hold a record back; `published` and `removed` are for the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import normalize

from feeds.typos import is_typo

HOLD_BACK = "set published to false in its place, or remove it to publish the record"
UNCLEAR = ", though its value is neither true nor false"
HOLDING = {
    *("draft", "isdraft", "indraft", "draftmode", "draftpost", "drafted", "drafting", "wip", "workinprogress"),
    *("unpublished", "isunpublished", "notpublished", "unpublish", "nopublish", "donotpublish", "dontpublish"),
    *("private", "isprivate", "hidden", "ishidden", "hide", "unlisted", "isunlisted", "unlist", "withheld"),
    *("removed", "isremoved", "deleted", "isdeleted", "trashed", "retracted", "withdrawn", "suppressed"),
    *("embargo", "embargoed", "embargountil", "embargoeduntil", "hold", "onhold", "internal", "disabled", "inactive"),
    "confidential",
    *("expired", "isexpired", "notready", "unapproved", "unreleased", "unpublic", "nonpublic", "notpublic"),
    *("excludefromfeed", "excludefromfeeds", "excludefromrss", "hidefromfeed", "hidefromfeeds", "hidefromrss"),
    *("nofeed", "norss", "unfinished", "incomplete"),
    *("entwurf", "brouillon", "borrador", "bozza", "rascunho", "utkast", "kladde", "черновик", "草稿", "下書き"),
}
_SHOWING = {"published", "ispublished", "publish", "public", "ispublic", "visible", "isvisible", "listed", "islisted"}
# Where these say no, a record is held back; whatever else they say is about something else.
_MAY_SHOW = {
    *("show", "live", "islive", "feed", "infeed", "rss", "inrss", "ready", "isready", "approved", "isapproved"),
    *("active", "isactive", "enabled", "isenabled", "online", "isonline", "publishable"),
}
_STATES = {
    *("status", "state", "visibility", "privacy", "access"),
    *("poststatus", "publicationstatus", "publishstatus", "publishingstatus", "workflowstate"),
}
_HELD = HOLDING | {
    *("pending", "inreview", "review", "needsreview", "trash", "autodraft", "rejected", "scheduled", "planned"),
    *("proposed", "idea", "todo", "tobepublished", "never"),
}
_SHOWN = {"live", "final", "released", "done", "complete", "completed", "approved"}
_TRUE = {"true", "yes", "on", "y", "t", "1"}
_FALSE = {"false", "no", "off", "n", "f", "0"}
_SEPARATOR = re.compile(r"[\W_]+")
# These decide by themselves, and only as true or false.
_OWN_KEYS = {"published", "removed"}
# Words that are no typo of a key, though they look like one.
_OTHER_WORDS = {
    *("craft", "raft", "graft", "drift", "daft", "primate", "listen", "lifted", "depleted", "enlisted", "publisher"),
    *("expires", "states", "stats", "slate", "skate", "stale", "preview", "thrashed", "crashed", "detracted"),
}
_LEAST = 5  # letters of a word of which a typo can be recognised


class _Meaning(NamedTuple):
    """The word that a key is or, with a typo, may be."""

    word: str
    is_exact: bool


def holding_keys(data: Mapping[str, Any]) -> list[str]:
    """Return the keys, whatever their case and with x- or without, that are meant to hold a record back.

    A value that is neither true nor false holds back as well, unless the key has a typo.
    """
    keys = _telling_keys(tuple(data))
    return [key for key in keys if _holding(key, data[key]) or (key == "<<" and _holds_in_merge(data[key]))]


def says_publish(key: str, value: Any) -> bool:
    """Return whether a key of other programs, right or misspelt, says beyond doubt that a record is to go out."""
    words = {meaning.word for meaning in _meanings(key)}
    is_clear = truth(value) is not None or (words <= _STATES and _bare(value) in _SHOWING | _SHOWN)
    return bool(words) and is_clear and not _holding(key, value)


def is_about_publication(key: str) -> bool:
    """Return whether a key says whether a record is to be published, in the words of other programs."""
    return any(meaning.is_exact and meaning.word not in _MAY_SHOW for meaning in _meanings(key))


def doubt_about(key: str, value: Any) -> str:
    """Return what is not clear about a key that holds a record back, as the end of a sentence."""
    meaning = _holding(key, value)
    if meaning and not meaning.is_exact:
        return f', as it may mean "{meaning.word}"'
    is_clear = truth(value) is not None or (meaning and meaning.word in _STATES)
    return "" if is_clear else UNCLEAR


def truth(value: Any) -> bool | None:
    """Return what a value says, as a truth value or as a word for one; None where it is neither."""
    word = normalize("NFKC", str(value)).strip().casefold() if isinstance(value, str | bool | int) else ""
    return True if word in _TRUE else False if word in _FALSE else None


def _holds_in_merge(value: Any) -> bool:
    """Return whether a mapping that YAML 1.1 merges into another one would hold that back."""
    merged = {key: each for part in (value if isinstance(value, list) else [value]) for key, each in _items(part)}
    return bool(holding_keys(merged)) or truth(merged.get("published")) is False or truth(merged.get("removed")) is True


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    return value.items() if isinstance(value, dict) else ()


def _holding(key: str, value: Any) -> _Meaning | None:
    return next((meaning for meaning in _meanings(key) if _holds(meaning, value)), None)


@lru_cache(maxsize=1024)
def _telling_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys with a meaning; the records of a folder mostly have the same few combinations of keys."""
    return tuple(key for key in keys if key == "<<" or _meanings(key))


@lru_cache(maxsize=1024)
def _meanings(key: str) -> tuple[_Meaning, ...]:
    word = _bare(key.strip().removeprefix("x-").removeprefix("X-"))
    if key in _OWN_KEYS or not word or word in _OTHER_WORDS:
        return ()
    if word in HOLDING | _SHOWING | _STATES | _MAY_SHOW:
        return (_Meaning(word, is_exact=True),)
    return tuple(_Meaning(meant, is_exact=False) for meant in _with_typo(word, HOLDING | _SHOWING | _STATES))


def _with_typo(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words that a word may be with a typo, or in the plural."""
    forms = {word, word.removesuffix("s"), word.removeprefix("is")}
    return sorted(each for each in known if len(each) >= _LEAST and any(is_typo(form, each) for form in forms))


def _holds(meaning: _Meaning, value: Any) -> bool:
    says, is_showing = truth(value), meaning.word in _SHOWING
    if meaning.word in _STATES:
        return says is False or any(map(_is_held, value if isinstance(value, list) else [value]))
    if meaning.word in _MAY_SHOW:
        return says is False
    if meaning.is_exact or (value is None and not is_showing):
        return says is not is_showing
    return says is not None and says is not is_showing


def _bare(value: Any) -> str:
    return _SEPARATOR.sub("", normalize("NFKC", value).casefold()) if isinstance(value, str) else ""


def _is_held(state: Any) -> bool:
    word = _bare(state)
    return word in _HELD or (word not in _SHOWING | _OTHER_WORDS and bool(_with_typo(word, _HELD)))
