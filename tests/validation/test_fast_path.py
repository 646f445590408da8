"""What takes the fast path is what the exact one makes of it, most records do, and none needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import CONTEXTS, contents, is_same, mutated
from support import CORPUS, REPOSITORY, SEEDS, need

from feeds.config.settings import Config, TopicConfig
from feeds.frontmatter.document import Document, parse_document
from feeds.validation.check_file import check_exactly, check_plain
from feeds.validation.context import ValidationContext, context_for
from feeds.validation.schema.own_schemas import record_schema
from feeds.validation.schema.record_schema import RecordSchema
from feeds.validation.schema.schema_validator import SchemaValidator

HERE = Path(__file__).parent
RECORDS = REPOSITORY / "tests" / "records"
POSTS = contents(RECORDS / "presets")
ORIGINALS = contents(
    SEEDS, HERE, RECORDS / "valid", RECORDS / "fixable", RECORDS / "presets", *([CORPUS] if CORPUS.is_dir() else [])
)
JSONSCHEMA = SchemaValidator(record_schema(), None)
PLAIN = b"---\ntitle: A lamp\npublishedDateTime: 2024-05-01T08:30:00Z\nwebUrl: https://example.org/lamp\n%s---\n%s"


def is_fast(front_matter: str = "", body: str = "", **settings: object) -> bool:
    context = context_for(Config(**settings))  # type: ignore[arg-type]  # as the case has them
    return check_plain("a.md", PLAIN % (front_matter.encode(), body.encode()), context) is not None


@settings(max_examples=300)
@given(st.sampled_from(ORIGINALS), st.integers(0, 2**32), st.sampled_from(CONTEXTS))
def test_a_damaged_record_is_the_same_on_both_paths(original: tuple[str, bytes], seed: int, context: object) -> None:
    path, content = original
    damaged = mutated(content.decode(errors="replace"), Random(seed)).encode(errors="surrogatepass")  # noqa: S311 - as in corpus.py
    assert is_same(path, damaged, context)  # type: ignore[arg-type]  # one of CONTEXTS


@settings(max_examples=300)
@given(st.sampled_from(ORIGINALS), st.integers(0, 2**32))
def test_what_is_taken_for_valid_without_jsonschema_is_so_with_it(original: tuple[str, bytes], seed: int) -> None:
    path, content = original
    damaged = mutated(content.decode(errors="replace"), Random(seed))  # noqa: S311 - as in corpus.py
    for each in (content, damaged.encode(errors="surrogatepass")):
        document = parse_document(path, each)
        if isinstance(document, Document) and not RecordSchema().problems(document):
            assert not JSONSCHEMA.problems(document.data)


def test_a_record_that_is_valid_needs_no_jsonschema_whatever_rules_say_of_it() -> None:
    odd = PLAIN % (b"heat:\nexcerpt: a <b>\noriginalUrl: ''\nimages: [{url: /a.png}]\n", b"")
    schema, document = RecordSchema(), parse_document("a.md", odd)
    assert isinstance(document, Document)
    assert not schema.problems(document)
    assert "_validator" not in vars(schema)


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_fixture_is_the_same_on_both_paths(context: object) -> None:
    for path, content in [*ORIGINALS, *contents(RECORDS / "invalid")]:
        assert is_same(path, content, context), path  # type: ignore[arg-type]  # one of CONTEXTS


@pytest.mark.parametrize("folder", [SEEDS, CORPUS], ids=lambda folder: folder.name)
def test_most_records_without_problems_take_the_fast_path(folder: Path) -> None:
    good = [file for file in contents(need(folder)) if not check_exactly(*file, CONTEXTS[0]).problems]
    assert len(good) > 4
    assert sum(check_plain(*file, CONTEXTS[0]) is not None for file in good) >= 0.85 * len(good)


@pytest.mark.parametrize(
    "front_matter",
    ["", "excerpt: Up & down\n", "x-own: [a, 1]\n", "topics: [Lamps, Ropes]\n", "id: urn:a:b\n", "length: PT9M8S\n"],
)
def test_what_is_plain_is_fast(front_matter: str) -> None:
    assert is_fast(front_matter)


@pytest.mark.parametrize(
    "front_matter",
    [
        *("draft: true\n", "x-draft: true\n", "titel: x\n", "heat:\n", "quality: high\n", "excerpt: a <b>\n"),
        *("excerpt: Q &amp; A\n", 'excerpt: " a"\n', 'excerpt: "a\\u202eb"\n', "excerpt: a #b\n"),
        "expires: 2024-02-30T00:00:00Z\n",
        *("updatedDateTime: 2023-01-01T00:00:00Z\n", "topics: [Ropes, ropes]\n", "secured: abc\n"),
        *("x-a: {b: c}\n", "x-a:\n"),
        *(f"originalUrl: https://{url}\n" for url in ("localhost/a", "a.test", "a.eu/?utm_source=b", "a.eu/%26amp;")),
        *("images: [{url: /a.png}]\n", "related: [{title: b, webUrl: https://example.org/lamp}]\n"),
    ],
)
def test_what_may_have_a_problem_is_left_to_the_checks(front_matter: str) -> None:
    assert not is_fast(front_matter)


@pytest.mark.parametrize("context", CONTEXTS[3:4], ids=["hugo"])
def test_most_posts_without_problems_take_the_fast_path(context: ValidationContext) -> None:
    good = [file for file in POSTS if check_exactly(*file, context).record]
    assert len(good) > 4
    assert sum(check_plain(*file, context) is not None for file in good) >= 0.6 * len(good)


def test_a_key_that_is_secret_is_known_and_fast() -> None:
    front_matter = "note: {to: [the desk]}\nprovider: {name: Harbour office, note: by telephone}\n"
    assert is_fast(front_matter, secret=("note",))
    assert not is_fast(front_matter)


def test_a_record_with_keys_of_the_users_schema_takes_the_fast_path() -> None:
    own = next(each for each in contents(HERE) if Path(each[0]).name == "plain-own.md")
    assert check_plain(*own, CONTEXTS[2])
    assert not check_plain(own[0], own[1].replace(b"pages: 12", b"pages: 1200"), CONTEXTS[2])
    assert not check_plain(own[0], own[1].replace(b"shop:", b"shops:"), CONTEXTS[2])


def test_what_is_plain_depends_on_the_configuration(tmp_path: Path) -> None:
    own = tmp_path / "own.schema.json"
    own.write_text("{}", encoding="utf-8")
    assert is_fast("images: [{url: /a.png}]\n", home_page="https://example.org/")
    assert not is_fast("topics: [Ropes]\n", topics=TopicConfig(allowed=("Lamps",)))
    assert is_fast("shop: Lamps\n", schema=own)
    own.write_text('{"properties": {"shop": {"multipleOf": 0.1}}}', encoding="utf-8")
    assert not is_fast(schema=own)
    assert not is_fast(body="<script>a</script>")


@pytest.mark.parametrize("missing", ["yaml_rs", "jsonschema_rs"])
def test_without_the_native_packages_the_same_is_said(missing: str) -> None:
    command = "sys.argv[1:] = ['validate', 'tests/records/invalid', 'seeds']; import feeds.cli.main as m; m.main()"
    hide = f"sys.modules[{missing!r}] = None"
    runs = [
        subprocess.run(
            [sys.executable, "-c", f"import sys; {start}; {command}"], capture_output=True, cwd=REPOSITORY, check=False
        )
        for start in (hide, "pass")
    ]
    assert runs[0].stdout == runs[1].stdout != b""
