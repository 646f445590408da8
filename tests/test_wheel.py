"""Install the wheel into an environment of its own, and run it far from the checkout."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import REPOSITORY, SEEDS

from feeds.scaffold.templates import TemplateName

SCHEMA = REPOSITORY / "schema" / "record.schema.json"


@dataclass(frozen=True)
class Installed:
    """Point at a wheel and at the programs of the environment that it is installed in."""

    wheel: Path
    programs: Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, REPOSITORY], check=True, timeout=300)
    wheel = next(folder.glob("*.whl"))
    environment = folder / "environment"
    venv.create(environment, with_pip=False)
    programs = environment / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([*pip, "--python", environment, "install", wheel], check=True, timeout=300)
    return Installed(wheel, programs)


def run(installed: Installed, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    program = [installed.programs / "feeds", *arguments]
    return subprocess.run(program, cwd=cwd, capture_output=True, timeout=60, check=True)


def test_it_builds_in_a_folder_that_holds_only_records(installed: Installed, tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    run(installed, "build", cwd=tmp_path)
    assert len(json.loads((tmp_path / "public" / "all.json").read_bytes())["items"]) == 2


def test_it_prints_the_schema_of_the_checkout(installed: Installed, tmp_path: Path) -> None:
    assert run(installed, "schema", cwd=tmp_path).stdout == SCHEMA.read_bytes()


def test_it_imports_nothing_from_the_checkout(installed: Installed, tmp_path: Path) -> None:
    program = [installed.programs / "python", "-I", "-c", "import feeds; print(feeds.__file__)"]
    found = subprocess.run(program, cwd=tmp_path, capture_output=True, timeout=60, check=True, text=True).stdout
    assert Path(found.strip()).is_relative_to(installed.programs.parent)


def test_the_wheel_holds_each_schema_once_and_the_mark_of_types(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    schemas = [f"feeds/schema/{path.name}" for path in SCHEMA.parent.iterdir()]
    assert sorted(name for name in names if name.endswith("schema.json")) == sorted(schemas)
    assert "feeds/py.typed" in names


def test_an_installed_program_explains_its_rules(installed: Installed, tmp_path: Path) -> None:
    assert run(installed, "rule", "unknown-key", cwd=tmp_path).stdout.startswith(b"# unknown-key\n")


def test_an_installed_program_sets_up_a_repository(installed: Installed, tmp_path: Path) -> None:
    templates = [word for name in TemplateName for word in ("--template", str(name))]
    run(installed, "init", *templates, cwd=tmp_path)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 9
    assert f"&& {installed.programs / 'feeds'} build --quiet >" in (tmp_path / "feeds.cron").read_text(encoding="utf-8")


def test_the_wheel_holds_neither_tests_nor_records(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"feeds"}
