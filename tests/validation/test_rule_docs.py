"""Each text of `feeds rule NAME` tells the truth: its examples give the lines that it shows, and their remedy works."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from rule_example import Example, example_in, parts_of
from support import REPOSITORY
from typer.testing import CliRunner

from feeds.cli.app import app
from feeds.diagnostics.rules import RULES
from feeds.lint.lint_rule import LINT_RULES
from feeds.publish.conversion.conversion_rules import CONVERSION_RULES
from feeds.validation.rule_docs import rule_reference

REFERENCE = REPOSITORY / "feeds" / "validation" / "reference"
WIDTH = 100
OUTPUT = re.compile(r"^```text\n.*?^```\n", re.MULTILINE | re.DOTALL)
SWITCHES = {True: "can be switched in the configuration", False: "cannot be switched, because feeds rely on it"}

ALL = RULES | CONVERSION_RULES | LINT_RULES | RULES
of_every_rule = pytest.mark.parametrize("rule", RULES)


def run_rule(*names: str) -> Any:
    return CliRunner().invoke(app, ["rule", *names], catch_exceptions=False)


def test_every_rule_has_a_text_and_every_text_a_rule() -> None:
    assert {path.name for path in REFERENCE.iterdir()} == {f"{rule}.md" for rule in RULES}


@of_every_rule
def test_a_text_begins_with_its_rule_and_how_grave_it_is(rule: str) -> None:
    parts, told = parts_of(rule), RULES[rule]
    assert [parts["name"], parts["severity"], parts["switch"]] == [rule, told.severity, SWITCHES[told.is_switchable]]


@of_every_rule
def test_a_text_fits_a_terminal(rule: str) -> None:
    lines = OUTPUT.sub("", rule_reference(rule)).splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []


@of_every_rule
def test_the_wrong_example_gives_exactly_the_shown_lines(rule: str, tmp_path: Path) -> None:
    parts = parts_of(rule)
    example = example_in(parts["wrong"])
    if example.commands and not shutil.which("sh"):
        pytest.skip("sh is missing")
    assert example.validated(tmp_path).stdout == parts["lines"]


@of_every_rule
def test_the_shown_lines_are_of_that_rule_alone(rule: str) -> None:
    lines = parts_of(rule)["lines"].splitlines()
    assert [line for line in lines if not line.endswith(f" [{rule}]")] == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if "```" in parts_of(rule)["right"]])
def test_the_right_example_is_accepted_without_a_word(rule: str, tmp_path: Path) -> None:
    parts = parts_of(rule)
    wrong, right = example_in(parts["wrong"]), example_in(parts["right"])
    result = Example(wrong.files | right.files, right.commands).validated(tmp_path)
    assert (result.exit_code, result.output) == (0, "")


def test_only_a_file_that_cannot_be_read_has_no_right_example() -> None:
    assert {rule for rule in RULES if not parts_of(rule)["right"]} == {"not-a-file", "unreadable"}


@of_every_rule
def test_the_command_prints_the_text_as_it_is(rule: str) -> None:
    result = run_rule(rule)
    assert (result.exit_code, result.stdout_bytes) == (0, (REFERENCE / f"{rule}.md").read_bytes())


def test_without_a_name_the_command_lists_every_rule_in_order() -> None:
    listed = [tuple(line.split(maxsplit=2)) for line in run_rule().stdout.splitlines()]
    assert listed == [(name, rule.severity, rule.summary) for name, rule in ALL.items()]


def test_the_list_is_aligned() -> None:
    lines = run_rule().stdout.splitlines()
    starts = {line.index(rule.summary) for line, rule in zip(lines, ALL.values(), strict=True)}
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("unknwon-key", 'did you mean "unknown-key"?'),
        ("Bad-URL", 'did you mean "bad-url"?'),
        ("lighthouse", "`feeds rule` prints them all"),
        ("../../../README", "`feeds rule` prints them all"),
    ],
)
def test_a_name_that_is_no_rule_is_wrong_usage(name: str, remedy: str) -> None:
    result = run_rule(name)
    assert result.exit_code == 2
    assert f'there is no rule "{name}"; {remedy}' in " ".join(result.stderr.split())


def test_the_shell_completes_names() -> None:
    variables = {"_FEEDS_COMPLETE": "complete_bash", "COMP_WORDS": "feeds rule duplicate-", "COMP_CWORD": "2"}
    result = CliRunner().invoke(app, [], env=variables, prog_name="feeds")
    assert set(result.stdout.split()) == {rule for rule in ALL if rule.startswith("duplicate-")}
