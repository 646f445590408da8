"""Messages about one value: its type, choices, range and size, and the items of a list."""

import json
import re
from typing import Any

from feeds.dates import parse_clock
from feeds.diagnostics.wording import choice, did_you_mean, kind_of, listed, plain, quote
from feeds.frontmatter.odd_blank import odd_blank_in
from feeds.hold_back import truth
from feeds.text import counted, shortened
from feeds.urls import is_absolute
from feeds.validation.schema.description import FORMAT_WORDS, bound_in_words, types_in_words
from feeds.validation.schema.format_message import instead_of_number
from feeds.validation.schema.formats import FORMATS
from feeds.validation.schema.schema_problem import SchemaProblem
from feeds.validation.schema.violation import Violation

QUOTE_IT, UNQUOTE_IT = "put the value in quotes", "write it without quotes"
AS_LIST = "write it as a list: "
_EMPTY = "give it a value"
_UNITS: dict[type, tuple[str, str]] = {
    str: ("character", "characters"),
    list: ("entry", "entries"),
    dict: ("key", "keys"),
}


def wrong_type(violation: Violation) -> SchemaProblem:
    """Return the problem of a value of the wrong type."""
    kinds: list[str] = [violation.limit] if isinstance(violation.limit, str) else violation.limit
    return wrong_kind(violation, types_in_words(kinds), kinds)


def wrong_kind(violation: Violation, words: str, kinds: list[str]) -> SchemaProblem:
    """Return the problem of a value that is not what `words` describe, with a remedy for some JSON types."""
    unquoted = ", without quotes" if kinds == ["boolean"] and isinstance(violation.value, str) else ""
    message = f"{violation.name} is {kind_of(violation.value)}; expected {words}{unquoted}"
    return violation.problem("wrong-type", message, _as_one_of(kinds, violation))


def not_one_of(violation: Violation) -> SchemaProblem:
    """Return the problem that a value is not one of the choices."""
    choices = [violation.limit] if violation.keyword == "const" else list(violation.limit)
    remedy = closest_choice(violation.value, choices)
    if violation.value is None or isinstance(violation.value, dict) or len(choices) <= 1:
        message = f"{violation.shown}; expected {choice(choices)}"
        remedy = remedy if remedy in {QUOTE_IT, UNQUOTE_IT} else ""
    else:
        message, remedy = f"{violation.shown}, which is not one of {listed(choices)}", remedy or "write one of these"
    return violation.problem("not-allowed", message, _EMPTY if violation.value is None else remedy, is_exact=True)


def out_of_range(violation: Violation) -> SchemaProblem:
    """Return the problem that a number is too small or too large."""
    words = bound_in_words(violation.keyword, violation.limit)
    return violation.expected("out-of-range", words, "correct it, or remove it")


def wrong_size(violation: Violation) -> SchemaProblem:
    """Return the problem of a text, a list or a mapping that is too short or too long."""
    size, units = len(violation.value), _UNITS[type(violation.value)]
    is_short, noun = violation.keyword.startswith("min"), violation.keyword[3:]
    if size == 0 and isinstance(violation.value, str):
        words = "" if violation.limit == 1 else f"; expected at least {counted(violation.limit, *units)}"
        return violation.problem("blank-text", f"{violation.name} is empty{words}", "write some text")
    is_exact = violation.schema.get(f"min{noun}") == violation.schema.get(f"max{noun}")
    bound = "exactly" if is_exact else "at least" if is_short else "at most"
    found = f"has {counted(size, *units)}" if size else "is empty"
    limit = violation.limit if size else counted(violation.limit, *units)
    message = f"{violation.name} {found}; expected {bound} {limit}"
    remedies = ("lengthen it", "shorten it") if isinstance(violation.value, str) else ("add some", "remove some")
    return violation.problem("wrong-size", message, remedies[not is_short])


def wrong_number(violation: Violation) -> SchemaProblem:
    """Return the problem of a list with too few or too many entries of a kind."""
    is_many = violation.keyword == "maxContains"
    least = violation.schema.get("minContains", 1)
    bound = f"at most {violation.limit}" if is_many else f"at least {least}"
    found = "too many" if is_many else "too few" if least > 1 else "no"
    message = f"{violation.name} has {found} entries of this kind: {violation.kind(violation.schema['contains'])}"
    return violation.problem("wrong-size", f"{message}; expected {bound}", "remove some" if is_many else "add some")


