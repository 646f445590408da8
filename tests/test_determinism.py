"""Build in different surroundings and expect the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import CORPUS, SEEDS, record_files, run_feeds, tree

SURROUNDINGS = {
    "the C locale": {"LC_ALL": "C"},
    "a German locale": {"LC_ALL": "de_DE.UTF-8"},
    "no UTF-8 mode": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "east of Greenwich": {"TZ": "Asia/Kolkata"},
    "west of Greenwich": {"TZ": "America/St_Johns"},
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 4711": {"PYTHONHASHSEED": "4711"},
}


def build(folder: Path, **environment: str) -> tuple[dict[str, bytes], bytes]:
    result = run_feeds("build", "records", "--now", "2030-01-01", cwd=folder, **environment)
    assert result.returncode in {0, 1}, result.stderr
    return tree(folder / "public"), result.stderr


def copied(folder: Path, *, is_reversed: bool = False) -> Path:
    source = CORPUS if CORPUS.is_dir() else SEEDS
    for path in sorted(record_files(source), reverse=is_reversed):
        target = folder / "records" / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], bytes]:
    return build(copied(tmp_path_factory.mktemp("usual")))


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_surroundings_leave_no_trace(name: str, usual: tuple[dict[str, bytes], bytes], tmp_path: Path) -> None:
    assert build(copied(tmp_path), **SURROUNDINGS[name])[0] == usual[0]


def test_the_order_in_which_files_were_made_leaves_no_trace(
    usual: tuple[dict[str, bytes], bytes], tmp_path: Path
) -> None:
    assert build(copied(tmp_path, is_reversed=True)) == usual


def times(folder: Path) -> dict[Path, int]:
    """Return when files and folders were changed; the stage comes and goes in the published folder itself."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    build(copied(tmp_path))
    first = times(tmp_path / "public")
    build(tmp_path)
    assert times(tmp_path / "public") == first
