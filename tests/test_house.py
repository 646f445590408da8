"""Keep the rules of the house: small modules, imports in one direction, one room that talks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import REPOSITORY

PACKAGE = REPOSITORY / "feeds"
ROOMS = [
    "model",
    "markup",
    "diagnostics",
    "config",
    "sources",
    "frontmatter",
    "records",
    "parsers",
    "formats",
    "lint",
    "secrets",
    "validation",
    "parallel",
    "store",
    "planning",
    "publish",
    "health",
    "scaffold",
    "preview",
    "cli",
]
ENTRANCES = {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40

of_every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0] if path.parent != PACKAGE else ""


def names_used(path: Path) -> set[str]:
    """Return names and dotted names, those imported `from` a module included, as in `sys.exit`."""
    used = set()
    for node in nodes(path):
        if isinstance(node, ast.Name | ast.Attribute):
            used.add(ast.unparse(node))
        elif isinstance(node, ast.ImportFrom):
            used |= {f"{node.module}.{alias.name}" for alias in node.names}
    return used


def rooms_imported(path: Path) -> set[str]:
    modules = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
    parts = [module.split(".") for module in modules]
    return {names[1] for names in parts if names[0] == "feeds" and len(names) > 1 and names[1] in ROOMS}


@of_every_module
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@of_every_module
def test_a_function_is_short(path: Path) -> None:
    functions = [node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {f.name: f.end_lineno - f.body[0].lineno + 1 for f in functions if f.end_lineno}  # options are declarations
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@of_every_module
def test_a_room_imports_only_from_those_before_it(path: Path) -> None:
    if path in ENTRANCES:
        pytest.skip("the package's entrances lead to every room")
    room = room_of(path)
    allowed = ROOMS[: ROOMS.index(room) + 1] if room else []
    assert rooms_imported(path) <= set(allowed)


@of_every_module
def test_only_the_cli_prints_and_exits(path: Path) -> None:
    if room_of(path) != "cli":
        assert not names_used(path) & {
            "print",
            "sys.exit",
            "exit",
            "SystemExit",
            "os._exit",
            "typer.Exit",
            "sys.stdout",
        }


@of_every_module
def test_only_the_cli_knows_the_time_and_the_environment(path: Path) -> None:
    if room_of(path) != "cli":
        clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}
        assert not names_used(path) & (clocks | {"os.environ", "os.getenv"})


def test_every_folder_is_a_room() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert folders == set(ROOMS)
