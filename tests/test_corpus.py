"""Build from real records, and compare with a computation that shares no code with feeds."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
import yaml
from support import CORPUS, NOW, SEEDS, config_for, need, record_files, run_feeds, tree

import feeds

PIECE = 24


@cache
def front_matters(folder: Path) -> dict[Path, dict[str, Any]]:
    """Return what PyYAML makes of each file, every scalar as text, but for files that it cannot read."""
    found = {}
    for path in record_files(folder):
        block = re.match(r"---\s*\n(.*?)\n---\s*(\n|\Z)", path.read_text(encoding="utf-8-sig"), re.DOTALL)
        assert block, path
        try:
            found[path] = yaml.load(block[1], Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes text only
        except yaml.YAMLError:
            continue
    return found


def expected_ids(folder: Path) -> set[str]:
    return {
        data.get("id") or uuid5(NAMESPACE_URL, data.get("originalUrl") or data["webUrl"]).urn
        for data in front_matters(folder).values()
        if data.get("publishedDateTime")
        and datetime.fromisoformat(data["publishedDateTime"]) <= NOW
        and data.get("published", "true").lower() != "false"
        and data.get("removed", "false").lower() != "true"
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("out")
    feeds.build(config_for(need(CORPUS), output), NOW)
    return tree(output)


def test_eleven_files_of_the_corpus_have_errors() -> None:
    errors = [p for p in feeds.validate(need(CORPUS)) if p.is_error and p.rule != "duplicate-id"]
    undated = {p.path for p in errors if p.rule == "missing-key" and "publishedDateTime" in p.message}
    unparsed = {p.path for p in errors if p.rule == "yaml-syntax" and "colon" in p.message}
    assert (len(undated), len(unparsed)) == (10, 1)
    assert {p.path for p in errors} == undated | unparsed
    assert {Path(path).parent.name for path in undated} == {"courses"}
    assert {Path(path).parent.name for path in unparsed} == {"videos"}


def test_no_command_ends_in_a_traceback(tmp_path: Path) -> None:
    for arguments in (
        ["build", "--output", "out"],
        ["validate"],
        ["topics"],
        ["convert", "--to", "rss", "--status", "all"],
    ):
        result = run_feeds(arguments[0], need(CORPUS), *arguments[1:], cwd=tmp_path)
        assert result.returncode == 1
        assert b"Traceback" not in result.stderr
        assert b"please report" not in result.stderr


def test_nothing_secured_is_in_any_output(built: dict[str, bytes]) -> None:
    texts = [path.read_text(encoding="utf-8-sig") for path in record_files(CORPUS)]
    secured = [value for text in texts for value in re.findall(r"^secured:\s*\"?([^\"\n]+)", text, re.MULTILINE)]
    pieces = {value[i : i + PIECE].encode() for value in secured for i in range(0, len(value) - PIECE + 1, PIECE)}
    assert pieces
    everything = b"\n".join(built.values())
    assert not [piece for piece in pieces if piece in everything]


def test_exactly_what_the_rule_publishes_goes_out(built: dict[str, bytes]) -> None:
    ids = [row["id"] for row in csv.DictReader(io.StringIO(built["all.csv"].decode(), newline=""))]
    assert len(ids) == len(set(ids))
    assert set(ids) == expected_ids(CORPUS)


def test_the_newest_fifty_of_the_corpus_are_in_the_feed(built: dict[str, bytes]) -> None:
    dates = [item["date_published"] for item in json.loads(built["all.json"])["items"]]
    assert len(dates) == 50
    assert dates == sorted(dates, reverse=True)


def test_the_seeds_make_two_items_newest_first(tmp_path: Path) -> None:
    feeds.build(config_for(SEEDS, tmp_path), NOW)
    items = json.loads((tmp_path / "all.json").read_bytes())["items"]
    assert [item["date_published"][:10] for item in items] == ["2022-11-16", "2021-06-30"]
    assert {item["id"] for item in items} == expected_ids(SEEDS)


def test_the_seeds_make_feeds_of_two_topics(tmp_path: Path) -> None:
    feeds.build(config_for(SEEDS, tmp_path), NOW)
    assert {path.stem for path in (tmp_path / "topics").iterdir()} == {"ai", "machine-learning"}
