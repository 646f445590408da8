"""Keys that hold a record back: those of other programs, right or misspelt, and own ones that are not plain."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import normalize

from feeds.dates import read_instant
from feeds.hold_back_words import (
    HELD,
    HOLDING,
    KINDS,
    MAY_HOLD,
    MAY_SHOW,
    MISSPELT,
    MISSPELT_STATES,
    NESTING,
    OTHER_WORDS,
    PROTECTING,
    SHOWING,
    SHOWN,
    STATES,
)
from feeds.lazy_pattern import lazy_pattern
from feeds.text import without_ignorable
from feeds.typos import typos_of

HOLD_BACK = "set published to false in its place, or remove it to publish the record"
UNCLEAR = ", though its value is neither true nor false"
_TRUE = {"true", "yes", "on", "y", "t", "1"}
_FALSE = {"false", "no", "off", "n", "f", "0"}
_SEPARATOR = lazy_pattern(r"[\W_]+")
# Where these are true or false, they decide by themselves.
_OWN_KEYS = {"published", "removed"}
_NOT = {"not", "never", "no"}
_ABOUT_MORE = MAY_HOLD | MAY_SHOW | KINDS | PROTECTING
_EXACT = HOLDING | SHOWING | STATES | _ABOUT_MORE
_LEAST = 5  # letters of a word of which a typo can be recognised


class _Meaning(NamedTuple):
    """The word that a key is or, with a typo, may be; `within` is the key below it that has the meaning."""

    word: str
    is_exact: bool
    within: str = ""


def holding_keys(data: Mapping[str, Any]) -> list[str]:
    """Return the keys, whatever their case and with x- or without, that are meant to hold a record back.

    A value that is neither true nor false holds back as well, unless the key has a typo. Keys of a page that stand
    below another one, as in `params`, count as well.
    """
    keys = _relevant(tuple(data))
    return [key for key in keys if _holding(key, data[key]) or (key == "<<" and _holds_in_merge(data[key]))]


def holds_back(data: Mapping[str, Any]) -> bool:
    """Return whether any key holds a record back, `published` and `removed` among them."""
    return bool(holding_keys(data)) or truth(data.get("published")) is False or truth(data.get("removed")) is True


def says_publish(key: str, value: Any) -> bool:
    """Return whether a key of other programs, right or misspelt, says beyond doubt that a record is to go out."""
    words = {meaning.word for meaning in _meanings(key)}
    is_clear = truth(value) is not None or (words <= STATES and _bare(value) in SHOWING | SHOWN)
    return bool(words - KINDS) and is_clear and not _holding(key, value)


def is_about_publication(key: str) -> bool:
    """Return whether a key says whether a record is to be published, in the words of other programs."""
    return any(meaning.is_exact and meaning.word not in _ABOUT_MORE for meaning in _meanings(key))


def always_holds(key: str, value: Any) -> bool:
    """Return whether a key holds a post back even if its generator knows the key: by its value, or a key below it."""
    meaning = _holding(key, value)
    return bool(meaning and (meaning.within or meaning.word in PROTECTING | KINDS))


def doubt_about(key: str, value: Any) -> str:
    """Return the end of a sentence on a key that holds a record back: what is not obvious about that, if anything."""
    meaning = _holding(key, value)
    if meaning and meaning.within:
        return f' by "{meaning.within}" below it'
    if meaning and not meaning.is_exact:
        return f', as it may mean "{meaning.word}"'
    is_clear = truth(value) is not None or (meaning and meaning.word in STATES | KINDS | PROTECTING)
    return "" if is_clear else UNCLEAR


def bare_word(key: str) -> str:
    """Return a key without x-, separators and case."""
    return _bare(key.strip().removeprefix("x-").removeprefix("X-"))


def truth(value: Any) -> bool | None:
    """Return what a value says, as a truth value or as a word for one; None where it is neither."""
    if isinstance(value, bool):
        return value
    word = normalize("NFKC", str(value)).strip().casefold() if isinstance(value, str | int) else ""
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def _holds_in_merge(value: Any) -> bool:
    """Return whether a mapping that YAML 1.1 merges into another one would hold that back."""
    parts = (part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict))
    return holds_back({key: each for part in parts for key, each in part.items()})


def _holding(key: str, value: Any) -> _Meaning | None:
    if key in _OWN_KEYS:
        return _Meaning(key, is_exact=True) if _is_unclear(key, value) else None
    return next((meaning for meaning in _meanings(key) if _holds(meaning, value)), None) or _below(key, value)


def _is_unclear(key: str, value: Any) -> bool:
    """Return whether `published` or `removed`, neither true nor false, do not say beyond doubt to publish a record."""
    if isinstance(value, bool) or truth(value) is (key == "published"):
        return False
    return key == "removed" or not _is_date(value)


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(read_instant(value.strip(), None))
    except ValueError:
        return False


@lru_cache(maxsize=1024)
def _relevant(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys that may hold a record back; most records have the same keys."""
    return tuple(key for key in keys if key == "<<" or key in _OWN_KEYS or _meanings(key) or bare_word(key) in NESTING)


