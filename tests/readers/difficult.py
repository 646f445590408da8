"""Make records of text that feed readers have stumbled over: the same on every machine."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from support import record_bytes

PIECES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("difficult.toml").read_text(encoding="utf-8"))
TEXTS = PIECES["texts"]
SIGNS = "<>&;'\"][!?/=#x0aAé漢😀\u0301\u05d0 -–…\x85\t\n|,()@\\%{}$`~^*_+.:"
LONG = 30


def difficult_records(count: int = 300) -> dict[str, bytes]:
    """Return so many record files by name; no text is missing as title, excerpt, provider or topic."""
    return {f"{number}.md": record_bytes(_data(number), TEXTS[number % len(TEXTS)]) for number in range(count)}


def _data(number: int) -> dict[str, Any]:
    draw = Random(number).random  # noqa: S311 - nothing here is secret
    data = {
        "title": _title(number, draw),
        "excerpt": _nth(TEXTS, number * 9 + 3),
        "publishedDateTime": _nth(PIECES["dates"], number),
        "webUrl": _nth(PIECES["addresses"], number),
        "topics": _topics(number),
        "images": [
            {"url": _nth(PIECES["images"], number + nth), "title": _title(number, draw)} for nth in range(number % 4)
        ],
        "provider": _provider(number),
        "related": [
            {"title": _nth(TEXTS, number + nth), "webUrl": _nth(PIECES["addresses"], number + nth)}
            for nth in range(number % 3)
        ],
    }
    if number % 4 == 1:
        data["updatedDateTime"] = _nth(PIECES["dates"], number + 1)
    if number >= len(PIECES["addresses"]):
        data["id"] = _nth(PIECES["ids"], number).format(number)
        data["originalUrl"] = _nth(PIECES["addresses"], number + number % 3)
    return {key: value for key, value in data.items() if value}


def _title(number: int, draw: Any) -> str:
    if number % 100 == 99:
        return " ".join(TEXTS[:20]) * LONG
    if number < len(TEXTS):
        return TEXTS[number]
    if number % 2:
        return "x" + "".join(SIGNS[int(draw() * len(SIGNS))] for _ in range(40))
    pieces = [TEXTS[int(draw() * len(TEXTS))] for _ in range(1 + int(draw() * 4))]
    return ("" if draw() < 0.3 else " ").join(pieces)


def _topics(number: int) -> list[str]:
    count = 40 if number % 50 == 49 else number % 5
    return list(dict.fromkeys(_nth(TEXTS, number * 3 + nth) for nth in range(count)))


def _provider(number: int) -> dict[str, str]:
    if number % 8 == 7:
        return {}
    domain = _nth(PIECES["domains"], number)
    return {"name": _nth(TEXTS, number * 5 + 1)} | ({"domain": domain} if domain else {})


def _nth(options: Sequence[str], number: int) -> str:
    return options[number % len(options)]
