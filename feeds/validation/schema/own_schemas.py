"""The JSON Schemas that come with this program."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record."""
    schema: dict[str, Any] = json.loads(record_schema_text())
    return schema


def record_schema_text() -> str:
    """Return the text of the JSON Schema of a record."""
    return _schema_text("record")


def report_schema_text() -> str:
    """Return the text of the JSON Schema of what `feeds validate --format json` prints."""
    return _schema_text("report")


def _schema_text(name: str) -> str:
    package, path = Path(__file__).parents[2], f"schema/{name}.schema.json"
    # In the wheel the schemas lie inside the package, in a checkout beside it.
    inside = package / path
    return (inside if inside.is_file() else package.parent / path).read_text(encoding="utf-8")
