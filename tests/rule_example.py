"""Take the examples out of the texts of `feeds rule`, and run them."""

from __future__ import annotations

import contextlib
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from feeds.cli.app import app
from feeds.validation.rule_docs import rule_reference

LAYOUT = re.compile(
    r"# (?P<name>[a-z0-9-]+)\n\n"
    r"`(?P<severity>[a-z]+)`; (?P<switch>[^\n]+)\.\n\n"
    r"(?P<why>.+?)\n\n"
    r"## Wrong\n\n(?P<wrong>.+?)\n\n```text\n(?P<lines>.+?)```\n\n"
    r"## Right\n\n(?P<remedy>[^`\n].+?)(?P<right>\n\n```.+)?\n",
    re.DOTALL,
)
BLOCK = re.compile(r"(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """Hold the files of an example by name, and the shell commands that make what no text can show."""

    files: dict[str, str]
    commands: str

    def validated(self, folder: Path) -> Any:
        """Return what `feeds validate` says of the example, wherever the tests run."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content.encode())
        with contextlib.chdir(folder):
            if self.commands:
                subprocess.run(["sh", "-ec", self.commands], check=True, timeout=60)
            return CliRunner().invoke(app, ["validate", ".", "--format", "text"], catch_exceptions=False)


def parts_of(rule: str) -> dict[str, str]:
    match = LAYOUT.fullmatch(rule_reference(rule))
    assert match, f"{rule}.md is not laid out like the others"
    return match.groupdict(default="")


def example_in(section: str) -> Example:
    blocks = BLOCK.findall(section)
    files = {name or "record.md": content for name, kind, content in blocks if kind != "sh"}
    return Example(files, "".join(content for _, kind, content in blocks if kind == "sh"))
