"""What hooks and timers run imports little: each module that is imported delays all of their runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support import REPOSITORY

RECORD = "---\ntitle: A lamp\npublishedDateTime: 2024-05-01T08:30:00Z\nwebUrl: https://example.org/lamp\n---\n"
RUN = "sys.argv[1:] = {!r}\ntry:\n import feeds.cli.main as m; m.main()\nexcept SystemExit: pass"
# What takes longer to import than it takes to check a record.
SLOW = {"dataclasses", "inspect", "yaml", "frontmatter", "jsonschema", "referencing", "typer", "click", "jinja2"}
SLOW |= {
    "feedgen",
    "markdown_it",
    "lxml",
    "nh3",
    "msgspec",
    "uuid",
    "platform",
    "difflib",
    "shutil",
    "tempfile",
    "html",
}
SLOW |= {"html", "zipfile", "importlib.metadata", "sqlite3", "tomllib"}
FOR_RENDERING = {"feedgen", "markdown_it", "jinja2", "lxml", "nh3", "dateutil"}
FOR_OTHERS = {"typer", "click", "yaml", "jsonschema", "importlib.metadata", "ssl", "multiprocessing"}


def modules_of(code: str, folder: Path) -> set[str]:
    code = f"import sys, atexit\natexit.register(lambda: print(*sys.modules, sep='\\n', file=sys.stderr))\n{code}"
    path = {"PYTHONPATH": str(REPOSITORY), "PATH": ""}
    run = subprocess.run([sys.executable, "-c", code], cwd=folder, env=path, capture_output=True, check=True, text=True)
    return set(run.stderr.split())


@pytest.mark.parametrize(("words", "most"), [(["--version"], 56), (["validate", "a.md"], 176)], ids=str)
def test_a_short_run_imports_few_modules(words: list[str], most: int, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(RECORD, encoding="utf-8")
    imported = modules_of(RUN.format(words), tmp_path) - modules_of("pass", tmp_path)
    assert imported & SLOW == set()
    assert len(imported) <= most


def test_a_build_that_finds_nothing_to_render_imports_nothing_for_it(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text(RECORD, encoding="utf-8")
    first, second = (modules_of(RUN.format(["build"]), tmp_path) for _ in range(2))
    assert first & FOR_RENDERING != set()
    assert second & (FOR_RENDERING | FOR_OTHERS) == set()
