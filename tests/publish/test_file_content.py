"""Of a file that changes, only the part is searched that it has not in common with the published one."""

from __future__ import annotations

import io
from hashlib import shake_256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.publish.files.file_content import FileContent
from feeds.secrets.scanner import OVERLAP

OLD = shake_256(b"old").digest(250_000)  # no stretch is there twice


@given(st.integers(0, len(OLD)), st.integers(0, 50_000), st.binary(max_size=40))
def test_the_part_holds_each_stretch_that_the_old_bytes_do_not(at: int, removed: int, added: bytes) -> None:
    new = OLD[:at] + added + OLD[at + removed :]
    part = FileContent(io.BytesIO(new)).changed_since(FileContent(io.BytesIO(OLD)))
    stretch = new[max(0, at - OVERLAP // 2) : at + len(added) + OVERLAP // 2]
    assert stretch in OLD or stretch in part[0 : len(part)]


@pytest.mark.parametrize("added", [b"x", b"", b"x" * 100])
def test_the_part_is_little_more_than_what_changes(added: bytes) -> None:
    new = OLD[:100_000] + added + OLD[100_001:]
    assert len(FileContent(io.BytesIO(new)).changed_since(OLD)) <= 2 * OVERLAP + len(added) + 1


def test_of_shorter_content_the_part_is_within_it() -> None:
    part = FileContent(io.BytesIO(OLD[: 1 << 15])).changed_since(OLD)
    assert part[0 : len(part)] == OLD[(1 << 15) - OVERLAP : 1 << 15]
