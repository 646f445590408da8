"""Tell quickly that a schema surely accepts a value; the others are for jsonschema, which tells what is wrong."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from feeds.validation.schema.value_format import CHECKS

Judge = Callable[[Any], bool]

_SAYS_NOTHING = {"$schema", "$id", "$comment", "$defs", "title", "description", "examples", "default", "deprecated"}
_OF_MAPPINGS = {"properties", "patternProperties", "additionalProperties"}
# JSON Schema takes 1.0 for an integer as well: that is left to jsonschema.
_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}


class _Unknown(Exception):  # noqa: N818 - it only ends the compilation
    """Say that a schema has a keyword that is not known here."""


def acceptance_of(schema: Mapping[str, Any]) -> Judge:
    """Return a function that is true only of values that a schema (draft 2020-12) accepts.

    Of some values that it accepts, the function is false: it knows the commonest keywords, and references within the
    schema. Where it does not know one, it is false of everything.
    """
    try:
        return _Compilation(schema).judge_of(schema)
    except _Unknown:
        return lambda _: False


class _Compilation:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._referred: dict[str, Judge] = {}

    def judge_of(self, schema: Any) -> Judge:
        if isinstance(schema, bool):
            return lambda _: schema
        keywords = [keyword for keyword in schema if keyword not in _SAYS_NOTHING | _OF_MAPPINGS]
        judges = [self._judge(keyword, schema[keyword]) for keyword in keywords]
        if _OF_MAPPINGS & schema.keys():
            judges.append(self._mapping(schema))
        return judges[0] if len(judges) == 1 else _all_of(judges)

    def _judge(self, keyword: str, limit: Any) -> Judge:
        if keyword == "$ref":
            return self._reference(limit)
        if keyword == "items":
            return _each(self.judge_of(limit))
        if keyword in {"anyOf", "allOf"}:
            judges = [self.judge_of(part) for part in limit]
            return _any_of(judges) if keyword == "anyOf" else _all_of(judges)
        if keyword not in _JUDGES:
            raise _Unknown
        return _JUDGES[keyword](limit)

    def _reference(self, reference: str) -> Judge:
        name = reference.removeprefix("#/$defs/")
        if name == reference or name not in self._root.get("$defs", {}):
            raise _Unknown
        if name not in self._referred:
            self._referred[name] = _later(self._referred, name)  # a schema may refer to itself
            self._referred[name] = self.judge_of(self._root["$defs"][name])
        return self._referred[name]

    def _mapping(self, schema: Mapping[str, Any]) -> Judge:
        patterns = [
            (re.compile(pattern).search, self.judge_of(part))
            for pattern, part in schema.get("patternProperties", {}).items()
        ]
        known: dict[str, Judge] = {}
        for key, part in schema.get("properties", {}).items():
            matching = [judge for search, judge in patterns if search(key)]
            known[key] = _all_of([self.judge_of(part), *matching]) if matching else self.judge_of(part)
        other = self.judge_of(schema.get("additionalProperties", True))

        def judge_of_key(key: str) -> Judge:
            matching = [judge for search, judge in patterns if search(key)]
            return _all_of(matching or [other])

        def judge(value: Any) -> bool:
            if not isinstance(value, dict):
                return False
            for key, entry in value.items():  # noqa: SIM110 - the same
                if not (known.get(key) or judge_of_key(key))(entry):
                    return False
            return True

        return judge


def _later(judges: Mapping[str, Judge], name: str) -> Judge:
    return lambda value: judges[name](value)  # noqa: PLW0108 - the judge is not there before the first value is


def _all_of(judges: list[Judge]) -> Judge:
    def judge(value: Any) -> bool:
        for each in judges:  # noqa: SIM110 - all() with a generator takes twice as long
            if not each(value):
                return False
        return True

    return judge


def _any_of(judges: list[Judge]) -> Judge:
    return lambda value: any(judge(value) for judge in judges)


def _each(judge: Judge) -> Judge:
    return lambda value: isinstance(value, list) and all(map(judge, value))


def _type(names: str | list[str]) -> Judge:
    kinds = frozenset(kind for name in ([names] if isinstance(names, str) else names) for kind in _KINDS[name])
    return lambda value: type(value) in kinds


def _required(keys: list[str]) -> Judge:
    needed = frozenset(keys)
    return lambda value: isinstance(value, dict) and needed <= value.keys()


def _enum(words: list[Any]) -> Judge:
    choices = frozenset(word for word in words if isinstance(word, str))
    return lambda value: isinstance(value, str) and value in choices


def _pattern(pattern: str) -> Judge:
    search = re.compile(pattern).search
    return lambda value: isinstance(value, str) and search(value) is not None


def _format(name: str) -> Judge:
    if name not in CHECKS:
        raise _Unknown
    check, raises = CHECKS[name]

    def judge(value: Any) -> bool:
        try:
            return isinstance(value, str) and check(value)
        except raises:
            return False

    return judge


def _unique(wanted: Any) -> Judge:
    def judge(value: Any) -> bool:
        is_text = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        return not wanted or (is_text and len(set(value)) == len(value))

    return judge


def _number(compare: Callable[[Any, Any], bool]) -> Callable[[Any], Judge]:
    return lambda limit: lambda value: not isinstance(value, int | float) or compare(value, limit)


def _size(compare: Callable[[int, int], bool]) -> Callable[[Any], Judge]:
    return lambda limit: lambda value: isinstance(value, str | list) and compare(len(value), limit)


_JUDGES: dict[str, Callable[[Any], Judge]] = {
    "type": _type,
    "required": _required,
    "enum": _enum,
    "pattern": _pattern,
    "format": _format,
    "uniqueItems": _unique,
    "minimum": _number(operator.ge),
    "maximum": _number(operator.le),
    "exclusiveMinimum": _number(operator.gt),
    "exclusiveMaximum": _number(operator.lt),
    "minLength": _size(operator.ge),
    "maxLength": _size(operator.le),
    "minItems": _size(operator.ge),
    "maxItems": _size(operator.le),
}
