"""Turn records and problems into bytes, and back. Nothing in the bytes can run, whoever wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from feeds.diagnostics.problem import Problem, Span
from feeds.model.item import Person
from feeds.model.record import Image, Provider, Record, Related


def pack_record(record: Record) -> bytes:
    """Return a record as JSON: the values of its fields in their order."""
    return _json(record)


def unpack_record(content: bytes) -> Record:
    """Return the record that was packed."""
    values: list[Any] = json.loads(content)
    fields = dict(zip(Record.__slots__, values, strict=True))
    fields["published"] = datetime.fromisoformat(fields["published"])
    fields["updated"] = datetime.fromisoformat(fields["updated"])
    fields["expires"] = fields["expires"] and datetime.fromisoformat(fields["expires"])
    fields["topics"] = tuple(fields["topics"])
    fields["images"] = tuple(Image(*image) for image in fields["images"])
    fields["authors"] = tuple(Person(*person) for person in fields["authors"])
    fields["provider"] = _provider(fields["provider"])
    fields["related"] = tuple(_related(*article) for article in fields["related"])
    return Record(**fields)


def pack_problems(problems: Iterable[Problem]) -> bytes:
    """Return problems as JSON, none as no bytes."""
    listed = list(problems)
    return _json(listed) if listed else b""


def unpack_problems(content: bytes) -> list[Problem]:
    """Return the problems that were packed."""
    return [
        Problem(path, Span(*span), rule, message, remedy, severity, tuple(route))
        for path, span, rule, message, remedy, severity, route in (json.loads(content) if content else [])
    ]


def _json(value: object) -> bytes:
    return json.dumps(value, default=_plain, separators=(",", ":")).encode("ascii")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else [getattr(value, name) for name in value.__slots__]


def _provider(values: list[str] | None) -> Provider | None:
    return Provider(*values) if values else None


def _related(title: str, link: str, excerpt: str, published: str | None, provider: list[str] | None) -> Related:
    instant = datetime.fromisoformat(published) if published else None
    return Related(title, link, excerpt, instant, _provider(provider))
