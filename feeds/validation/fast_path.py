"""The fast path for plain files, with which nothing is wrong; all others are checked by each rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.frontmatter.document import Document, plain_document
from feeds.records.redact import is_short, secret_part
from feeds.validation.rules.document_rules import whole_problems
from feeds.validation.schema.plain_schema import plain_schema
from feeds.validation.schema.record_schema import record_schema

if TYPE_CHECKING:
    from feeds.validation.context import ValidationContext


class Flawless(NamedTuple):
    """A document of which no check could complain, and its secret values."""

    document: Document
    secrets: tuple[str, ...]


def flawless_document(path: str, content: bytes, context: ValidationContext) -> Flawless | None:
    """Return the document in a file of which no check could complain; None where they have to look for themselves."""
    if context.schema.has_own:
        return None
    is_plain = _validator(has_site=bool(context.config.home_page))
    document = plain_document(path, content) if is_plain else None
    if not document or not is_plain or not _accepts(is_plain, document.data):
        return None
    secrets = secret_part(document.data, document.tree.text, context.config.secret)
    is_flawless = not any(map(is_short, secrets)) and next(whole_problems(document, context), None) is None
    return Flawless(document, secrets) if is_flawless else None


def _accepts(is_valid: Callable[[Any], bool], data: Any) -> bool:
    try:
        return is_valid(data)
    except ValueError:  # a key that is no text, or a text that is no Unicode
        return False


@cache
def _validator(*, has_site: bool) -> Callable[[Any], bool] | None:
    """Return the check whether data are those of a plain record, if jsonschema-rs is installed."""
    try:
        from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - few platforms have none
    except ImportError:
        return None
    return Draft202012Validator(plain_schema(record_schema(), has_site=has_site), validate_formats=True).is_valid
