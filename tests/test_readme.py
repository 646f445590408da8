"""Hold README.md against the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from support import REPOSITORY, run_feeds

from feeds.config.settings import Config, FeedConfig, TopicConfig
from feeds.diagnostics.rules import RULES

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
COMMANDS = (
    *("build", "validate", "convert", "import", "diff", "ids", "topics", "health"),
    *("lint", "rule", "schema", "init", "serve"),
)
OF_OTHERS = re.compile(r"\b(pip|pipx|uv|uvx|git|pytest|ruff|mypy|cron|curl|python -m (pip|venv|build))\b")


@dataclass(frozen=True)
class Shown:
    """Hold a command of README and the output that README shows for it, if it shows any."""

    command: str
    output: tuple[str, ...] = ()


def shell_blocks() -> list[str]:
    return re.findall(r"^```(?:sh|console)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def shown_commands() -> Iterator[Shown]:
    for block in shell_blocks():
        lines = block.replace("\\\n", " ").splitlines()
        if any(line.startswith("$ ") for line in lines):
            for part in re.split(r"^\$ ", "\n".join(lines), flags=re.MULTILINE)[1:]:
                command, *output = part.splitlines()
                yield Shown(command, tuple(line for line in output if line.strip()))
        else:
            yield from (Shown(line.strip()) for line in lines)


OURS = [shown for shown in shown_commands() if re.match(r"(python -m )?feeds\b", shown.command)]


@cache
def help_texts() -> str:
    asked = [["--help"], *([command, "--help"] for command in COMMANDS)]
    return "\n".join(run_feeds(*words, cwd=REPOSITORY, COLUMNS="200").stdout.decode() for words in asked)


def listed_rules() -> set[str]:
    """Return the rules in the first column of the table whose first heading speaks of rules."""
    rules = set()
    for table in re.findall(r"(?:^\|.*\n?)+", README, re.MULTILINE):
        cells = [line.split("|")[1] for line in table.splitlines()]
        if "rule" in cells[0].lower():
            rules |= {rule for cell in cells[2:] for rule in re.findall(r"`([a-z0-9-]+)`", cell)}
    return rules


@pytest.mark.parametrize("shown", OURS, ids=lambda shown: shown.command)
def test_a_command_works_and_prints_what_readme_shows(shown: Shown, tmp_path: Path) -> None:
    for name in ("seeds", "schema"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["sh", "-c", shown.command],
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    shows_an_error = any(re.search(r":\d+:\d+: (?!warning)", line) for line in shown.output)
    assert result.returncode == int(shows_an_error), result.stdout
    for line in shown.output:
        if line.strip() not in {"...", "…"}:
            assert line.strip() in result.stdout


def test_readme_shows_commands() -> None:
    assert len(OURS) >= 2


def test_every_option_exists() -> None:
    lines = [line for line in README.splitlines() if not OF_OTHERS.search(line)]
    options = {option for line in lines for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", line)}
    assert {option for option in options if not re.search(rf"{option}(?![\w-])", help_texts())} == set()


def test_every_command_is_named() -> None:
    assert {command for command in COMMANDS if f"feeds {command}" not in README} == set()


def test_the_rules_are_those_of_the_program() -> None:
    assert listed_rules() == set(RULES)


@pytest.mark.parametrize("kind", [Config, TopicConfig, FeedConfig])
def test_every_setting_is_named(kind: type[Config | TopicConfig | FeedConfig]) -> None:
    names = {"feed" if name == "feeds" else name for name in kind._fields} - {"part"}  # named on the command line only
    assert {name for name in names if not re.search(rf"\b{name}\b", README)} == set()


def test_readme_is_short() -> None:
    assert 50 <= len(README.splitlines()) <= 150
