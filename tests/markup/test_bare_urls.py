"""Test which bare addresses of Markdown are links."""

import re
import tomllib
from pathlib import Path
from time import process_time

import pytest

from feeds.markup.markdown import parse_markdown, render_tokens
from feeds.markup.to_markdown import to_markdown
from feeds.markup.visible_text import visible_text
from feeds.records.bodies.summaries import first_paragraph

CASES = tomllib.loads(Path(__file__).with_name("bare_urls.toml").read_text(encoding="utf-8"))["case"]
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')
HOSTILE = (
    "http://",
    "www.",
    "www.a ",
    "_http://a ",
    "~www.a_b",
    "_www.a_",
    "[http://a](",
    "a@",
    "a.b@c.d ",
    "<a>http://a",
)
TAILS = (")", "&a;", "*", "(", "a.")


def rendered(source: str) -> str:
    return render_tokens(*parse_markdown(source, ""))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["source"])
def test_bare_addresses_are_links_as_on_github(case: dict[str, str]) -> None:
    html = rendered(case["source"])
    assert _LINK.sub(r"{\1}", html).strip() == case["html"].strip()


@pytest.mark.parametrize("piece", [*HOSTILE, *TAILS])
def test_many_pieces_of_addresses_take_time_in_proportion(piece: str) -> None:
    start = "http://a.b" if piece in TAILS else ""

    def seconds(count: int) -> float:
        before = process_time()
        rendered(start + piece * count + "!")
        return process_time() - before

    seconds(10)
    assert seconds(4_000) < 40 * seconds(250) + 0.5  # by the square it is 256


@pytest.mark.parametrize("text", ["see http://example.org/a_b", "at www.example.org", "to ada@example.org", "@ada a@b"])
def test_html_with_an_address_that_is_no_link_stays_without_in_markdown(text: str) -> None:
    markdown = to_markdown(f"<p>{text}</p>")
    assert visible_text(rendered(markdown)) == text
    assert "<p>" not in markdown


def test_the_text_of_a_link_is_written_as_it_is() -> None:
    html = '<p><a href="https://example.org/">https://example.org/</a></p>'
    assert to_markdown(html) == "[https://example.org/](https://example.org/)"


def test_a_summary_keeps_the_text_of_an_address() -> None:
    assert first_paragraph("See *https://example.org/a*, www.example.org.") == (
        "See https://example.org/a, www.example.org."
    )
