"""The schema of a preset is one, accepts posts as people write them, and refuses what no feed could use."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support import REPOSITORY, run_feeds

from feeds.frontmatter.document import Document, parse_document
from feeds.records.posts.presets import PRESETS
from feeds.validation.schema.preset_schema import preset_schema

SITES = REPOSITORY / "tests" / "scaffold" / "sites"


@pytest.mark.parametrize("preset", PRESETS)
def test_every_schema_is_valid_by_its_metaschema(preset: str) -> None:
    schema = preset_schema(preset)
    Draft202012Validator.check_schema(schema)
    for pattern in schema.get("patternProperties", {}):
        re.compile(pattern)


@pytest.mark.parametrize(
    ("preset", "front_matter", "is_valid"),
    [
        ("hugo", {"title": "A", "date": "2024-05-01", "tags": ["a", 1], "draft": False}, True),
        ("hugo", {"Title": "A", "PublishDate": "May 1, 2024"}, True),
        ("hugo", {"Title": ["A"]}, False),
        ("hugo", {"date": "soon"}, False),
        ("hugo", {"date": [2024]}, False),
        ("hugo", {"cover": {"image": "a.png"}, "params": {"author": "Ann"}}, True),
        ("hugo", {"a key of mine": {"x": [1]}}, True),
        ("jekyll", {"title": "A", "categories": "a b", "published": False, "image": {"path": "/a.png"}}, True),
        ("jekyll", {"title": {"a": 1}}, False),
        ("jekyll", {"published": ["no"]}, False),
        ("eleventy", {"permalink": False, "tags": "posts"}, True),
        ("eleventy", {"permalink": "/a/"}, True),
        ("zola", {"taxonomies": {"tags": ["a"]}, "extra": {"image": "a.png"}}, True),
        ("zola", {"taxonomies": ["a"]}, False),
        ("pelican", {"Title": "A", "Status": "draft", "Tags": "a, b"}, True),
        ("mkdocs", {"date": {"created": "2024-05-01"}, "authors": ["ann"]}, True),
        ("docusaurus", {"tags": [{"label": "A", "permalink": "/a"}], "last_update": {"date": "2024-05-01"}}, True),
    ],
)
def test_front_matter_is_judged_as_the_generator_reads_it(
    preset: str, front_matter: dict[str, Any], *, is_valid: bool
) -> None:
    assert Draft202012Validator(preset_schema(preset)).is_valid(front_matter) == is_valid


def test_a_key_says_what_it_is_for_and_which_others_are_read() -> None:
    date = preset_schema("astro")["properties"]["pubDate"]
    assert date["title"] == "Published"
    assert "Also read: pubDatetime, publishDate" in date["description"]


def fixtures() -> dict[str, list[Path]]:
    """Return the posts of the small sites by preset."""
    found: dict[str, list[Path]] = {}
    for site in sorted(SITES.iterdir()):
        match = re.match(r'preset = "(\w+)"', (site / "expected.toml").read_text(encoding="utf-8"))
        assert match
        posts = [path for path in (site / "folder").rglob("*.*") if path.suffix in {".md", ".mdx", ".qmd", ".markdown"}]
        found.setdefault(match[1], []).extend(posts)
    return found


@pytest.mark.parametrize("preset", PRESETS)
def test_check_jsonschema_accepts_posts_by_it(preset: str, tmp_path: Path) -> None:
    done = run_feeds("schema", "--preset", preset, cwd=tmp_path)
    (tmp_path / "schema.json").write_bytes(done.stdout)
    files = []
    dialect = PRESETS[preset].dialect
    for number, path in enumerate(fixtures()[preset]):
        document = parse_document(path.as_posix(), path.read_bytes(), dialect)
        if isinstance(document, Document) and document.data:
            file = tmp_path / f"{number}.json"
            file.write_text(json.dumps(document.data, default=str), encoding="utf-8")
            files.append(file)
    assert files
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", tmp_path / "schema.json", *files]
    checked = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stdout
