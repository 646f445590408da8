"""A schema of the user's own is told as well as the record schema: what it refuses, and what is wrong with it."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support import record_bytes
from typer.testing import CliRunner
from write_expected import own_schema_lines

from feeds.cli.app import app
from feeds.diagnostics.problem import CouldNotRunError
from feeds.frontmatter.document import Document, parse_document
from feeds.validation.schema import schema_validator, slow_pattern
from feeds.validation.schema.description import FORMAT_WORDS
from feeds.validation.schema.format_message import ABSOLUTE_ID, DURATION, VISIBLE, WEB_ADDRESS
from feeds.validation.schema.own_schemas import record_schema
from feeds.validation.schema.record_schema import RecordSchema
from feeds.validation.schema.validator import FORMATS

CASES = Path(__file__).parent / "own_schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
DRAFT_07 = "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.stem)
def test_own_schema_gives_exactly_the_expected_lines(case: Path) -> None:
    assert own_schema_lines(case) == case.with_suffix(".out").read_text(encoding="utf-8")


def test_no_case_lacks_its_record_or_its_expectation() -> None:
    records = {path.stem for path in CASES.glob("*.md")}
    assert records == {path.stem for path in CASES.glob("*.out")}
    assert records == {path.name.removesuffix(".schema.json") for path in CASES.glob("*.schema.json")}


SLOW = {
    "a value": ('{"properties": {"title": {"pattern": "^(a+)+$"}}}', '2:10: title: the pattern "^(a+)+$" in own.json'),
    "a key": (
        '{"patternProperties": {"^x-(a|a)+$": true}}',
        f'6:1: x-{"a" * 60}!: the pattern "^x-(a|a)+$" in own.json',
    ),
    "a file of its own": ('{"$ref": "parts.json"}', "2:1: own.json takes too long for this record"),
}


@pytest.mark.parametrize("case", SLOW)
def test_a_pattern_that_takes_exponential_time_is_named(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema, message = SLOW[case]
    monkeypatch.chdir(tmp_path)
    for module in (schema_validator, slow_pattern):
        monkeypatch.setattr(module, "MOST_SECONDS", 0.2)
    Path("own.json").write_text(schema, encoding="utf-8")
    Path("parts.json").write_text('{"properties": {"title": {"pattern": "^(a+)+$"}}}', encoding="utf-8")
    slow = f"{'a' * 60}!"
    data = {
        "title": slow,
        "webUrl": "https://a.example/1",
        "publishedDateTime": "2024-05-01T08:30:00Z",
        f"x-{slow}": [1],
    }
    Path("slow.md").write_bytes(record_bytes(data))
    done = CliRunner().invoke(app, ["validate", ".", "--schema", "own.json"])
    assert done.output.startswith(f"slow.md:{message}")


def test_own_schema_in_the_configuration_is_read_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "settings"
    folder.mkdir()
    (folder / "feeds.toml").write_text('schema = "own.json"\n', encoding="utf-8")
    (folder / "own.json").write_text('{"$ref": "parts.json#/$defs/short"}', encoding="utf-8")
    (folder / "parts.json").write_text('{"$defs": {"short": {"maxProperties": 2}}}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    record = tmp_path / "a.md"
    record.write_bytes(
        record_bytes({"title": "a", "publishedDateTime": "2024-05-01T08:30:00Z", "webUrl": "https://a.b/"})
    )
    done = CliRunner().invoke(app, ["validate", "a.md", "--config", "settings/feeds.toml"])
    assert done.stdout == "a.md:2:1: the record has 3 keys; expected at most 2; remove some [wrong-size]\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "the schema is not JSON: line 1, column 1: "),
        ('{\n  "type": }', "the schema is not JSON: line 2, column 11: "),
        ("[]", "the schema must be a JSON object, as in {}"),
        ("true", "the schema must be a JSON object, as in {}"),
        ('{"minimum": ' + "9" * 5000 + "}", "the schema contains a number that is too long"),
        ('{"minimum": NaN}', "the schema contains a number that is too long or not finite"),
        ('{"maximum": 1e400}', "the schema contains a number that is too long or not finite"),
        ('{"const": "\\ud800"}', "the schema contains \\ud800, half of a character; remove it"),
        ('{"items": ' * 3000 + "{}" + "}" * 3000, "the schema is nested too deep"),
        (b"\xff", "the schema is not UTF-8 text"),
        ({"type": "strng"}, 'not a JSON Schema: /type is "strng"; expected array, '),
        ({"type": "strng"}, '; did you mean "string"?'),
        ({"type": ["x"]}, 'not a JSON Schema: /type/0 is "x", which is not one of array, '),
        ({"properties": {"a/b~": 5}}, "not a JSON Schema: /properties/a~1b~0 is a number: 5; expected a mapping"),
        ({"minLength": -1}, "not a JSON Schema: /minLength is -1; expected at least 0"),
        ({"anyOf": []}, "not a JSON Schema: /anyOf is empty; expected at least 1 entry"),
        ({"required": ["a", "a"]}, 'not a JSON Schema: /required/1: "a" is already in the list, as item 1'),
        ({"pattern": "("}, 'not a JSON Schema: /pattern is "("; expected a regular expression that Python can read: '),
        ({"pattern": r"\p{L}"}, r'not a JSON Schema: /pattern is "\\p{L}"; expected a regular expression that Python'),
        (
            {"pattern": "a{99999999999}"},
            'not a JSON Schema: /pattern is "a{99999999999}"; expected a regular expression',
        ),
        (
            {"patternProperties": {"(": {}}},
            'not a JSON Schema: /patternProperties: the key "(" is not a "regex"',
        ),
        ({"$id": "http://["}, 'not a JSON Schema: /$id: "http://[" is neither a URL nor a path'),
        ({"$schema": DRAFT_07}, f'"$schema" is "{DRAFT_07}"; only {DIALECT} can be used'),
        ({"items": {"$schema": "https://a.b/c"}}, f'"$schema" is "https://a.b/c"; only {DIALECT} can be used'),
        ({"$ref": "#/$defs/a"}, "the schema refers to #/$defs/a, which does not exist"),
        ({"items": {"$ref": "#a"}}, "the schema refers to #a, which does not exist"),
        ({"items": {"$dynamicRef": "#a"}}, "the schema refers to #a, which does not exist"),
        ({"$ref": "#/allOf/a", "allOf": [{}]}, "the schema refers to #/allOf/a, which does not exist"),
        ({"$ref": "#/title/a", "title": "b"}, "the schema refers to #/title/a, which does not exist"),
        ({"$ref": "none.json"}, "the schema refers to none.json, which does not exist"),
        ({"$ref": "urn:a:b"}, "the schema refers to urn:a:b, which does not exist"),
        (
            {"$ref": "https://a.b/c.json"},
            "the schema refers to https://a.b/c.json, which does not exist; nothing is fetched from the web",
        ),
        ({"$ref": "#/title", "title": "a"}, 'what "#/title" leads to: not a JSON Schema: the schema is text: "a"'),
        ({"$ref": "#/a", "a": {"items": {"type": "x"}}}, 'what "#/a" leads to: not a JSON Schema: /items/type is "x"'),
        ({"$ref": "#"}, "the schema refers to #, which refers back to itself"),
        ({"items": {"$ref": "#/items"}}, "the schema refers to #/items, which refers back to itself"),
        (
            {"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"not": {"$ref": "#"}}]}}},
            ", which refers back to itself",
        ),
        (
            {"$dynamicAnchor": "a", "allOf": [{"$dynamicRef": "#a"}]},
            "the schema refers to #a, which refers back to itself",
        ),
    ],
)
def test_what_is_wrong_with_a_schema_is_said(content: Any, reason: str, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    own.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CouldNotRunError) as description:
        RecordSchema(own)
    assert str(description.value).startswith(f"{own}: ")
    assert reason in str(description.value)


def test_what_is_wrong_with_a_file_that_a_schema_refers_to_is_said_of_that_file(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text('{"$ref": "parts.json"}', encoding="utf-8")
    (tmp_path / "parts.json").write_text('{"minLength": "a"}', encoding="utf-8")
    with pytest.raises(
        CouldNotRunError, match=re.escape(f"{tmp_path / 'parts.json'}: not a JSON Schema: /minLength is text")
    ):
        RecordSchema(tmp_path / "own.json")


@pytest.mark.parametrize(("name", "reason"), [("none.json", "there is no such file"), (".", "it is a folder")])
def test_a_schema_that_cannot_be_read_is_named(name: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(CouldNotRunError, match=f"the schema cannot be read: {reason}"):
        RecordSchema(tmp_path / name)


def test_a_schema_may_have_a_byte_order_mark_and_a_pattern_that_python_warns_of(tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text('\ufeff{"properties": {"x-a": {"pattern": "[[a]"}}}', encoding="utf-8")
    (problem,) = RecordSchema(own).problems(document({"x-a": "b"}))
    assert problem.message == 'x-a is "b"; expected text of the form [[a]'


def test_a_schema_that_goes_deeper_than_python_can_follow_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    wrapped: dict[str, Any] = {"$ref": "#/$defs/node"}
    for _ in range(30):
        wrapped = {"allOf": [wrapped]}
    own.write_text(
        json.dumps({"properties": {"x-a": wrapped}, "$defs": {"node": {"items": wrapped}}}), encoding="utf-8"
    )
    data: Any = []
    for _ in range(40):
        data = [data]
    with pytest.raises(CouldNotRunError, match="the schema recurses too deeply for a record"):
        RecordSchema(own).problems(document({"x-a": data}))


def test_a_mistake_deep_inside_of_alternatives_is_found_at_its_place(tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    node = {"anyOf": [{"type": "string", "minLength": 2}, {"type": "array", "items": {"$ref": "#/$defs/node"}}]}
    own.write_text(json.dumps({"properties": {"x-a": {"$ref": "#/$defs/node"}}, "$defs": {"node": node}}), "utf-8")
    data: Any = "a"
    for _ in range(60):
        data = [data]
    (problem,) = RecordSchema(own).problems(document({"x-a": data}))
    assert problem.route == ("x-a", *[0] * 60)
    assert problem.message.endswith(" has 1 character; expected at least 2")


def test_every_format_that_is_checked_has_words() -> None:
    assert FORMAT_WORDS.keys() == FORMATS.checkers.keys()


def test_patterns_that_have_words_of_their_own_stand_in_the_record_schema() -> None:
    patterns = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(record_schema()))
    assert {ABSOLUTE_ID, VISIBLE} <= set(map(json.loads, patterns))
    assert any(WEB_ADDRESS in json.loads(pattern) for pattern in patterns)
    assert any(json.loads(pattern).startswith(DURATION) for pattern in patterns)


KEYS = st.sampled_from(["a", "b", "c"])
PYTHON = re.compile(r"Unevaluated|Additional prop|required property|non-unique|\bNone\b|True|False|[{[]'|[Ii]nstance")
values = st.recursive(
    st.none() | st.booleans() | st.sampled_from([0, 1, 5, 2.5, "", "a", "B", "x y", "true", "1", "2024-05-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
sizes = st.integers(0, 3)
kinds = st.sampled_from(["string", "integer", "number", "null", "boolean", "array", "object"])


def keywords(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(parts, min_size=1, max_size=3)
    named = st.dictionaries(KEYS, parts, max_size=2)
    alone = {
        **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), sizes),
        **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), sizes),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), several),
        **dict.fromkeys(("properties", "dependentSchemas"), named),
        **dict.fromkeys(("additionalProperties", "unevaluatedProperties", "propertyNames", "not", "items"), parts),
        **dict.fromkeys(("unevaluatedItems", "if", "then", "else"), parts),
        "patternProperties": st.dictionaries(st.sampled_from(["^[ab]", "c$"]), parts, max_size=2),
        "required": st.lists(KEYS, unique=True, max_size=2),
        "dependentRequired": st.dictionaries(KEYS, st.lists(KEYS, unique=True, max_size=2), max_size=2),
        "type": kinds | st.lists(kinds, unique=True, min_size=1, max_size=3),
        "const": values,
        "enum": st.lists(values, max_size=3),
        "multipleOf": st.integers(1, 3),
        "uniqueItems": st.booleans(),
        "pattern": st.sampled_from(["^a", r"\S", "b$"]),
        "$ref": st.sampled_from(["#/$defs/text", "#/$defs/mapping"]),
        "description": st.just("Some words. And more of them."),
        "examples": st.lists(values, max_size=2),
    }
    counted = {"contains": parts, "minContains": sizes, "maxContains": sizes}
    pairs = st.sampled_from(sorted(alone)).flatmap(lambda name: st.tuples(st.just(name), alone[name]))
    one_by_one = st.lists(pairs, min_size=1, max_size=4).map(dict)
    return one_by_one | st.fixed_dictionaries({}, optional=counted)


schemas = st.recursive(st.booleans() | st.fixed_dictionaries({"const": values}), keywords, max_leaves=8)


@settings(max_examples=400)
@given(schema=schemas, value=values)
def test_there_are_problems_exactly_when_the_validator_refuses_and_none_shows_python(schema: Any, value: Any) -> None:
    parts = {"text": {"type": "string", "minLength": 1}, "mapping": {"properties": {"a": {"type": "integer"}}}}
    own = {"$defs": parts, "properties": {"x-a": schema}}
    refused = not Draft202012Validator(own).is_valid({"x-a": value})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "own.json")
        path.write_text(json.dumps(own), encoding="utf-8")
        problems = RecordSchema(path).problems(document({"x-a": value}))
    assert bool(problems) == refused
    for problem in problems:
        assert problem.route[0] == "x-a"
        assert not PYTHON.search(f"{problem.message} {problem.remedy}")


def document(more: dict[str, Any]) -> Document:
    data = {"title": "a", "publishedDateTime": "2024-05-01T08:30:00Z", "webUrl": "https://example.org/"}
    parsed = parse_document("a.md", record_bytes(data | more))
    assert isinstance(parsed, Document)
    return parsed
