"""The JSON Schemas that come with this program."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def record_schema() -> Schema:
    """Return the JSON Schema of a record."""
    schema: Schema = json.loads(schema_text("record"))
    return schema


def schema_text(name: Literal["record", "report"]) -> str:
    """Return the text of the JSON Schema of a record, or of a report."""
    package, path = Path(__file__).parents[2], f"schema/{name}.schema.json"
    # In the wheel the schemas lie inside the package, in a checkout beside it.
    inside = package / path
    return (inside if inside.is_file() else package.parent / path).read_text(encoding="utf-8")
