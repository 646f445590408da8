"""Say what is wrong with the entries of a list."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.diagnostics.wording import quote
from feeds.text import counted
from feeds.validation.schema.complaint import Complaint
from feeds.validation.schema.description import in_words, the_asking_one, told_by
from feeds.validation.schema.refusal import Refusal

_ENTRY = ("entry", "entries")


def duplicate(refusal: Refusal) -> Complaint:
    """Say which entry is in the list already."""
    message = f"{quote(refusal.value)} is already in the list, as item {refusal.limit + 1}"
    return refusal.complain("duplicate-item", message, "remove one of the two")


def too_many(refusal: Refusal) -> Complaint:
    """Say where a list of so many entries goes on."""
    most = len(refusal.schema.get("prefixItems", ()))
    bound = f"at most {most}" if most else "none"
    message = f"{refusal.name} has {counted(len(refusal.value), *_ENTRY)}; expected {bound}"
    return Complaint((*refusal.route, most), "wrong-size", message, "remove this one and those behind it")


def left_over(refusal: Refusal) -> Iterator[Complaint]:
    """Say which entries a list must not have."""
    for index in refusal.limit:
        route = (*refusal.route, index)
        message = f"{refusal.naming(route)} is {quote(refusal.value[index])}, which is not allowed in this list"
        yield Complaint(route, "not-allowed", message, "remove it")


def wrong_mixture(refusal: Refusal) -> Complaint:
    """Say what a list holds too little or too much of."""
    number, schema = refusal.limit, refusal.schema
    least, most = schema.get("minContains", 1), schema.get("maxContains", 0)
    parts = refusal.schemas.parts(schema["contains"], schema, refusal.route)
    words = in_words(the_asking_one(parts))
    kind = f"that {'is' if number == 1 else 'are'} {words}" if words else "of the kind it needs"
    found = f"has {counted(number, *_ENTRY) if number else 'no entries'} {kind}"
    bound = f"at least {least}" if number < least else f"at most {most}"
    told = "" if words else told_by(parts)
    message = f"{refusal.name} {found}; expected {bound}{f': {told}' if told else ''}"
    return refusal.complain("wrong-size", message)
