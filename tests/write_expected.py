"""Rewrite what the tests expect: run `python tests/write_expected.py`, then read every line of `git diff tests`."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rule_example import example_in, parts_of
from support import BASE_URL, HOME_PAGE, tree
from typer.testing import CliRunner

import feeds
from feeds.cli.app import app
from feeds.config.config_file import load_config
from feeds.config.settings import Config
from feeds.dates import format_rfc3339
from feeds.diagnostics.text_report import problem_line
from feeds.lint import lint
from feeds.markup.dropped_html import dropped_html
from feeds.markup.safe_html import safe_html
from feeds.validation.context import context_for
from feeds.validation.fixes.fix import fix

TESTS = Path(__file__).parent
VALID = TESTS / "records" / "valid"
INVALID = TESTS / "records" / "invalid"
POSTS = TESTS / "records" / "presets"
REFERENCE = TESTS.parent / "feeds" / "validation" / "reference"
OWN_SCHEMA = TESTS / "validation" / "own_schema"
FIXABLE = TESTS / "records" / "fixable"
CASES = TESTS / "cases"
BODIES = TESTS / "markup" / "bodies"
LINT = TESTS / "lint"
SUFFIXES = {".md", ".mdx", ".html", ".org", ".txt"}
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def record_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)


def record_as_json(path: Path) -> Any:
    (record,) = feeds.read(path).records
    return json.loads(json.dumps(_fields_of(record), default=format_rfc3339))


def _fields_of(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _fields_of(part) for name, part in value._asdict().items()}
    return [*map(_fields_of, value)] if isinstance(value, tuple) else value


def posts_as_json(folder: Path) -> Any:
    """Return what a site of the generator that a folder is named after gives: items, and what is told of posts."""
    with contextlib.chdir(folder):
        config = Config(source=Path("site"), preset=folder.name, home_page=HOME_PAGE, base_url=BASE_URL)
        content, problems = feeds.convert(config, "json", NOW)
    found = [problem_line(problem) for problem in problems if problem.rule != "lost"]
    return {"items": json.loads(content)["items"], "problems": found}


def validate_lines(path: Path) -> str:
    with contextlib.chdir(path.parent):
        return CliRunner().invoke(app, ["validate", path.name], catch_exceptions=False).stdout


def body_as_shown(path: Path) -> str:
    """Return what is published of a body, and below it line, column and name of what is not."""
    body, is_markdown = path.read_text(encoding="utf-8").rstrip(), path.suffix == ".md"
    dropped = dropped_html(body, is_markdown=is_markdown)
    lines = [f"{place.line}:{place.column + 1}: {place.what}" for place in dropped]
    shown = safe_html(body, "https://example.org/news/a", is_markdown=is_markdown)
    return "\n".join([shown, "", *lines]).rstrip() + "\n"


def fixed_bytes(path: Path) -> bytes:
    context = context_for(load_config(folder=path.parent))
    return fix(path.name, path.read_bytes(), context).content


def own_schema_lines(path: Path) -> str:
    with contextlib.chdir(path.parent):
        schema = path.with_suffix(".schema.json").name
        return CliRunner().invoke(app, ["validate", path.name, "--schema", schema], catch_exceptions=False).stdout


def lint_files() -> list[Path]:
    return sorted(path for path in LINT.iterdir() if path.is_file() and path.suffix not in {".out", ".py"})


def lint_lines(path: Path) -> str:
    return "".join(f"{problem_line(problem)}\n" for problem in lint(path.name, path.read_bytes()))


def shown_again(text: str, rule: str) -> str:
    """Return the text about a rule with the lines that its example gives now."""
    parts = parts_of(rule)
    with tempfile.TemporaryDirectory() as folder:
        lines = example_in(parts["wrong"]).validated(Path(folder)).stdout
    return text.replace(parts["lines"], lines)


def build_case(case: Path, output: Path) -> dict[str, bytes]:
    feeds.build(load_config(folder=case)._replace(source=case / "records", output=output), NOW)
    return contents(output)


def contents(folder: Path) -> dict[str, bytes]:
    return dict(sorted(tree(folder).items()))


def write_json(path: Path, value: Any) -> None:
    path.write_text(f"{json.dumps(value, ensure_ascii=False, indent=2)}\n", encoding="utf-8")


def main() -> None:  # noqa: C901 - a list of what there is
    for path in record_files(VALID):
        write_json(path.with_suffix(".json"), record_as_json(path))
    for path in record_files(INVALID):
        path.with_suffix(".out").write_text(validate_lines(path), encoding="utf-8")
    for folder in POSTS.iterdir():
        write_json(folder / "expected.json", posts_as_json(folder))
    for path in record_files(OWN_SCHEMA):
        path.with_suffix(".out").write_text(own_schema_lines(path), encoding="utf-8")
    for path in record_files(FIXABLE):
        path.with_suffix(".fixed").write_bytes(fixed_bytes(path))
    for path in REFERENCE.iterdir():
        path.write_text(shown_again(path.read_text(encoding="utf-8"), path.stem), encoding="utf-8")
    for path in (path for path in BODIES.iterdir() if path.suffix != ".out"):
        path.with_name(f"{path.name}.out").write_text(body_as_shown(path), encoding="utf-8")
    for path in lint_files():
        path.with_name(f"{path.name}.out").write_text(lint_lines(path), encoding="utf-8")
    for case in CASES.iterdir():
        shutil.rmtree(case / "expected", ignore_errors=True)
        with tempfile.TemporaryDirectory() as output:
            for name, content in build_case(case, Path(output)).items():
                expected = case / "expected" / name
                expected.parent.mkdir(parents=True, exist_ok=True)
                expected.write_bytes(content)


if __name__ == "__main__":
    main()
