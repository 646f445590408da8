"""Show what a parser has made of a document as JSON, with only what is not empty."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from feeds.parsers import Parsed


def shown(parsed: Parsed) -> str:
    """Return a parsed document as indented JSON, dates with the offset that they were written with."""
    problems = [f"{p.span.line}: {p.message} [{p.rule}]" for p in parsed.problems]
    values = {"format": parsed.format, "version": parsed.version, "problems": problems, "lines": list(parsed.lines)}
    values |= {"subscriptions": _shown(parsed.subscriptions), "feed": _shown(parsed.feed)}
    return json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _shown(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _shown(each) for name, each in value._asdict().items() if each not in (None, "", (), False)}
    if isinstance(value, tuple):
        return [_shown(each) for each in value]
    return value.isoformat() if isinstance(value, datetime) else value
