"""Recognize valid documents quickly; all others are checked with jsonschema and every rule."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from feeds.validation.rules.document_rules import whole_problems
from feeds.validation.schema.compiled import Predicate, compile_schema
from feeds.validation.schema.record_schema import RecordSchema

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document
    from feeds.validation.context import ValidationContext

_RECORDS = RecordSchema()


def can_be_flawless(context: ValidationContext) -> bool:
    """Return whether `is_flawless` can ever be true."""
    return _predicate_for(context) is not None


def is_flawless(document: Document, context: ValidationContext) -> bool:
    """Return whether no check would report a problem of a document; False if they have to be run."""
    accepts = _predicate_for(context)
    if (
        not accepts
        or not accepts(context.for_schema(document).data)
        or not context.schema.has_only_named_keys(document.data)
    ):
        return False
    return next(whole_problems(document, context), None) is None


def _predicate_for(context: ValidationContext) -> Predicate | None:
    return _compiled(context.schema if context.schema.has_own else _RECORDS, has_site=bool(context.config.home_page))


@lru_cache(maxsize=8)
def _compiled(schema: RecordSchema, *, has_site: bool) -> Predicate | None:
    """Return a predicate that accepts only plain records, if one can be compiled."""
    plain = schema.plain(has_site=has_site)
    return None if plain is None else compile_schema(plain)
