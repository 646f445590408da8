"""What is accepted without jsonschema is what jsonschema accepts, and most valid records are."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import CORPUS, REPOSITORY, SEEDS, need, record_files

from feeds.frontmatter.document import Document, parse_document
from feeds.validation.schema.acceptance import acceptance_of
from feeds.validation.schema.record_schema import record_schema
from feeds.validation.schema.schema_validator import SchemaValidator

ACCEPTS = acceptance_of(record_schema())
VALIDATOR = SchemaValidator(record_schema(), None)
RECORDS = REPOSITORY / "tests" / "records"


def data_of(path: Path) -> Any:
    document = parse_document(path.name, path.read_bytes())
    return document.data if isinstance(document, Document) else None


ALL_DATA = [
    data
    for folder in ("valid", "invalid", "fixable")
    for path in record_files(RECORDS / folder)
    if (data := data_of(path))
]
EXAMPLE = record_schema()["examples"][0] | {
    "length": "PT9M8S",
    "id": "urn:example:a",
    "ratings": {"average": 4.6, "count": 3},
    "actions": [{"url": "https://example.org/a.zip"}],
    "levels": ["Beginner"],
    "x-own": [None, {"a": 1.0}],
}
texts = st.text(max_size=8) | st.sampled_from(
    [
        "",
        " ",
        "https://a.example/é",
        "https://a.example/ x",
        "urn:a:b",
        "2024-05-01T08:30:00Z",
        "2024-02-30T00:00:00Z",
        "P1D",
        "P",
        "video",
        "/a.png",
        "//a",
        "ftp://a.b",
        "\ud800",
        "a\n",
    ]
)
scalars = st.one_of(
    texts, st.integers(), st.floats(), st.booleans(), st.none(), st.sampled_from([0, -1, 100_000, 100_001, 1.0, 2**53])
)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))


def places(data: Any) -> list[list[Any]]:
    """Return the route of every value in plain data."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [[]] + [[step, *rest] for step, child in steps for rest in places(child)]


@st.composite
def mutated_records(draw: st.DrawFn) -> Any:
    data = copy.deepcopy(draw(st.sampled_from([EXAMPLE, *ALL_DATA])))
    for _ in range(draw(st.integers(0, 3))):
        *route, last = draw(st.sampled_from([place for place in places(data) if place] or [["title"]]))
        holder = data
        for step in route:
            holder = holder[step]
        if draw(st.booleans()):
            holder[last] = draw(values)
        elif isinstance(holder, dict):
            holder[draw(st.sampled_from(["x-a", "titel", "webUrl", "url", "name"]))] = holder.pop(last)
        else:
            holder.append(holder[last])
    return data


@settings(max_examples=1000)
@given(mutated_records())
def test_what_is_accepted_is_valid(data: Any) -> None:
    if ACCEPTS(data):
        assert VALIDATOR.problems(data) == []


@given(values)
def test_any_value_can_be_judged(value: Any) -> None:
    assert not ACCEPTS(value)


@pytest.mark.parametrize("folder", [SEEDS, CORPUS, RECORDS / "valid"], ids=lambda folder: folder.name)
def test_most_valid_records_are_accepted(folder: Path) -> None:
    valid = [data for path in record_files(need(folder)) if (data := data_of(path)) and not VALIDATOR.problems(data)]
    accepted = [data for data in valid if ACCEPTS(data)]
    assert len(valid) > 4
    assert len(accepted) >= 0.9 * len(valid)


@pytest.mark.parametrize(
    "schema",
    [
        {"if": {"type": "object"}, "then": False},
        {"not": {}},
        {"format": "colour"},
        {"$ref": "https://a.example/schema"},
        {"$ref": "#/$defs/a/items", "$defs": {"a": {"items": True}}},
        {"properties": {"a": {"const": 1}}},
        {"type": "number", "multipleOf": 2},
    ],
    ids=json.dumps,
)
@pytest.mark.parametrize("value", [{}, {"a": 1}, "", 2, None], ids=json.dumps)
def test_a_schema_with_an_unknown_keyword_is_not_judged(schema: dict[str, Any], value: Any) -> None:
    assert not acceptance_of(schema)(value)


@pytest.mark.parametrize(
    ("schema", "value", "is_accepted"),
    [
        ({"$defs": {"a": {"type": "array", "items": {"$ref": "#/$defs/a"}}}, "$ref": "#/$defs/a"}, [[], [[]]], True),
        ({"$defs": {"a": {"type": "array", "items": {"$ref": "#/$defs/a"}}}, "$ref": "#/$defs/a"}, [[], [""]], False),
        (
            {"additionalProperties": {"type": "string"}, "patternProperties": {"^x": {"type": "integer"}}},
            {"a": "", "x": 1},
            True,
        ),
        (
            {"additionalProperties": {"type": "string"}, "patternProperties": {"^x": {"type": "integer"}}},
            {"x": ""},
            False,
        ),
        ({"properties": {"xa": {"minimum": 2}}, "patternProperties": {"^x": {"maximum": 3}}}, {"xa": 3}, True),
        ({"properties": {"xa": {"minimum": 2}}, "patternProperties": {"^x": {"maximum": 3}}}, {"xa": 4}, False),
        ({"allOf": [{"minItems": 1}, {"maxItems": 2}], "items": True}, ["a"], True),
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 3}, 2, True),
        ({"type": "integer", "minimum": 0.5}, 0, False),
        ({"type": ["number", "null"], "minimum": 1}, None, True),
        ({"type": "integer"}, True, False),
        ({"minLength": 1, "maxLength": 2, "enum": ["a", "bb", "ccc"]}, "ccc", False),
        ({"uniqueItems": True}, ["a", "a"], False),
        ({"uniqueItems": False}, ["a", "a"], True),
    ],
)
def test_keywords_mean_what_they_should(schema: dict[str, Any], value: Any, is_accepted: bool) -> None:  # noqa: FBT001 - a case
    assert acceptance_of(schema)(value) is is_accepted
