"""Check front matter against the JSON Schema (draft 2020-12) of a record, and against a schema of the user's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker, SchemaError, ValidationError, validators
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable

from feeds import address, instant
from feeds.checking.schema_message import problems_of, quote
from feeds.problem import CouldNotRun, Problem

if TYPE_CHECKING:
    from feeds.reading.document import Document

FORMATS = FormatChecker(formats=tuple(FormatChecker.checkers))


@FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or bool(instant.parse_instant(value))


@FORMATS.checks("duration", raises=ValueError)
def _is_duration(value: object) -> bool:
    if isinstance(value, str):
        instant.parse_duration(value)
    return True


@FORMATS.checks("uri")
@FORMATS.checks("iri")
def _is_url(value: object) -> bool:
    return not isinstance(value, str) or address.is_absolute(value)


@FORMATS.checks("uri-reference")
@FORMATS.checks("iri-reference")
def _is_url_reference(value: object) -> bool:
    if not isinstance(value, str) or not value:
        return True
    return address.is_absolute(f"https://example.org{value}" if value.startswith("/") else value)


def _unique_items(validator: Any, unique: bool, items: Any, schema: Any) -> Iterator[ValidationError]:  # noqa: ARG001, FBT001 - shape of a keyword
    """Refuse repeated items one by one; jsonschema compares each with each, which takes minutes for long lists."""
    first: dict[str, int] = {}
    for index, item in enumerate(items if unique and isinstance(items, list) else []):
        other = first.setdefault(json.dumps(item, sort_keys=True), index)
        if item is not None and other != index:
            yield ValidationError(
                f"{quote(item)} is already in the list, as item {other + 1}", path=[index], instance=item
            )


_Validator = validators.extend(Draft202012Validator, {"uniqueItems": _unique_items})  # type: ignore[no-untyped-call]  # the stubs leave it so


class RecordSchema:
    """Check documents against the record schema and, if one is given, the user's schema as well.

    What the record schema says of known keys always holds, since the formats rely on it; which further keys may
    stand in a record is for the user's schema to say. Raises CouldNotRun if that schema cannot be used.
    """

    def __init__(self, own: Path | None = None) -> None:
        registry: Registry[Any] = Registry().with_resource(record_schema()["$id"], _resource(record_schema()))
        self._record = _validator(record_schema(), registry)
        self._own = _validator(_read(own), registry) if own else None
        self._own_path = own

    def problems(self, document: Document) -> list[Problem]:
        """Return what the schemas refuse in a document, at its exact place."""
        return sorted({problem for error in self._errors(document.data) for problem in problems_of(error, document)})

    def _errors(self, data: Any) -> Iterator[ValidationError]:
        for error in self._record.iter_errors(data):
            if not (self._own and error.validator == "additionalProperties"):
                yield error
        if self._own:
            try:
                yield from self._own.iter_errors(data)
            except Unresolvable as error:
                raise CouldNotRun(f"{self._own_path}: the schema refers to {error.ref}, which is not there") from None


@cache
def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record."""
    schema: dict[str, Any] = json.loads(record_schema_text())
    return schema


def record_schema_text() -> str:
    """Return the JSON Schema of a record as it is written: from the wheel, or from the checkout beside the package."""
    package = files("feeds")
    inside = package / "schema" / "record.schema.json"
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    return Path(str(package)).parent.joinpath("schema", "record.schema.json").read_text(encoding="utf-8")


def _validator(schema: dict[str, Any], registry: Registry[Any]) -> Any:
    return _Validator(schema, registry=registry, format_checker=FORMATS)


def _resource(schema: dict[str, Any]) -> Resource[Any]:
    return Resource.from_contents(schema)


def _read(path: Path) -> dict[str, Any]:
    try:
        schema = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
    except OSError as error:
        raise CouldNotRun(f"{path}: the schema cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise CouldNotRun(f"{path}: the schema is not JSON: {error}") from None
    except SchemaError as error:
        raise CouldNotRun(f"{path}: not a JSON Schema: {error.json_path}: {error.message}") from None
    if not isinstance(schema, dict):
        raise CouldNotRun(f"{path}: the schema must be a JSON object")
    return schema
