"""What is read line by line is what the YAML parser reads, and most front matter is read line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import CORPUS, REPOSITORY, SEEDS, need, record_files

from feeds.frontmatter import yaml_loader
from feeds.frontmatter.document import Document, parse_document
from feeds.frontmatter.plain_yaml import LONGEST, read_plain

RECORDS = REPOSITORY / "tests" / "records"
PIECES = (RECORDS / "yaml-pieces.txt").read_text(encoding="utf-8").split("\n")

pieces = st.sampled_from([piece.replace("⏎", "\n").replace("⇥", "\t").replace("␣", " ") for piece in PIECES])
soups = st.lists(pieces, max_size=9).map("".join)
lines = st.builds(
    "{}{}{}{}".format,
    st.integers(0, 6).map(" ".__mul__),
    st.sampled_from(["", "", "", "- ", "-   ", "-"]),
    st.sampled_from(["", "a:", "b:", "c: ", "a: ", "b:  ", "true: ", '"a": ', "1: ", "a :", "x-y: "]),
    pieces | st.sampled_from(["", "", "text", "1", "true", "[a, b]", "'it''s'", '"a\\"b"', "2020-01-01", "12 EUR"]),
)
outlines = st.lists(lines, max_size=7).map("\n".join)


def front_matters() -> list[str]:
    folders = [SEEDS, *(RECORDS / name for name in ("valid", "invalid", "fixable"))]
    documents = [parse_document(path.name, path.read_bytes()) for folder in folders for path in record_files(folder)]
    return [document.tree.text for document in documents if isinstance(document, Document)]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Return some lines of real front matter, with a piece of something else in them."""
    whole = draw(st.sampled_from(front_matters())).split("\n")
    start = draw(st.integers(0, len(whole)))
    text = "\n".join(whole[start : start + draw(st.integers(1, 8))])
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(pieces) + text[at + draw(st.integers(0, 3)) :]


@settings(max_examples=3000)
@given(soups | outlines | damaged())
@example("a:\n- b\n -  c: 1")
@example("a:\n  - b: 1\n    c:\n    - d\n  - e")
@example("a: " + "1" * 401 + " ")
@example("- 1: 0x1F")
@example("a: b\n\n  \n# c\nb:   # d\n   c: 'e'   # f")
def test_it_reads_what_the_parser_reads_or_nothing(text: str) -> None:
    plain = read_plain(text)
    if plain is not None:
        parsed = yaml_loader.parse(text)
        assert parsed.problems == ()
        assert repr(plain) == repr(parsed.data)


@pytest.mark.parametrize("folder", [SEEDS, CORPUS], ids=lambda folder: folder.name)
def test_most_front_matter_is_plain(folder: Path) -> None:
    documents = [parse_document(path.name, path.read_bytes()) for path in record_files(need(folder))]
    texts = [document.tree.text for document in documents if isinstance(document, Document)]
    assert len(texts) > 4
    assert sum(read_plain(text) is not None for text in texts) >= 0.9 * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a: |\n  b",
            "a: >-\n  b",
            "a: b\n  c",
            "a: &x b",
            "a: *x",
            "a: !t b",
            "<<: {a: b}",
            "{a: b}",
            "- a",
            "a",
            "",
            "# a",
        ),
        *(
            "a: ~",
            "a: 0x1F",
            "a: .5",
            "a: 1e3",
            "a: 012",
            "a: +1",
            "a: .nan",
            "a: -",
            "a:b",
            "a: b: c",
            "a: 'b",
            'a: "\\u00e9"',
        ),
        *(
            "a:\n b: 1\n  c: 2",
            " a: 1\nb: 2",
            "a: 1\na: 2",
            "true: 1",
            "1: a",
            "? a",
            "a:\tb",
            "a: [b, [c]]",
            "a: @b",
            "a: `b`",
        ),
        *(
            "a: b\u2028c",
            "\ufeffa: b",
            "a: b\rc: d",
            "---\na: b",
            "a: b\n...",
            "%YAML 1.2",
            f"a: {'b' * LONGEST}",
            f"{' ' * 41}a: b",
        ),
    ],
)
def test_what_needs_a_parser_is_left_to_it(text: str) -> None:
    assert read_plain(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a: b" * 25_000,
        "a: " + "'" * 50_000,
        "- " * 40_000,
        "a: " + '"\\' * 30_000,
        " " * 90_000,
        "a: [" + "b," * 30_000,
        "a: " + "#" * 90_000,
        "a:\n" * 20_000,
        ("a: 1 " * 9) * 2000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_no_text_takes_long(text: str) -> None:
    read_plain(text)
