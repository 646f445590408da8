"""Whatever a record looks like, mending it changes what has one right answer and nothing else."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import CORPUS, REPOSITORY, need, record_files

from feeds.config.settings import Config
from feeds.frontmatter.document import Document, parse_document
from feeds.validation.check_file import check_bytes
from feeds.validation.context import context_for
from feeds.validation.fixes.fix import fix

POLICY = context_for(Config(zone=ZoneInfo("Europe/Berlin")))
TESTS = REPOSITORY / "tests"
BOM = b"\xef\xbb\xbf"

# Each may be what it says, or a mistake; some spoil the lines around them.
SNIPPETS = (TESTS / "records" / "snippets.txt").read_text(encoding="utf-8").split("%\n")
snippets = st.sampled_from([snippet.removesuffix("\n") for snippet in SNIPPETS])
bodies = st.sampled_from(["", "text &amp;amp; more", "\n\n  # A heading \n---\nmore ", "a\r\nb\n"])


@st.composite
def records(draw: st.DrawFn) -> bytes:
    body = draw(bodies)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    front_matter = "\n".join(draw(st.lists(snippets, max_size=12)))
    text = f"---\n{front_matter}\n---\n".replace("\n", end) + body
    return draw(st.sampled_from([b"", BOM])) + text.encode()


def data_of(content: bytes) -> object:
    document = parse_document("a.md", content)
    return document.data if isinstance(document, Document) else None


def bare_lines(content: bytes) -> list[bytes]:
    """Return the lines without what may go with one that goes: the dash before it, the key of a list left empty."""
    lines = content.removeprefix(BOM).splitlines(keepends=True)
    return [b"" if line.strip() == b"topics:" else line.lstrip(b" -") for line in lines]


@settings(max_examples=400)
@given(records())
@example(b"---\ntitle: 'A'\ntopics: [~, ~]\n---\n")
def test_mending_twice_is_mending_once(content: bytes) -> None:
    once = fix("a.md", content, POLICY).content
    again = fix("a.md", once, POLICY)
    assert (again.content, again.fixes) == (once, 0)


@settings(max_examples=400)
@given(records())
def test_a_record_that_could_go_out_goes_out_the_same(content: bytes) -> None:
    before = check_bytes("a.md", content, POLICY)
    after = check_bytes("a.md", fix("a.md", content, POLICY).content, POLICY)
    if before.record:
        assert after.record == before.record
    assert len(after.problems) <= len(before.problems) or data_of(content) is None


@settings(max_examples=400)
@given(records())
def test_what_is_not_reported_keeps_its_value(content: bytes) -> None:
    before, after = data_of(content), data_of(fix("a.md", content, POLICY).content)
    if isinstance(before, dict) and isinstance(after, dict):
        reported = {problem.route[0] for problem in check_bytes("a.md", content, POLICY).problems if problem.route}
        kept = {key: value for key, value in before.items() if key not in reported}
        assert {key: after.get(key) for key in kept} == kept
        assert len(after) <= len(before)


@settings(max_examples=400)
@given(records())
def test_every_line_without_a_problem_stays_byte_for_byte(content: bytes) -> None:
    mended = fix("a.md", content, POLICY).content
    places = [problem.span for problem in check_bytes("a.md", content, POLICY).problems]
    if data_of(content) is not None:
        touched = {line for span in places for line in range(span.line, span.end_line + 1)}
        left = iter(bare_lines(mended))
        kept = [line for number, line in enumerate(bare_lines(content), start=1) if number not in touched]
        assert [line for line in kept if line and line not in left] == []


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda content: b"---\n" + content + b"\n---\n"))
def test_any_bytes_can_be_mended(content: bytes) -> None:
    fix("a.md", content, POLICY)


def test_thousands_of_mistakes_are_mended_in_seconds() -> None:
    levels = "".join(f"  - {n}\n  -\n" for n in range(1500))
    content = (
        f"---\ntitle: A\npublishedDateTime: 2024-05-01T08:30:00Z\nwebUrl: https://a.example/\nlevels:\n{levels}---\n"
    )
    mended = fix("a.md", content.encode(), POLICY)
    assert mended.fixes == 3000
    assert check_bytes("a.md", mended.content, POLICY).problems == ()


@pytest.mark.parametrize("damage", [b"published: yes", b"ampWebUrl: ''", b"category: a: b", b"publised: true"])
def test_records_of_the_corpus_are_mended_of_a_line_alone(damage: bytes) -> None:
    for path in list(record_files(need(CORPUS)))[::20]:
        content = path.read_bytes()
        if b"\nampWebUrl" in content or b"\npublished" in content or b"\ncategory" in content:
            continue
        damaged = content.replace(b"---\n", b"---\n" + damage + b"\n", 1)
        mended, plain = (fix("a.md", which, POLICY).content for which in (damaged, content))
        assert mended.splitlines()[2:] == plain.splitlines()[1:] or mended == plain
