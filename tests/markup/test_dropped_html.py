"""Of a body nothing is lost without a word: what is shown of it, and what is reported of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from write_expected import BODIES, body_as_shown

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.markup.safe_html import safe_html
from feeds.urls import srcset_candidates
from feeds.validation.check_file import check_bytes
from feeds.validation.context import context_for

HEAD = "---\ntitle: Ropes\npublishedDateTime: 2024-05-01T08:30:00Z\nwebUrl: https://example.org/ropes\n---\n"
SOURCES = sorted(path for path in BODIES.iterdir() if path.suffix != ".out")


def problems_of(body: str) -> list[Problem]:
    return list(check_bytes("a.md", f"{HEAD}{body}".encode(), context_for(Config())).problems)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_body_is_shown_exactly_as_expected(source: Path) -> None:
    assert body_as_shown(source) == Path(f"{source}.out").read_text(encoding="utf-8")


def test_no_body_lacks_its_expectation() -> None:
    assert {f"{source.name}.out" for source in SOURCES} == {path.name for path in BODIES.glob("*.out")}


def test_what_is_dropped_is_reported_once_with_its_place_in_the_file() -> None:
    body = "Text.\n\n- A <button onclick='x()'>Go</button>\n- B <button onclick='y()'>Go</button>\n"
    reported = [(p.rule, p.severity, p.span.line, p.span.column) for p in problems_of(body)]
    assert reported == [("dropped-html", "warning", 8, 5)] * 2


def test_elements_in_each_other_without_end_lose_tags_and_no_text() -> None:
    body = "<div>" * 300 + "deep" + "</div>" * 300 + "<p>behind</p>"
    assert safe_html(body, "https://example.org/", is_markdown=False).endswith("</div><p>behind</p>")
    assert "deep" in safe_html(body, "https://example.org/", is_markdown=False)
    assert [(p.rule, p.span.line, p.span.column) for p in problems_of(body)] == [("dropped-html", 6, 256 * 5 + 1)]


@pytest.mark.parametrize(
    "body",
    [
        ">" * 200 + " deep\n\nbehind",
        "\n".join(f"{'  ' * level}- a" for level in range(50)) + " deep\n\nbehind",
        "> - " * 99 + "deep",
    ],
    ids=["quotations", "lists", "both"],
)
def test_no_text_is_too_deep_to_be_shown(body: str) -> None:
    shown = safe_html(body, "https://example.org/", is_markdown=True)
    assert "deep" in shown
    assert ("behind" in shown) == ("behind" in body)


@pytest.mark.parametrize("body", ["Plain *text*.", "`<button>` and <b>bold</b>", "<https://example.org/>", "Vec<Set>"])
def test_a_body_that_loses_nothing_is_not_reported(body: str) -> None:
    assert not problems_of(body)


@pytest.mark.parametrize(
    "body",
    [
        "One.\n\n<<<<<<< HEAD\nTwo.\n=======\nThree.\n>>>>>>> side\n",
        "<<<<<<< HEAD\nTwo.",
        "a\n=======\nb\n>>>>>>> side",
    ],
)
def test_a_conflict_in_a_body_holds_the_record_back(body: str) -> None:
    assert [(problem.rule, problem.is_error) for problem in problems_of(body)] == [("conflict-marker", True)]


@pytest.mark.parametrize(
    "body", ["```\n<<<<<<< HEAD\nTwo.\n=======\n>>>>>>> side\n```", "Tide\n=======\n\nText.", ">>>>>>> quoted"]
)
def test_what_only_looks_like_a_conflict_is_published(body: str) -> None:
    assert not problems_of(body)


def test_footnotes_of_two_items_do_not_share_a_name() -> None:
    ids = [safe_html("A[^1].\n\n[^1]: B.", f"https://example.org/{page}", is_markdown=True) for page in "ab"]
    names = [{part.split('"')[0] for part in shown.split(' id="')[1:]} for shown in ids]
    assert all(len(of_one) == 2 for of_one in names)
    assert not names[0] & names[1]


@pytest.mark.parametrize(
    ("value", "candidates"),
    [
        ("a.jpg 1x,b.jpg 2x", [("a.jpg", "1x"), ("b.jpg", "2x")]),
        ("w_1,h_2/a.jpg 1x , b.jpg", [("w_1,h_2/a.jpg", "1x"), ("b.jpg", "")]),
        ("a.jpg, b.jpg 2x", [("a.jpg", ""), ("b.jpg", "2x")]),
        (" , a.jpg,", [("a.jpg", "")]),
        (", " * 50_000, []),
    ],
    ids=["no blank", "comma in address", "no descriptor", "stray commas", "only commas"],
)
def test_srcset_is_read_as_html_says(value: str, candidates: list[tuple[str, str]]) -> None:
    assert srcset_candidates(value) == candidates
