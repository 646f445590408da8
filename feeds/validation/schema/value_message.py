"""Say what is wrong with a single value: its kind, the choice, its range or its size."""

from __future__ import annotations

import json
from typing import Any

from feeds.diagnostics.wording import choice, did_you_mean, kind_of, listed, plain, quote
from feeds.frontmatter.odd_blank import odd_blank_in
from feeds.text import counted, shortened
from feeds.validation.schema.complaint import Complaint
from feeds.validation.schema.description import bound_in_words, types_in_words
from feeds.validation.schema.format_message import instead_of_number
from feeds.validation.schema.refusal import Refusal

_QUOTES = {"with": "put the value in quotes", "without": "write it without quotes"}
AS_LIST = "write it as a list: "
_EMPTY = "give it a value"
_UNITS: dict[type, tuple[str, str]] = {
    str: ("character", "characters"),
    list: ("entry", "entries"),
    dict: ("key", "keys"),
}


def wrong_type(refusal: Refusal) -> Complaint:
    """Say what kind of value was expected."""
    kinds: list[str] = [refusal.limit] if isinstance(refusal.limit, str) else refusal.limit
    return wrong_kind(refusal, types_in_words(kinds), kinds)


def wrong_kind(refusal: Refusal, words: str, kinds: list[str]) -> Complaint:
    """Say in words what was expected, and how to write it as one of some JSON types."""
    unquoted = ", without quotes" if kinds == ["boolean"] and isinstance(refusal.value, str) else ""
    message = f"{refusal.name} is {kind_of(refusal.value)}; expected {words}{unquoted}"
    return refusal.complain("wrong-type", message, _as_one_of(kinds, refusal))


def not_one_of(refusal: Refusal) -> Complaint:
    """Say which values could be chosen."""
    choices = [refusal.limit] if refusal.keyword == "const" else list(refusal.limit)
    remedy = closest_choice(refusal.value, choices)
    if refusal.is_key:
        message = f"unknown key {quote(refusal.value)}; expected {choice(choices)}"
        return refusal.complain("unknown-key", message, remedy)
    if refusal.value is None or isinstance(refusal.value, dict) or len(choices) <= 1:
        message, remedy = f"{refusal.shown}; expected {choice(choices)}", remedy if remedy in _QUOTES.values() else ""
    else:
        message, remedy = f"{refusal.shown}, which is not one of {listed(choices)}", remedy or "write one of these"
    return refusal.complain("not-allowed", message, _EMPTY if refusal.value is None else remedy, is_exact=True)


def out_of_range(refusal: Refusal) -> Complaint:
    """Say how large a number may be."""
    return refusal.expected("out-of-range", bound_in_words(refusal.keyword, refusal.limit), "correct it, or remove it")


def wrong_size(refusal: Refusal) -> Complaint:
    """Say how long a text or a list may be, or how many keys a mapping may have."""
    size, units = len(refusal.value), _UNITS[type(refusal.value)]
    is_short, noun = refusal.keyword.startswith("min"), refusal.keyword[3:]
    if size == 0 and isinstance(refusal.value, str):
        words = "" if refusal.limit == 1 else f"; expected at least {counted(refusal.limit, *units)}"
        return refusal.complain("blank-text", f"{refusal.name} is empty{words}", "write some text")
    is_exact = refusal.schema.get(f"min{noun}") == refusal.schema.get(f"max{noun}")
    bound = "exactly" if is_exact else "at least" if is_short else "at most"
    found = f"has {counted(size, *units)}" if size else "is empty"
    message = f"{refusal.name} {found}; expected {bound} {refusal.limit if size else counted(refusal.limit, *units)}"
    remedies = ("lengthen it", "shorten it") if isinstance(refusal.value, str) else ("add some", "remove some")
    return refusal.complain("wrong-size", message, remedies[not is_short])


def closest_choice(value: Any, choices: list[Any]) -> str:
    """Return which choice was meant, if one can tell."""
    texts = [each for each in choices if isinstance(each, str)]
    if isinstance(value, str):
        if value in {json.dumps(each) for each in choices if not isinstance(each, str)}:
            return _QUOTES["without"]
        return did_you_mean(value, texts)
    return _QUOTES["with"] if json.dumps(value) in texts else ""


def entries_of(text: str) -> list[str]:
    """Return the entries of a list that was written as one text, with commas between them."""
    return [entry.strip() for entry in text.split(",") if entry.strip()]


def _as_one_of(kinds: list[str], refusal: Refusal) -> str:
    """Return how to write a value that is meant, but written as another JSON type."""
    value = refusal.value
    if value is None:
        return _EMPTY
    if "string" in kinds:
        is_single = not isinstance(value, list | dict)
        as_text = instead_of_number(value) if refusal.schema.get("format") == "date-time" else _QUOTES["with"]
        return as_text if is_single else "write one text"
    if blank := odd_blank_in(value[:2] if isinstance(value, str) else ""):
        return f"write plain blanks in place of {blank}"
    return _as_other_kind(kinds, refusal)


def _as_other_kind(kinds: list[str], refusal: Refusal) -> str:
    value = refusal.value
    if isinstance(value, str) and {"integer", "number"} & set(kinds) and _is_number(value):
        return _QUOTES["without"]
    if "array" in kinds:
        return "begin each entry with a dash" if isinstance(value, dict) else _as_list(refusal)
    if "object" not in kinds or isinstance(value, list):
        return ""
    return _as_mapping(refusal.schema, value) or "write its keys below it, indented"


def _as_list(refusal: Refusal) -> str:
    value = refusal.value
    entries = entries_of(value) if isinstance(value, str) else [json.dumps(value)]
    if any(shortened(entry) != entry for entry in entries):
        return "begin each entry with a dash, on a line of its own"
    items = refusal.schema.get("items")
    parts = refusal.schemas.parts(items, refusal.schema, refusal.route) if isinstance(items, dict) else []
    wants_text = any(part.get("type") == "string" for part in parts)
    mappings = [_as_mapping(part, value).removeprefix("write it as ") for part in parts]
    written = [plain(entry) if wants_text or isinstance(value, str) else entry for entry in entries]
    return f"{AS_LIST}[{next(filter(None, mappings), '') or ', '.join(written)}]"


def _as_mapping(schema: Any, value: Any) -> str:
    """Return how to write a value under the one key that its mapping needs."""
    keys = schema.get("required", ())
    is_short = isinstance(value, str) and shortened(value) == value
    return f"write it as {{{keys[0]}: {quote(value)}}}" if len(keys) == 1 and is_short else ""


def _is_number(text: str) -> bool:
    try:
        return isinstance(json.loads(text), int | float)
    except ValueError:
        return False
