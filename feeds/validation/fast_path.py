"""Recognize valid documents quickly; all others are checked with jsonschema and every rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from feeds.validation.rules.document_rules import whole_problems
from feeds.validation.schema.plain_schema import LARGEST
from feeds.validation.schema.record_schema import RecordSchema

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document
    from feeds.validation.context import ValidationContext


_RECORDS = RecordSchema()


def can_be_flawless(context: ValidationContext) -> bool:
    """Return whether `is_flawless` can ever be true."""
    return _validator_of(context) is not None


def is_flawless(document: Document, context: ValidationContext) -> bool:
    """Return whether no check would report a problem of a document; False if they have to be run."""
    accepts = _validator_of(context)
    if not accepts or not _is_plain(accepts, document.data) or not context.schema.has_only_named_keys(document.data):
        return False
    return next(whole_problems(document, context), None) is None


def is_of_json(data: Any) -> bool:
    """Return whether all keys in data are strings, and all numbers are small enough for jsonschema-rs."""
    if isinstance(data, dict):
        return all(isinstance(key, str) for key in data) and all(map(is_of_json, data.values()))
    if isinstance(data, list):
        return all(map(is_of_json, data))
    return not isinstance(data, int | float) or abs(data) < LARGEST


def _validator_of(context: ValidationContext) -> Callable[[Any], bool] | None:
    return _validator(context.schema if context.schema.has_own else _RECORDS, has_site=bool(context.config.home_page))


def _is_plain(accepts: Callable[[Any], bool], data: Any) -> bool:
    try:
        return accepts(data)
    except ValueError:  # a key that is not a string, or a lone surrogate
        return False


@lru_cache(maxsize=8)
def _validator(schema: RecordSchema, *, has_site: bool) -> Callable[[Any], bool] | None:
    """Return a predicate that accepts only plain records, if jsonschema-rs and a schema for them are available."""
    try:
        from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - few platforms have none
    except ImportError:
        return None
    plain = schema.plain(has_site=has_site)
    return Draft202012Validator(plain, validate_formats=True).is_valid if plain is not None else None
