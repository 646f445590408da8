"""The keys of other programs by which a record is held back; `published` and `removed` are for the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

HOLD_BACK = "set published to false in its place, or remove it to publish the record"
HOLDING = {
    *("draft", "isdraft", "unpublished", "isunpublished", "notpublished", "unpublish", "nopublish", "donotpublish"),
    *("dontpublish", "private", "isprivate", "hidden", "ishidden", "hide", "unlisted", "isunlisted", "withheld"),
    *("removed", "isremoved", "deleted", "isdeleted", "trashed", "retracted", "embargoed", "confidential"),
    *("expired", "isexpired"),
    *("excludefromfeed", "excludefromfeeds", "nofeed", "norss"),
}
_SHOWING = {"published", "ispublished", "publish", "public", "ispublic", "visible", "isvisible", "listed", "islisted"}
_STATES = {"status", "state", "visibility", "poststatus", "publicationstatus", "publishstatus", "workflowstate"}
_HELD = HOLDING | {"pending", "inreview", "review", "trash", "autodraft", "embargo", "internal"}
_TRUE = {"true", "yes", "on", "y", "t", "1"}
_FALSE = {"false", "no", "off", "n", "f", "0"}
_SEPARATOR = re.compile(r"[\W_]+")
# These decide by themselves, and only as true or false.
_OWN_KEYS = {"published", "removed"}


def holding_keys(data: Mapping[str, Any]) -> list[str]:
    """Return the keys, whatever their case and with x- or without, that are meant to hold a record back.

    A value that is neither true nor false holds back as well.
    """
    return [key for key, value in data.items() if (word := _word(key)) and _holds(word, value)]


def is_about_publication(key: str) -> bool:
    """Return whether a key says whether a record is to be published, in the words of other programs."""
    return bool(_word(key))


def is_clear(key: str, value: Any) -> bool:
    """Return whether the value of a key that holds a record back can be understood."""
    return _word(key) in _STATES or _truth(value) is not None


@lru_cache(maxsize=1024)
def _word(key: str) -> str:
    word = _SEPARATOR.sub("", key.strip().casefold().removeprefix("x-"))
    return word if key not in _OWN_KEYS and word in HOLDING | _SHOWING | _STATES else ""


def _truth(value: Any) -> bool | None:
    word = str(value).strip().casefold() if isinstance(value, str | bool | int) else ""
    return True if word in _TRUE else False if word in _FALSE else None


def _holds(word: str, value: Any) -> bool:
    if word in _STATES:
        return isinstance(value, str) and _SEPARATOR.sub("", value.casefold()) in _HELD
    return _truth(value) is not (word in _SHOWING)
