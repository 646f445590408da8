"""Keep the rules of the house: small modules, imports in one direction, one room that talks."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

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


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(_parsed(path))


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0] if path.parent != PACKAGE else ""


@cache
def names_used(path: Path) -> set[str]:
    """Return names and dotted names, those imported `from` a module included, as in `sys.exit`."""
    used = set()
    for node in nodes(path):
        if isinstance(node, ast.Name | ast.Attribute):
            used.add(ast.unparse(node))
        elif isinstance(node, ast.ImportFrom):
            used |= {f"{node.module}.{alias.name}" for alias in node.names}
    return used


def imported_when_it_runs(path: Path) -> set[str]:
    """Return the modules that a module imports anywhere but for its types alone."""
    tree = _parsed(path)
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node not in for_types]
    return {str(node.module) for node in imports}


def rooms_imported(path: Path) -> set[str]:
    modules = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
    parts = [module.split(".") for module in modules]
    return {names[1] for names in parts if names[0] == "feeds" and len(names) > 1 and names[1] in ROOMS}


def long_functions(path: Path) -> set[str]:
    functions = [node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {f.name: f.end_lineno - f.body[0].lineno + 1 for f in functions if f.end_lineno}  # without its options
    return {name for name, lines in lengths.items() if lines > LONGEST_FUNCTION}


def rooms_out_of_order(path: Path) -> set[str]:
    room = room_of(path)
    return rooms_imported(path) - set(ROOMS[: ROOMS.index(room) + 1] if room else [])


def names_of_the_cli(path: Path, names: frozenset[str]) -> set[str]:
    return set() if room_of(path) == "cli" else names_used(path) & names


def offenders(offences_of: Callable[[Path], Collection[object]]) -> dict[str, Collection[object]]:
    """Return what each module does against a rule, of those that do."""
    found = {path.relative_to(PACKAGE).as_posix(): offences_of(path) for path in MODULES}
    return {name: offences for name, offences in found.items() if offences}


def test_a_module_is_short() -> None:
    assert offenders(lambda path: path.read_text(encoding="utf-8").splitlines()[LONGEST_MODULE:]) == {}


def test_a_function_is_short() -> None:
    assert offenders(long_functions) == {}


def test_a_room_imports_only_from_those_before_it() -> None:
    assert offenders(lambda path: set() if path in ENTRANCES else rooms_out_of_order(path)) == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {f"feeds.{'.'.join(path.relative_to(PACKAGE).with_suffix('').parts)}": path for path in MODULES}
    imports = {name: imported_when_it_runs(path) & names.keys() for name, path in names.items()}
    TopologicalSorter(imports).prepare()  # raises CycleError


def test_only_the_cli_prints_and_exits() -> None:
    talk = frozenset({"print", "sys.exit", "exit", "SystemExit", "os._exit", "typer.Exit", "sys.stdout"})
    assert offenders(lambda path: names_of_the_cli(path, talk)) == {}


def test_only_the_cli_knows_the_time_and_the_environment() -> None:
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}
    assert offenders(lambda path: names_of_the_cli(path, frozenset(clocks | {"os.environ", "os.getenv"}))) == {}


def test_every_folder_is_a_room() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert folders == set(ROOMS)
