"""Say what a value must not be, or must not be at once."""

from __future__ import annotations

from feeds.diagnostics.wording import either
from feeds.validation.schema.complaint import Complaint
from feeds.validation.schema.description import conditions_in_words, in_words, the_asking_one, told_by
from feeds.validation.schema.key_message import exclusive_keys, forbidden
from feeds.validation.schema.refusal import Refusal


def not_allowed(refusal: Refusal) -> Complaint:
    """Say what a value must not be."""
    if refusal.limit in ({}, True):
        return forbidden(refusal)
    required = refusal.limit.get("required", ()) if isinstance(refusal.value, dict) else ()
    if required and refusal.limit.keys() <= {"required", "type"}:
        return exclusive_keys(refusal, list(required))
    return refusal.complain("not-allowed", _message(refusal), "remove it" if refusal.is_key else refusal.hint)


def several_at_once(refusal: Refusal) -> Complaint:
    """Say in which ways a value is right though it may be so in one only."""
    wanted = [set(schema.get("required", ())) if isinstance(schema, dict) else set() for schema in refusal.limit]
    keys = set.union(*wanted) - set.intersection(*wanted)
    if isinstance(refusal.value, dict) and len(keys) > 1:
        return exclusive_keys(refusal, list(keys))
    parts = [refusal.schemas.parts(schema, refusal.schema, refusal.route) for schema in refusal.limit]
    words = [told_by(part) or in_words(the_asking_one(part)) for part in parts]
    ways = f" ({either(words, 'and')})" if all(words) else ""
    message = f"{refusal.name} fits {len(words)} of the ways it can be written{ways}; expected only one"
    return refusal.complain("not-allowed", message)


def _message(refusal: Refusal) -> str:
    parts = refusal.schemas.parts(refusal.limit, refusal.schema, refusal.route)
    is_long = refusal.is_key or isinstance(refusal.value, dict)
    base = f"{refusal.name} is not allowed" if is_long else f"{refusal.shown}, which is not allowed"
    if told := told_by(parts):
        return f"{base}: {told}"
    asking = the_asking_one(parts)
    if conditions := conditions_in_words(asking, refusal.value if isinstance(refusal.value, dict) else ()):
        return f"{base} where {conditions}"
    if asking and asking.keys() & {"const", "enum"}:
        return base
    if words := in_words(asking):
        return f"{refusal.shown}; expected anything but {words}"
    return f"{base}; expected: {refusal.told}" if refusal.told else f"{base} as it is"
