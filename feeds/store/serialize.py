"""Serialize records and problems as JSON, which is safe to load from any file."""

import json
from collections.abc import Iterable

import msgspec

from feeds.diagnostics.problem import Problem
from feeds.model.record import Record

pack_record = msgspec.json.Encoder().encode
unpack_record = msgspec.json.Decoder(Record).decode


def pack_problems(problems: Iterable[Problem]) -> bytes:
    """Return problems as JSON, empty without any; file names may have lone surrogates, which only json writes."""
    listed = msgspec.to_builtins(list(problems))
    return json.dumps(listed, separators=(",", ":")).encode("ascii") if listed else b""


def unpack_problems(content: bytes) -> list[Problem]:
    """Return the problems in packed bytes."""
    return msgspec.convert(json.loads(content), list[Problem]) if content else []
