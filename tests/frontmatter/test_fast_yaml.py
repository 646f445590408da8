"""What yaml-rs reads is what the exact parser reads, and no text ends the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mutations import PIECES
from support import CORPUS, REPOSITORY, SEEDS, need, record_files

from feeds.frontmatter import fast_yaml, yaml_loader
from feeds.frontmatter.document import Document, parse_document, plain_document
from feeds.frontmatter.fast_yaml import read_fast
from feeds.validation.schema.compiled import is_of_json

pieces = st.sampled_from(PIECES)
soups = st.lists(pieces, max_size=9).map("".join)
lines = st.builds(
    "{}{}{}{}".format,
    st.integers(0, 6).map(" ".__mul__),
    st.sampled_from(["", "", "", "- ", "-   ", "-"]),
    st.sampled_from(["", "a:", "b:", "c: ", "a: ", "b:  ", "true: ", '"a": ', "1: ", "a :", "x-y: "]),
    pieces | st.sampled_from(["", "", "text", "1", "true", "[a, b]", "'it''s'", '"a\\"b"', "2020-01-01", "12 EUR"]),
)
outlines = st.lists(lines, max_size=7).map("\n".join)


@settings(max_examples=300)
@given(soups | outlines)
@example("a:\n- b\n -  c: 1")
@example("a:\n  - b: 1\n    c:\n    - d\n  - e")
@example("- 1: 0x1F")
@example("a: b\n\n  \n# c\nb:   # d\n   c: 'e'   # f")
@example("a: 1_000")
@example("a: [_7]")
@example("a: { b: :8, c: d }")
@example("a: [b:]")
@example("a: ['b', \"c, d\", {e: [f-g, http://h/]}]")
@example("a: [>]")
@example("a: b\n...\nc: d")
@example("a: !!str 1")
@example("a: &b c\nd: *b")
@example(r'a: "\ud83d\ude00"')
@example("a: |")
@example("a: |\n  b\n\n\nc: >-\n  d\n  e")
def test_it_reads_what_the_exact_parser_reads_or_nothing(text: str) -> None:
    text = f"\n{text}\n"
    data = read_fast(text, text.encode())
    if data is not None and is_of_json(data):
        exact = yaml_loader.load_yaml(text)
        assert (exact.problems, repr(exact.data)) == ((), repr(data))


@pytest.mark.parametrize("folder", [SEEDS, CORPUS], ids=lambda folder: folder.name)
def test_most_front_matter_is_read(folder: Path) -> None:
    contents = [path.read_bytes() for path in record_files(need(folder))]
    valid = [content for content in contents if isinstance(parse_document("a.md", content), Document)]
    assert len(valid) > 4
    assert sum(plain_document("a.md", content) is not None for content in valid) >= 0.9 * len(valid)


@pytest.mark.parametrize(
    "text",
    [
        *("'- ' * 50_000", "'-  ' * 33_000", "'? ' * 50_000", "'?  ' * 33_000", "'- ? ' * 25_000", "'- ' * 2_000"),
        *("'a: ' + '[' * 90_000", "'{a: ' * 24_000", "'a: ' + '[' * 90 + ']' * 90", "'a: ' + '[{a: ' * 15_000"),
        *("'\\n'.join(' ' * i + 'k:' for i in range(440))", "'\\n'.join(' ' * i + '-' for i in range(440))"),
        *("'a: \"' + 'b' * 2 ** 20 + '\"'", "'a: ' + 'b ' * 49_000", "''.join(f'k{i}: 1\\n' for i in range(40_000))"),
        *("''.join(f'{i}: 1\\n' for i in range(12_000))", "'a: ' + '\"' * 99_000", "'\\n' * 99_000"),
        "'a:\\n' * 25_000",
        *("'a: ' + '1' * 90_000", "'a: |' + '\\n b' * 30_000", "'#' * 99_000", "' ' * 99_000 + 'a: b'"),
    ],
)
def test_no_text_ends_the_process_or_takes_long(text: str) -> None:
    code = f"text = '\\n' + {text} + '\\n'; read_fast(text, text.encode()); print('done')"
    code = f"from feeds.frontmatter.fast_yaml import read_fast; {code}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20, check=False, cwd=REPOSITORY)
    assert run.stdout == b"done\n"


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000, "0x" + "f" * 5000])
def test_a_number_too_long_to_be_printed_is_left_to_the_exact_parser(number: str) -> None:
    text = f"\nquality: {number}\n"
    assert read_fast(text, text.encode()) is None


def test_without_yaml_rs_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_yaml, "loads", None)
    assert read_fast("\na: b\n", b"\na: b\n") is None
