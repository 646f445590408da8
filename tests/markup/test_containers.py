"""Admonitions, callouts, tabs and other containers become plain Markdown, and nothing of their text is lost."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.markup.containers import SYNTAXES, plain_containers

CASES = tomllib.loads(Path(__file__).with_name("containers.toml").read_text(encoding="utf-8"))["case"]
of_every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
LINES = st.sampled_from(
    [
        *("", "text", "    text", "\ttext", "- item", "> text", "> [!tip]", "```", "```{note}", "```{python}"),
        *(
            "!!! note",
            "    !!! tip",
            "\t!!! tip",
            "???",
            '=== "Tab"',
            ":::tip",
            ":::",
            "::::{note}",
            "::::",
            "/// tip",
            "///",
        ),
    ]
)


@of_every_case
def test_containers_become_plain_markdown(case: dict[str, Any]) -> None:
    assert plain_containers(case["body"], case["dialect"]) == case["plain"]


@of_every_case
def test_plain_markdown_stays_as_it_is(case: dict[str, Any]) -> None:
    once = plain_containers(case["body"], case["dialect"])
    assert plain_containers(once, case["dialect"]) == once


def test_every_syntax_has_a_case() -> None:
    assert {name for case in CASES for name in case["dialect"]} == set(SYNTAXES)


@pytest.mark.parametrize("line", [":::note", "> [!tip]", "```{note}", "    !!! note"])
def test_containers_may_be_in_each_other_as_deep_as_one_likes(line: str) -> None:
    body = "- item\n" + "\n".join(f"{'>' * number}{line}" if line[0] == ">" else line for number in range(3000))
    assert "item" in plain_containers(body, list(SYNTAXES))


@settings(deadline=None)
@given(st.lists(LINES, max_size=12))
def test_no_text_is_lost(lines: list[str]) -> None:
    plain = plain_containers("\n".join(lines), list(SYNTAXES))
    assert len(re.findall("text|item", plain)) == len(re.findall("text|item", "\n".join(lines)))
