"""Recognize documents with which nothing is wrong; all others are checked by jsonschema and each rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from feeds.validation.rules.document_rules import whole_problems
from feeds.validation.schema.plain_schema import plain_schema
from feeds.validation.schema.record_schema import record_schema

if TYPE_CHECKING:
    from feeds.frontmatter.document import Document
    from feeds.validation.context import ValidationContext


def can_be_flawless(context: ValidationContext) -> bool:
    """Return whether `is_flawless` can ever say so."""
    return not context.schema.has_own and _judge(has_site=bool(context.config.home_page)) is not None


def is_flawless(document: Document, context: ValidationContext) -> bool:
    """Return whether no check could complain of a document; False where they have to look for themselves."""
    accepts = _judge(has_site=bool(context.config.home_page))
    if not accepts or not _is_plain(accepts, document.data):
        return False
    return next(whole_problems(document, context), None) is None


def _is_plain(accepts: Callable[[Any], bool], data: Any) -> bool:
    try:
        return accepts(data)
    except ValueError:  # a key that is no text, or a text that is no Unicode
        return False


@cache
def _judge(*, has_site: bool) -> Callable[[Any], bool] | None:
    """Return what accepts the data of plain records only, if jsonschema-rs is installed."""
    try:
        from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - few platforms have none
    except ImportError:
        return None
    return Draft202012Validator(plain_schema(record_schema(), has_site=has_site), validate_formats=True).is_valid
