"""Help shows how a command is used, and a wrong command line is answered with what is wrong and where help is."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from support import run_feeds

from feeds.cli.app import _COMMANDS

WIDTH = 60
MISTAKES = [
    ("bulid", 'there is no command "bulid"; did you mean "build"?'),
    ("help", 'there is no command "help"; did you mean "--help"?'),
    ("build --strct", 'there is no option --strct; did you mean "--strict"?'),
    ("build -x", "there is no option -x; see feeds build --help"),
    ("build a b", "unexpected argument: b; see feeds build --help"),
    ("build --limit many", "--limit: expected a whole number; see feeds build --help"),
    ("build --limit 0", "--limit: expected 1 or more; see feeds build --help"),
    ("serve --port 99999", "--port: expected 65535 or less; see feeds serve --help"),
    ("diff a b --format xml", "--format: 'xml' is not one of 'text', 'json'; see feeds diff --help"),
    ("build --report", "--report needs a value"),
    ("health -o .", "--report: . is a folder; name a file in it"),
    ("import x", "--into is missing; see feeds import --help"),
    ("diff x", "NEW is missing; see feeds diff --help"),
    ("build ''", 'a path is empty; name a folder or a file, or "." for this folder'),
    ("validate ''", 'a path is empty; name a folder or a file, or "." for this folder'),
    ("diff '' x", 'a path is empty; name a folder or a file, or "." for this folder'),
    ("lint ''", 'a path is empty; name a folder or a file, or "." for this folder'),
    ("convert opml: --to rss", 'a path is empty; name a folder or a file, or "." for this folder'),
    ("convert x -o ''", '--output: a path is empty; name a folder or a file, or "." for this folder'),
    ("import x --into ''", 'a path is empty; name a folder or a file, or "." for this folder'),
    ("import x --into ~/x", "~/x: expected the whole path, as only shells know what ~ stands for"),
    ("import x --into s3://a/b", "--into: s3://a/b is no folder on this machine; name one"),
    ("rule nope", 'NAME: there is no rule "nope"; `feeds rule` prints them all'),
]


@pytest.mark.parametrize("command", _COMMANDS)
def test_the_help_of_a_command_has_an_example_on_a_line_of_its_own(command: str, tmp_path: Path) -> None:
    lines = run_feeds(command, "--help", cwd=tmp_path, COLUMNS=str(WIDTH)).stdout.decode().splitlines()
    (example,) = [line for line in lines if "Example: " in line]
    assert example.startswith(f"  Example: feeds {command}")
    assert max(len(line) for line in lines if line not in {example, lines[0]}) <= WIDTH


def test_the_options_of_a_command_are_in_groups(tmp_path: Path) -> None:
    lines = run_feeds("build", "--help", cwd=tmp_path).stdout.decode().splitlines()
    groups = [line.rstrip(":") for line in lines if line and not line.startswith((" ", "Usage"))]
    assert groups == ["Arguments", "Options", "Reading", "Selection", "Report"]
    assert any(line.startswith("  --topic") for line in lines[lines.index("Selection:") :])


def test_the_list_of_commands_cuts_no_sentence(tmp_path: Path) -> None:
    text = run_feeds("--help", cwd=tmp_path, COLUMNS=str(WIDTH)).stdout.decode()
    commands = text.partition("Commands:\n")[2]
    assert "..." not in commands
    assert {line.split()[0] for line in commands.splitlines() if not line.startswith("   ")} == set(_COMMANDS)


@pytest.mark.parametrize(("words", "message"), MISTAKES)
def test_a_wrong_command_line_is_answered_in_one_line(words: str, message: str, tmp_path: Path) -> None:
    done = run_feeds(*shlex.split(words), cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", f"feeds: {message}\n")


def test_no_command_at_all_is_answered_with_the_help(tmp_path: Path) -> None:
    done, asked = run_feeds(cwd=tmp_path), run_feeds("--help", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", asked.stdout)
    assert asked.returncode == 0
