"""Each record in records/ gives the record, or the lines of `feeds validate`, that the file beside it expects."""

import json
from pathlib import Path

import pytest
from write_expected import FIXABLE, INVALID, VALID, fixed_bytes, record_as_json, record_files, validate_lines


@pytest.mark.parametrize("path", record_files(VALID), ids=lambda path: path.name)
def test_valid_record_is_read_as_expected(path: Path) -> None:
    assert record_as_json(path) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", record_files(INVALID), ids=lambda path: path.name)
def test_invalid_record_gives_exactly_the_expected_lines(path: Path) -> None:
    assert validate_lines(path) == path.with_suffix(".out").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", record_files(FIXABLE), ids=lambda path: path.name)
def test_a_record_is_mended_as_expected(path: Path) -> None:
    fixed = path.with_suffix(".fixed").read_bytes()
    assert fixed_bytes(path) == fixed
    assert (fixed == path.read_bytes()) == path.stem.endswith("-stays")


@pytest.mark.parametrize(("folder", "suffix"), [(VALID, ".json"), (INVALID, ".out"), (FIXABLE, ".fixed")])
def test_no_expectation_lacks_its_record(folder: Path, suffix: str) -> None:
    expectations = {path.stem for path in folder.glob(f"*{suffix}")}
    assert expectations == {path.stem for path in record_files(folder)}
