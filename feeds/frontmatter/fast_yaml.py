"""Parse plain YAML with yaml-rs, seven times as fast as PyYAML; refuse what the two may read differently."""

import re
from functools import cache
from typing import Any

try:
    from yaml_rs import DuplicateKeyPolicy, loads
except ImportError:  # not every platform has a wheel
    loads = None  # type: ignore[assignment]  # what it is elsewhere

# yaml-rs recurses, and would crash at some thousand levels. Each level takes a bracket or a more deeply indented line,
# so that a text of this length has at most some hundred.
_MAX_LENGTH = 100_000
_MAX_BRACKETS = 100
_MANY_LEVELS = 20
_MANY_DIGITS = 400
_NESTS = re.compile(rf"(?:[-?] +){{{_MANY_LEVELS}}}")
_LEVELS, _LIKE_DASHES = b"-" * _MANY_LEVELS, bytes.maketrans(b"?", b"-")  # what it finds, without blanks
# Tabs, other line breaks, and characters that YAML 1.2.2 (section 5.1) or XML 1.0 does not allow.
_ODD_CHARACTER = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
# yaml-rs drops tags, expands aliases, and reads reserved indicators as text.
_SIGNS = "&*!%@`"
# Most front matter is made of nothing else; the guards below look for what is left.
_ORDINARY = bytes({*range(0x20, 0x7F), *b"\n"} - {*f"{_SIGNS}[{{_".encode()})
# Few texts need the other patterns, which are compiled when they are first used; those that begin with a literal
# character are several times as fast as those that begin with a set.
_SPECIAL_VALUES = {sign: rf"{re.escape(sign)}(?<=[\s\[{{,:-].)(?=\S)" for sign in _SIGNS}
# It reads the escapes of two surrogates as one character, as in JSON.
_SURROGATE = r"\\u[dD][89a-fA-F]"
# It reads 1_000 and _74 as numbers. Without its limit this would be quadratic.
_ODD_NUMBER = r"(?<=[\s\[{,:-])[+.\d]*_[\w.+-]{0,400}+(?=[\w\s,\]}.+-])"
_MAY_BE_ODD_NUMBER = r"_(?<=[\s\[{,:+.\d-]_)"
# jsonschema-rs takes a number that is too long to be printed for any other.
_LONG_NUMBER = re.compile(rf"[0-9A-Fa-f]{{{_MANY_DIGITS}}}")
_STEP = 50  # a long number has so many digits between those that are looked at first
_MAY_BE_LONG = re.compile(rf"[0-9A-Fa-f]{{{_MANY_DIGITS // _STEP}}}")
# In flow style it is too lenient, so only one-line lists and mappings of simple values pass.
_BRACKET = r"[\[{](?<=[\s\[{,:?-].)"
_BEFORE_FLOW = frozenset("\n-:,?[{")
_IN_FLOW = (
    r"""(?:"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\n]|'')*'|(?:[\w./+]|-(?=[\w.]))"""
    r"""(?:[\w./+()@=;$&-]|[ ](?=[\w./+()@=;$&])|:(?=[\w/]))*)"""
)


def read_fast(text: str, content: bytes) -> dict[str, Any] | None:
    """Return the mapping in a YAML 1.2.2 text, or None if it needs the exact parser.

    The text begins and ends with a line feed; `content` is the same in UTF-8, in which a search is quicker.
    """
    if loads is None or not _is_surely_safe(text, content):
        return None
    try:
        data = loads(text, parse_datetime=False, duplicate_key_policy=DuplicateKeyPolicy.Error)
    except (ValueError, TypeError):  # TypeError: a list as a key
        return None
    return data if type(data) is dict else None


def _is_surely_safe(text: str, content: bytes) -> bool:
    if len(text) > _MAX_LENGTH or (_LEVELS in content.translate(_LIKE_DASHES, b" ") and _NESTS.search(text)):
        return False
    if _MAY_BE_LONG.search(text[::_STEP]) and _LONG_NUMBER.search(text):
        return False
    # It reads a block without lines as one with an empty line.
    if b"\n..." in content or text.rstrip()[-1:] in {"|", ">"}:
        return False
    if b"\\" in content and re.search(_SURROGATE, text):
        return False
    odd = content.translate(None, _ORDINARY).decode()
    return not odd or _is_safe_with(odd, text)


def _is_safe_with(odd: str, text: str) -> bool:
    """Return whether a text is safe that has odd characters."""
    brackets = odd.count("[") + odd.count("{")
    if brackets > _MAX_BRACKETS or (not odd.isprintable() and re.search(_ODD_CHARACTER, odd)):
        return False
    if any(sign in odd and re.search(special, text) for sign, special in _SPECIAL_VALUES.items()):
        return False
    if "_" in odd and re.search(_MAY_BE_ODD_NUMBER, text) and re.search(_ODD_NUMBER, text):
        return False
    return not brackets or not _begins_flow(text) or not _begins_flow(_without_simple_flows(text))


def _begins_flow(text: str) -> bool:
    """Return whether a list or a mapping in flow style begins in a text."""
    return any(text[: found.start()].rstrip(" ")[-1:] in _BEFORE_FLOW for found in re.finditer(_BRACKET, text))


def _without_simple_flows(text: str) -> str:
    """Return a text in which a word replaces each simple flow list and mapping."""
    found = 1
    while found and ("[" in text or "{" in text):
        text, found = _simple_flow().subn("x", text)
    return text


@cache
def _simple_flow() -> re.Pattern[str]:
    pair = rf"{_IN_FLOW}: {_IN_FLOW}"
    return re.compile(rf"\[ ?(?:{_IN_FLOW}(?:, ?{_IN_FLOW})*)? ?\]|\{{ ?(?:{pair}(?:, {pair})*)? ?\}}")