def duplicate(violation: Violation) -> SchemaProblem:
    """Return the problem of a duplicate item in a list."""
    message = f"{quote(violation.value)} is already in the list, as item {violation.limit + 1}"
    return violation.problem("duplicate-item", message, "remove one of the two")


def too_many(violation: Violation) -> SchemaProblem:
    """Return the problem of a list with too many items for `prefixItems`."""
    most = len(violation.schema.get("prefixItems", ()))
    bound = f"at most {most}" if most else "none"
    message = f"{violation.name} has {counted(len(violation.value), *_UNITS[list])}; expected {bound}"
    return SchemaProblem((*violation.route, most), "wrong-size", message, "remove this one and those after it")


def closest_choice(value: Any, choices: list[Any]) -> str:
    """Return the remedy with the choice that was probably meant, or nothing."""
    texts = [each for each in choices if isinstance(each, str)]
    if isinstance(value, str):
        if value in {json.dumps(each) for each in choices if not isinstance(each, str)}:
            return UNQUOTE_IT
        return did_you_mean(value, texts)
    return QUOTE_IT if json.dumps(value) in texts else ""


def entries_of(text: str) -> list[str]:
    """Return the entries of a list that was written as text with commas."""
    return [entry.strip() for entry in text.split(",") if entry.strip()]


def _as_one_of(kinds: list[str], violation: Violation) -> str:
    """Return how to write a value as one of some JSON types, or nothing."""
    value = violation.value
    if value is None:
        return _EMPTY
    if "string" in kinds:
        return "write one text" if isinstance(value, list | dict) else _as_text(violation)
    if blank := odd_blank_in(value[:2] if isinstance(value, str) else ""):
        return f"write normal spaces instead of {blank}"
    return _as_other_kind(kinds, violation)


def _as_text(violation: Violation) -> str:
    """Return how to write a number or boolean as text: in quotes, or in the format that the schema expects."""
    name, pattern, text = violation.schema.get("format"), violation.schema.get("pattern"), json.dumps(violation.value)
    if name == "date-time":
        return instead_of_number(violation.value)
    if name in FORMAT_WORDS and not FORMATS.conforms(text, name):
        return f"write it as in {violation.example or FORMAT_WORDS[name][1]}"
    return QUOTE_IT if not pattern or re.search(pattern, text) else violation.hint


def _as_other_kind(kinds: list[str], violation: Violation) -> str:
    value = violation.value
    if isinstance(value, str) and {"integer", "number"} & set(kinds) and _is_number(value):
        return UNQUOTE_IT
    if isinstance(value, str) and violation.route[-1:] == ("duration",) and (seconds := parse_clock(value)):
        return f"write it in seconds: {seconds}"
    if kinds == ["boolean"] and truth(value) is not None:
        return f"write {json.dumps(truth(value))}"
    if "array" in kinds:
        return "begin each entry with a dash" if isinstance(value, dict) else _as_list(violation)
    if "object" not in kinds or isinstance(value, list):
        return ""
    return _as_mapping(violation.schema, value) or "write its keys below it, indented"


def _as_list(violation: Violation) -> str:
    value = violation.value
    entries = entries_of(value) if isinstance(value, str) else [json.dumps(value)]
    if any(shortened(entry) != entry or entry.startswith("-") for entry in entries):
        return "begin each entry with a dash and a blank, on a line of its own"
    items = violation.schema.get("items")
    parts = violation.schemas.parts(items, violation.schema, violation.route) if isinstance(items, dict) else []
    wants_text = any(part.get("type") == "string" for part in parts)
    mappings = [_as_mapping(part, value).removeprefix("write it as ") for part in parts]
    written = [plain(entry) if wants_text or isinstance(value, str) else entry for entry in entries]
    return f"{AS_LIST}[{next(filter(None, mappings), '') or ', '.join(written)}]"


def _as_mapping(schema: Any, value: Any) -> str:
    """Return how to write a value as a mapping with a single required key, or nothing; an address is its link too."""
    keys = schema.get("required", ())
    if len(keys) != 1 or not isinstance(value, str) or shortened(value) != value:
        return ""
    links = [key for key in ("webUrl", "url") if is_absolute(value) and key in schema.get("properties", ())]
    pairs = (f"{key}: {quote(value)}" for key in dict.fromkeys([*keys, *links]))
    return f"write it as {{{', '.join(pairs)}}}"


def _is_number(text: str) -> bool:
    try:
        return isinstance(json.loads(text), int | float)
    except ValueError:
        return False
