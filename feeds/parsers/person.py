"""Part the name and the e-mail address that RSS has in one text."""

from __future__ import annotations

import re

from feeds.model.item import Person

_ADDRESS = r"(?:mailto:)?([^\s<>()\[\]@\"]+@[^\s<>()\[\]@\"]+)"
_NAME_BEHIND = re.compile(rf"{_ADDRESS}\s*\(([^()]*)\)")
_NAME_BEFORE = re.compile(rf'"?([^<>"]*?)"?\s*[<(]\s*{_ADDRESS}\s*[>)]')
_ALONE = re.compile(_ADDRESS)


def person_of(text: str) -> Person:
    """Return the person in `a@example.org (Ann)`, `Ann <a@example.org>`, `a@example.org` or `Ann`."""
    if "@" not in text:
        return Person(text)
    if found := _NAME_BEHIND.fullmatch(text):
        return Person(found[2].strip(), email=found[1])
    if found := _NAME_BEFORE.fullmatch(text):
        return Person(found[1].strip(), email=found[2])
    if found := _ALONE.fullmatch(text):
        return Person(email=found[1])
    return Person(text)
