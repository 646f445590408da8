"""Each folder in cases/ is built into exactly the files of its folder expected/, byte for byte."""

from pathlib import Path

import pytest
from write_expected import CASES, build_case, contents


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case_builds_exactly_the_expected_files(case: Path, tmp_path: Path) -> None:
    built = build_case(case, tmp_path)
    expected = contents(case / "expected")
    assert expected
    assert sorted(built) == sorted(expected)
    for name, content in expected.items():
        assert built[name].decode() == content.decode(), name
