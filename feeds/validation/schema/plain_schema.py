"""Narrow the record schema to records that are certainly valid, and to plain ones, to which no rule objects either."""

from collections.abc import Mapping
from typing import NamedTuple

from feeds.url_oddity import LOCAL_END, ODD_ESCAPES, UNSEEN
from feeds.validation.rules.text_rules import PLAIN_TEXT
from feeds.validation.rules.url_rules import PAGE_KEYS, PLAIN_DOMAIN, TRACKING_PARAMETER
from feeds.validation.schema.own_schemas import Schema

CLOSED = "x-closed"  # a mapping of the record schema that allows further keys only to a schema that builds on it
_BLANKS = r"\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSAFE = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff"
_EDGE = rf"[^{_BLANKS}{_UNSAFE}{UNSEEN}\u200c\u200d]"
_TEXT: Schema = {"pattern": f"^(?:{_EDGE}(?:[^{_UNSAFE}]*{_EDGE})?)?$"}
_SAFE_TEXT: Schema = {"pattern": f"^[^{_UNSAFE}]*$"}
_WITHOUT_HTML: Schema = {"not": {"pattern": "<|&[#A-Za-z]"}}
_OF_KEYS = {**dict.fromkeys(PLAIN_TEXT, _WITHOUT_HTML), "domain": {"pattern": f"^(?:{PLAIN_DOMAIN})?$"}}

_PART = r"(?:[A-Za-z0-9!$&'()*+,;=:@/?~._-]|%[0-9A-Fa-f]{2})*"
_PAGE = rf"https?://(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{{2,}}(?:[/?]{_PART})?(?:#{_PART})?"
_ODD_ADDRESS = rf"[?&;]{TRACKING_PARAMETER}|^https?://(?:[^/?#]*\.)?{LOCAL_END}|{ODD_ESCAPES}"
# Before 1980 are dates that were never set.
_INSTANT: Schema = {
    "format": "date-time",
    "pattern": r"^(?:19[89]|2[0-9]{2})[0-9]-[0-9-]{5}T[0-9:]{6}[0-5][0-9](?:[.][0-9]{1,6})?(?:Z|[+-][0-9:]{5})$",
}
LARGEST = 2**53 - 1
_NUMBER: Schema = {"minimum": -LARGEST, "maximum": LARGEST}
_ANYTHING: Schema = {"type": ["string", "boolean", "integer"], **_NUMBER}
_ANNOTATIONS = {"title", "description", "examples", "format"}
_KEY: Schema = {"pattern": r"^[^\x00-\x1f]*$"}
_OPEN: Schema = {"$ref": "#/$defs/anything"}


class _Narrowing(NamedTuple):
    """What is asked of a text besides its schema: by its format, without one, and under some keys; and null or not."""

    formats: Mapping[str, list[Schema]]
    text: Schema
    of_keys: Mapping[str, Schema]
    has_null: bool


def valid_schema(record: Schema) -> Schema:
    """Return the schema of records that certainly are valid, whatever rules report of their values."""
    page = {"pattern": f"^(?:{_PAGE}|(?:urn|tag):{_PART}|/{_PART})?$"}
    formats = {**plain_formats(has_site=True), "iri": [page], "iri-reference": [page]}
    return _narrowed(record, _Narrowing(formats, _SAFE_TEXT, {}, has_null=True))


def plain_schema(record: Schema, *, has_site: bool) -> Schema:
    """Return the schema of plain records; URLs relative to the root of the site are plain if there is a home page.

    Records that it rejects may be valid. Values under keys that begin with x- are plain if they are flat.
    """
    return _narrowed(record, _plain(plain_formats(has_site=has_site)))


def plain_open_schema(record: Schema, *, has_site: bool) -> Schema:
    """Return the schema of plain records with further keys, whose values no rule reports."""
    formats = plain_formats(has_site=has_site)
    known = {key: [_WITHOUT_HTML] for key in PLAIN_TEXT} | dict.fromkeys((*PAGE_KEYS, "url"), formats["iri"])
    anything = {
        **_ANYTHING,
        **_TEXT,
        "type": [*_ANYTHING["type"], "array", "object"],
        "items": _OPEN,
        "properties": {key: {"allOf": [*schemas, _OPEN]} for key, schemas in known.items()},
        "additionalProperties": _OPEN,
        "propertyNames": _KEY,
    }
    plain = _narrowed(record, _plain(formats))
    return {**plain, "$defs": {**plain["$defs"], "anything": anything}}


def plain_formats(*, has_site: bool) -> dict[str, list[Schema]]:
    """Return the schemas of plain texts in each format that records have."""
    page = f"^(?:{_PAGE}|(?:urn|tag):{_PART}{'|/' + _PART if has_site else ''})$"
    address: list[Schema] = [{"pattern": page}, {"not": {"pattern": _ODD_ADDRESS}}]
    duration = {"pattern": "^(?:[A-Z]{1,2}[0-9]{1,9})+[A-Z]$"}
    return {"date-time": [_INSTANT], "duration": [duration], "iri": address, "iri-reference": address}


def _plain(formats: Mapping[str, list[Schema]]) -> _Narrowing:
    return _Narrowing(formats, _TEXT, _OF_KEYS, has_null=False)


def _narrowed(schema: Schema, to: _Narrowing, key: str = "") -> Schema:
    narrow = {keyword: value for keyword, value in schema.items() if keyword not in _ANNOTATIONS}
    if narrow.pop(CLOSED, False):
        narrow |= {"additionalProperties": _OPEN, "propertyNames": _KEY}
    for keyword in narrow.keys() & {"properties", "patternProperties", "$defs"}:
        narrow[keyword] = {name: _narrowed(part, to, name) for name, part in narrow[keyword].items()}
    if "anyOf" in narrow:
        narrow["anyOf"] = [_narrowed(part, to) for part in narrow["anyOf"]]
    if "items" in narrow:
        narrow["items"] = _narrowed(narrow["items"], to)
    if not narrow:
        return {**_ANYTHING, "type": [*_ANYTHING["type"], "array"], "items": _ANYTHING}
    types = narrow.get("type", [])
    if isinstance(types, list) and not to.has_null and "null" in types:
        narrow["type"] = [each for each in types if each != "null"]
    more = [to.of_keys[key]] if key in to.of_keys else []
    if "string" in types and "enum" not in narrow:
        more += to.formats[schema["format"]] if "format" in schema else [to.text]
    if {"integer", "number"} & {*([types] if isinstance(types, str) else types)}:
        more.append(_NUMBER)
    return {**narrow, "allOf": more} if more else narrow