def _below(key: str, value: Any) -> _Meaning | None:
    """Return the meaning of a key below one that has keys of a page."""
    if not isinstance(value, dict) or bare_word(key) not in NESTING:
        return None
    return next((found for inner, each in value.items() if (found := _inner(str(inner), each))), None)


def _inner(key: str, value: Any) -> _Meaning | None:
    if deeper := _below(key, value):
        return deeper
    if key in _OWN_KEYS:
        is_held = truth(value) is (key == "removed") or (key == "removed" and _is_unclear(key, value))
        return _Meaning(key, is_exact=True, within=key) if is_held else None
    certain = (each for each in _meanings(key) if each.is_exact and each.word not in MAY_HOLD | MAY_SHOW | KINDS)
    return next((each._replace(within=key) for each in certain if _holds(each, value)), None)


@lru_cache(maxsize=1024)
def _meanings(key: str) -> tuple[_Meaning, ...]:
    word = bare_word(key)
    if key in _OWN_KEYS or not word or word in OTHER_WORDS:
        return ()
    if word in _EXACT:
        return (_Meaning(word, is_exact=True),)
    return tuple(_Meaning(meant, is_exact=False) for meant in _with_typo(word, MISSPELT))


def _with_typo(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words that a word may be with a typo, or in the plural."""
    forms = {word, word.removesuffix("s"), word.removeprefix("is")}
    return sorted({each for form in forms for each in typos_of(form, known) if len(each) >= _LEAST})


def _holds(meaning: _Meaning, value: Any) -> bool:
    if meaning.word in KINDS:
        return _bare(value) in HOLDING
    says, is_showing = truth(value), meaning.word in SHOWING
    if meaning.word in STATES:
        return says is False or any(map(_is_held, _texts(value)))
    if meaning.word in MAY_SHOW | MAY_HOLD:
        return truth(_bare(value) or value) is (meaning.word in MAY_HOLD)
    if meaning.word in PROTECTING:
        return says is not False and value not in (None, "", [], {})
    if meaning.is_exact or (value is None and not is_showing):
        return says is not is_showing
    says = truth(_bare(value) or value)
    return says is not None and says is not is_showing


def _texts(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]


def _bare(value: Any) -> str:
    return _SEPARATOR.sub("", _normal(value).casefold()) if isinstance(value, str) else ""


def _normal(text: str) -> str:
    return text if text.isascii() else without_ignorable(normalize("NFKC", text))


def _is_held(state: Any) -> bool:
    word = _bare(state)
    if word in HELD or word in SHOWING | SHOWN | OTHER_WORDS:
        return word in HELD
    words = {*_SEPARATOR.split(str(state).casefold())}
    if words & MISSPELT_STATES:
        return True
    if words & (SHOWING | SHOWN):
        return bool(words & _NOT)
    return bool(_with_typo(word, MISSPELT_STATES))
