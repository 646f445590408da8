"""Whoever does what a message says gets a record that goes out, and whoever lets --fix do it loses nothing."""

from __future__ import annotations

import contextlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support import REPOSITORY
from typer.testing import CliRunner

from feeds.cli.app import app
from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.hold_back import holding_keys
from feeds.model.selection import select
from feeds.validation.check_file import CheckedFile, check_bytes, check_exactly
from feeds.validation.context import context_for
from feeds.validation.fixes.fix import fix

POLICY = context_for(Config(home_page="https://example.org/"))
LATER = POLICY._replace(now=datetime(2025, 1, 1, tzinfo=UTC))
BERLIN = context_for(POLICY.config._replace(zone=ZoneInfo("Europe/Berlin")))
RECORDS = REPOSITORY / "tests" / "records"
BASE = {
    "title": '"A"',
    "publishedDateTime": "2024-05-01T08:30:00Z",
    "webUrl": "https://example.org/a",
}
INSTANT = re.compile(r"[^ ,]+Z|[^ ,]+[+-]\d\d:\d\d")
ROUNDS = 5


def lines_of(name: str) -> list[str]:
    return (RECORDS / name).read_text(encoding="utf-8").splitlines()


def record_with(line: str) -> bytes:
    key, _, value = line.partition(":")
    lines = [f"{name}: {text}" for name, text in {**BASE, key: value.strip()}.items()]
    return "\n".join(["---", *lines, "---", ""]).encode()


def checked_file(content: bytes) -> CheckedFile:
    return check_bytes("a.md", content, POLICY)


def followed(content: bytes, problem: Problem) -> bytes:
    """Return a record after the advice of a problem was taken word for word."""
    line, advice = content.decode().splitlines()[problem.span.line - 1], problem.remedy
    key, _, value = line.partition(":")
    if meant := re.fullmatch(r'did you mean "(.+)"\?', advice):
        known = meant[1]
        new = f"{known}:{value}" if problem.rule == "unknown-key" else f"{key}: {known}"
    elif advice.startswith("write it as in "):
        new = f"{key}: {INSTANT.findall(advice)[0]}"
    elif written := re.match(r"write it as (?:a list: )?(.+?)(?:,? if it is .*)?$", advice):
        new = f"{key}: {written[1]}" if "[1]" not in problem.message else f"{key}: [{written[1]}]"
    else:
        new = {
            "put the value in quotes": f'{key}: "{value.strip()}"',
            "write it without quotes": f"{key}: {value.strip().strip(chr(34))}",
            "give it a value": f"{key}: B",
            "write some text": f"{key}: B",
            "give it one, or remove it": "",
            "remove it": "",
            "it has no effect; remove it": "",
            "set published to false in its place, or remove it to publish the record": "published: false",
        }[advice]
    return content.decode().replace(line + "\n", new + "\n" if new else "").encode()


@pytest.mark.parametrize("line", lines_of("advice.txt"))
def test_advice_that_is_taken_word_for_word_makes_the_record_right(line: str) -> None:
    content = record_with(line)
    assert checked_file(content).problems
    for _ in range(ROUNDS):
        problems = checked_file(content).problems
        if not problems:
            break
        content = followed(content, problems[0])
    assert checked_file(content).problems == ()
    assert checked_file(content).record


@pytest.mark.parametrize("line", lines_of("held-back.txt"))
@pytest.mark.parametrize("unsafe", [False, True])
def test_what_is_meant_to_hold_a_record_back_holds_it_back_and_is_told(line: str, *, unsafe: bool) -> None:
    content = fix("a.md", record_with(line), POLICY, unsafe=unsafe).content
    assert content == record_with(line)
    record = checked_file(content).record
    assert record
    assert not record.is_published
    assert [problem.rule for problem in checked_file(content).problems] == ["held-back"]


@pytest.mark.parametrize("line", lines_of("held-back.txt"))
def test_advice_about_a_record_that_is_held_back_keeps_it_back(line: str) -> None:
    content = followed(record_with(line), checked_file(record_with(line)).problems[0])
    record = checked_file(content).record
    assert record
    assert not record.is_published
    assert checked_file(content).problems == ()


