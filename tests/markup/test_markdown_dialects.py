"""Test what kramdown and Python-Markdown read in another way than CommonMark."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from feeds.markup.markdown import parse_markdown, render_tokens
from feeds.model.record import MarkdownDialect

CASES = tomllib.loads(Path(__file__).with_name("dialects.toml").read_text(encoding="utf-8"))
MONSTERS = {
    "elements in a line": "'<div></div>' * 20_000",
    "elements in lines": "'<div></div>\\n' * 20_000",
    "elements before text": "'<p></p><div></div> x ' * 10_000",
    "elements that nothing closes": "'<div>\\n' * 20_000",
    "addresses without an end": "'[a](b c ' * 20_000",
    "addresses with parentheses": "'[a](b c (d) ' * 20_000",
    "blanks in addresses": "'[a](b' + ' ' * 50_000 + 'x'",
    "asterisks beside punctuation": "'**a「' * 20_000",
    "labels behind blanks": "'[a] [b] ' * 10_000 + '\\n\\n[b]: /u'",
    "definitions without an end": "'[a]: b \\'\\n' * 20_000",
    "signs of headings": "'#' * 100_000",
    "bars": "'| a |\\n' * 20_000 + '|' * 100_000",
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("dialect", ["kramdown", "python-markdown"])
def test_a_body_is_read_by_the_rules_of_its_dialect(dialect: MarkdownDialect, name: str) -> None:
    case = CASES[name]
    shown = render_tokens(*parse_markdown(case["body"], "", dialect)).strip()
    assert shown == case.get(dialect, case.get("both"))


@pytest.mark.parametrize("dialect", ["kramdown", "python-markdown"])
@pytest.mark.parametrize("monster", MONSTERS)
def test_monstrous_markup_of_a_dialect_is_finished_in_seconds(monster: str, dialect: MarkdownDialect) -> None:
    program = "from feeds.markup.markdown import parse_markdown; "
    subprocess.run(
        [sys.executable, "-c", f"{program}parse_markdown({MONSTERS[monster]}, '', {dialect!r})"], check=True, timeout=20
    )
