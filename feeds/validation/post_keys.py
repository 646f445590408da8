"""Report the keys of posts that hold them back, and those that are unknown."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from feeds.diagnostics.positions import span_of
from feeds.diagnostics.problem import Problem, problem_at
from feeds.diagnostics.wording import did_you_mean, quote
from feeds.frontmatter.document import Document
from feeds.hold_back import UNCLEAR, always_holds, doubt_about, holding_keys, truth
from feeds.records.loose_dates import read_date
from feeds.records.posts.field_mapping import FieldMapping
from feeds.records.posts.field_values import date_text
from feeds.records.posts.preset import Preset
from feeds.records.release_dates import ReleaseDate, holding_dates


class _Keys(NamedTuple):
    """What keys mean to a generator: those that it knows, those that are true for drafts, and those that say publish.

    With each of the last comes whether it is read.
    """

    known: frozenset[str]
    drafts: tuple[str, ...]
    decisive: tuple[tuple[str, bool], ...]


def keys_that_hold_back(document: Document, mapping: FieldMapping) -> Iterator[Problem]:
    """Yield a problem for each key, unknown to the generator, that is meant to hold the post back."""
    if mapping.passes_through:
        return
    data = document.data
    keys = _meanings(tuple(data), mapping)
    held = _doubts(data, keys.known)
    if truth(data.get("removed")):
        held["removed"] = ""
    held |= {key: UNCLEAR for key in keys.drafts if truth(data[key]) is None and data[key] not in (None, "", [], {})}
    for key, is_read in keys.decisive:
        says = truth(data[key])
        if says is None and _is_unclear(data[key], mapping.preset, is_read=is_read):
            held[key] = UNCLEAR
        elif says is False and not is_read:
            held[key] = ""
        else:
            held.pop(key, None)  # the preset decides, or it is a date
    for key, doubt in held.items():
        message = f"{quote(key)} holds the post back{doubt}"
        yield _at_key(document, key, "held-back", message, "remove it to publish the post")


def dates_that_hold_back(
    document: Document, dates: Collection[ReleaseDate], published: datetime | None, date_key: str
) -> Iterator[Problem]:
    """Yield a problem for each date that holds the post back; `date_key` is the key of the post's own date."""
    for key, message, remedy in holding_dates(dates, published, "post", date_key):
        yield _at_key(document, key, "held-back", message, remedy)


def unknown_key(document: Document, key: str, mapping: FieldMapping) -> Problem:
    """Return the problem that neither feeds nor the generator knows a key."""
    asked = did_you_mean(key, sorted(mapping.read))
    remedy = asked or 'it has no effect in feeds; to hide this, set unknown-key = "off" under [rules]'
    return _at_key(document, key, "unknown-key", f"unknown key {quote(key)}", remedy)._replace(severity="warning")


@lru_cache(maxsize=1024)  # most posts have the same keys
def _meanings(keys: tuple[str, ...], mapping: FieldMapping) -> _Keys:
    read = mapping.texts.get("published", ())
    known = mapping.known if any(text.startswith("status=") for text in read) else mapping.known - {"status"}
    as_read = {key: mapping.as_read(key) for key in keys}
    return _Keys(
        frozenset(key for key in keys if as_read[key] in known),
        tuple(key for key in keys if f"!{as_read[key]}" in read),
        tuple((key, as_read[key] in read) for key in keys if key.lower() in {"published", "publish"}),
    )


def _doubts(data: dict[str, object], known: frozenset[str]) -> dict[str, str]:
    """Return the keys that hold back and that the generator does not read, with the doubt about each."""
    return {
        key: doubt_about(key, data[key])
        for key in holding_keys(data)
        if key not in known or always_holds(key, data[key])
    }


def _is_unclear(value: object, preset: Preset, *, is_read: bool) -> bool:
    """Return whether a key that decides about publication, or may be its date, holds what is neither."""
    if value is None or value == "":
        return is_read
    return isinstance(value, list | dict) or not read_date(date_text(value, preset), None)


def _at_key(document: Document, key: str, rule: str, message: str, remedy: str) -> Problem:
    """Return a problem at a key, located by a search if possible, as parsing again is slow."""
    found = [*re.finditer(rf"(?m)^{re.escape(key)}(?=[ \t]*[:=])", document.tree.text)]
    if len(found) != 1:
        return document.problem((key,), rule, message, remedy, at_key=True)
    start, end = (document.start + offset for offset in found[0].span())
    return problem_at(document.path, span_of(document.text, start, end), rule, message, remedy, (key,))
