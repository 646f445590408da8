"""Read values of a JSON object by type; one of the wrong type is noted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feeds.parsers.feed_dates import parse_date
from feeds.parsers.json_place import Place
from feeds.parsers.parsed import MOST_PROBLEMS, Notes
from feeds.parsers.resolve import resolve, resolve_html, usable
from feeds.text import xml_text

_PARTS = {
    **dict.fromkeys(("author", "authors"), "an author"),
    "attachments": "an attachment",
    "hubs": "a hub",
    "items": "an article",
}


class Values:
    """The values of a JSON object; `what` names it in messages, and URLs in it are resolved against `base`.

    Its place in the document is `place`, or else what the `steps` (keys and numbers) lead to in the `outer` object.
    """

    outer: Values | None = None
    steps: tuple[str | int, ...] = ()

    def __init__(
        self, data: dict[str, Any], notes: Notes, what: str = "", base: str = "", place: Place | None = None
    ) -> None:
        self.data, self.notes, self.what, self.base, self.place = data, notes, what, base, place

    @property
    def label(self) -> str:
        """Return what the object is, and what it is in."""
        return f"{self.what} of {self.outer.label}" if self.outer else self.what

    def text(self, key: str) -> str:
        """Return a text without characters that are invalid in XML; numbers become text."""
        value = self.data.get(key)
        if isinstance(value, str):
            return self._allowed(key, value)
        if value is None:
            return ""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        self.note(key, "a text", "" if is_number else "not kept")
        return str(value) if is_number else ""

    def name(self, key: str) -> str:
        """Return a text that cannot be a number, as a language or a media type."""
        value = self.data.get(key)
        if value is None or isinstance(value, str):
            return self.text(key)
        self.note(key, "a text", "not kept")
        return ""

    def identity(self) -> str:
        """Return the id, which is often a number."""
        value = self.data.get("id")
        return self._allowed("id", value) if isinstance(value, str) else "" if value is None else str(value)[:1000]

    def address(self, key: str) -> str:
        """Return an absolute URL."""
        return usable(resolve(self.name(key), self.base))

    def html(self, key: str) -> str:
        """Return HTML with absolute URLs."""
        return resolve_html(self.text(key), self.base)

    def texts(self, key: str) -> list[str]:
        """Return the texts in a list, or a single one."""
        value = self.data.get(key)
        listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        if value is not None and (not isinstance(value, list) or not all(isinstance(each, str) for each in value)):
            self.note(key, "a list of texts", "" if isinstance(value, str) else "not all kept")
        return [text for each in listed if isinstance(each, str) and (text := self._allowed(key, each)).strip()]

    def objects(self, key: str) -> list[Values]:
        """Return the objects in a list, or a single one."""
        value = self.data.get(key)
        if isinstance(value, dict):
            return [self.part(value, key)]
        listed = value if isinstance(value, list) else []
        found = [self.part(each, key, at) for at, each in enumerate(listed) if isinstance(each, dict)]
        if value is not None and (not isinstance(value, list) or len(found) < len(listed)):
            self.note(key, "a list of objects", "not all kept")
        return found

    def part(self, data: dict[str, Any], key: str, *number: int) -> Values:
        """Return the values of an object in this one, to which a key leads, and in a list a number."""
        part = Values(data, self.notes, _PARTS.get(key, key), self.base)
        part.outer, part.steps = self, (key, *number)
        return part

    def number(self, key: str) -> int | float | None:
        """Return a non-negative number."""
        value = self.data.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e15:  # noqa: PLR2004 - a petabyte
            return int(value) if isinstance(value, int) or value.is_integer() else value
        if value is not None:
            self.note(key, "a number", "not kept")
        return None

    def size(self, key: str) -> int | None:
        """Return a whole number."""
        number = self.number(key)
        if isinstance(number, float):
            self.note(key, "a whole number", "not all kept")
        return None if number is None else int(number)

    def truth(self, key: str) -> bool:
        """Return whether a value is true; false if there is none."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, bool):
            self.note(key, "true or false", "not kept")
        return value is True

    def date(self, key: str) -> datetime | None:
        """Return an instant."""
        text = self.text(key)
        instant = parse_date(text) if text else None
        if text and instant is None:
            message = f"{key} of {self.label} is {text[:60]!r}, which is not a date"
            self.notes.add("bad-date", message, "write it as 2026-01-31T08:00:00Z", *self.place_of(key))
        return instant

    def note_others(self, known: set[str]) -> None:
        """Note the keys that are unknown."""
        for key in self.data.keys() - known:
            self.notes.add("not-kept", f"{key} of {self.label} is not kept", "", *self.place_of(key))

    def note(self, key: str, kind: str, fate: str = "") -> None:
        """Note that a value is not of the right kind, and its fate if it is not kept."""
        message = f"{key} of {self.label or 'an object'} is not {kind}{fate and f', and {fate}'}"
        self.notes.add("left-out" if fate else "wrong-value", message, f"make it {kind}", *self.place_of(key))

    def note_dropped(self, key: str, what: str, reason: str) -> None:
        """Note that what is under a key, or a part of it, is not kept."""
        message = f"{what} of {self.label} is not kept, as {reason}"
        self.notes.add("not-kept", message, "", *self.place_of(key))

    def _allowed(self, key: str, text: str) -> str:
        """Return a text without the characters that XML forbids, which are noted."""
        allowed = xml_text(text)
        if len(allowed) < len(text):
            message = f"{key} of {self.label or 'an object'} has a character that XML forbids; it was left out"
            self.notes.add("left-out", message, "leave it out", *self.place_of(key))
        return allowed

    def place_of(self, *steps: str | int) -> tuple[int, int]:
        """Return the line and column of a key, or of what is in its value."""
        if self.outer:
            return self.outer.place_of(*self.steps, *steps)
        return self.place.find(*steps) if self.place and len(self.notes.problems) < MOST_PROBLEMS else (1, 1)