def test_a_build_tells_of_what_holds_a_record_back_and_leaves_it_out(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.md").write_bytes(record_with("x-draft: true"))
    with contextlib.chdir(tmp_path):
        result = CliRunner().invoke(app, ["build", "r", "--output", "out"], catch_exceptions=False)
    assert "[held-back]" in result.output
    assert json.loads((tmp_path / "out" / "all.json").read_bytes())["items"] == []


@pytest.mark.parametrize("line", lines_of("not-held-back.txt"))
def test_what_says_that_a_record_is_to_be_published_does_not_hold_it_back(line: str) -> None:
    record = checked_file(record_with(line)).record
    assert record
    assert record.is_published


@pytest.mark.parametrize("line", lines_of("held-until.txt"))
def test_a_date_under_a_key_of_other_programs_holds_a_record_back_and_is_told(line: str) -> None:
    file = check_bytes("a.md", record_with(line), LATER)
    assert file.record
    assert select([file.record], now=LATER.now) == []
    assert [problem.rule for problem in file.problems] == ["held-back"]
    value = line.partition(": ")[2]
    mended = f"{'expires' if 'expires in' in file.problems[0].remedy else 'publishedDateTime'}: {value}"
    if "no date" not in file.problems[0].message:
        record = check_exactly("a.md", record_with(mended), LATER._replace(config=BERLIN.config)).record
        assert not record or select([record], now=LATER.now) == []


@pytest.mark.parametrize("line", lines_of("not-held-until.txt"))
def test_a_date_that_is_past_or_about_something_else_does_not_hold_a_record_back(line: str) -> None:
    record = check_bytes("a.md", record_with(line), LATER).record
    assert record
    assert select([record], now=LATER.now) == [record]


def test_a_record_goes_out_between_the_dates_of_other_programs() -> None:
    record = check_bytes(
        "a.md", record_with("x-publishAt: 2025-02-01\nx-expires: 2025-03-01\nx-unpublishDate: 2026-01-01"), LATER
    ).record
    assert record
    found = [select([record], now=datetime(2025, month, 15, tzinfo=UTC)) for month in (1, 2, 3)]
    assert [[(each.published.month, each.updated.month) for each in records] for records in found] == [[], [(2, 2)], []]


@pytest.mark.parametrize("line", [line.removeprefix("x-") for line in lines_of("not-held-back.txt")[:7]])
def test_keys_of_other_programs_that_say_publish_are_no_errors(line: str) -> None:
    file = checked_file(record_with(line))
    key = line.partition(":")[0]
    if key == "publised":
        assert file.record is None  # it can be mended
        return
    assert [(problem.rule, problem.severity) for problem in file.problems] == [("unknown-key", "warning")]
    assert file.record
    assert file.record.is_published


@pytest.mark.parametrize("line", lines_of("guessless.txt"))
def test_what_is_not_beyond_doubt_is_not_mended(line: str) -> None:
    assert fix("a.md", record_with(line), POLICY).content == record_with(line)


@pytest.mark.parametrize("line", lines_of("guessless.txt"))
def test_a_mend_beside_it_does_not_carry_a_guess_along(line: str) -> None:
    damaged = record_with(line).replace(b"title:", b"lenght: PT1M\ntitle:")
    assert fix("a.md", damaged, POLICY).content == record_with(line).replace(b"title:", b"length: PT1M\ntitle:")


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("tags: [Museums]", "topics: [Museums]"),
        ("topics: AI, ML", "topics: [AI, ML]"),
        ("type: vidoe", "type: video"),
        ("publishedDateTime: 1714552200", "publishedDateTime: 2024-05-01T08:30:00Z"),
    ],
)
def test_unsafe_fixes_write_what_messages_suggest(line: str, mended: str) -> None:
    assert fix("a.md", record_with(line), POLICY, unsafe=True).content == record_with(mended)


@pytest.mark.parametrize(
    ("local", "written"),
    [
        ("2024-01-01 10:00", "write it as 2024-01-01T10:00:00+01:00"),
        ("2024-07-01T10:00:00", "write it as 2024-07-01T10:00:00+02:00"),
        ("2024-01-01", "write it as in 2024-01-01T08:30:00+01:00"),
    ],
)
def test_the_offset_of_a_zone_is_that_of_the_date(local: str, written: str) -> None:
    problems = check_bytes("a.md", record_with(f"publishedDateTime: {local}"), BERLIN).problems
    assert [problem.remedy for problem in problems] == [written]


@pytest.mark.parametrize("value", ["no", "not yet", "", None, 0, 2, [True], {"reason": "law"}, "true\u200b", "soon"])
def test_own_keys_hold_a_record_back_whatever_a_schema_allows(value: object) -> None:
    assert holding_keys({"published": value}) == ["published"]
    assert holding_keys({"removed": value}) == (["removed"] if value not in ("no", 0) else [])


@pytest.mark.parametrize("value", [True, False, "yes", 1, "2024-05-01", "2024-05-01T08:30:00Z"])
def test_own_keys_that_are_plain_are_for_the_schema(value: object) -> None:
    assert holding_keys({"published": value}) == []
