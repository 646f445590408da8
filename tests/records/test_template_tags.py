"""Undo tags of template languages that mean something simple, and find those that are left."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from feeds.records.bodies.template_languages import LANGUAGES
from feeds.records.bodies.template_tags import undo_tags, without_tags, without_unseen

CASES = tomllib.loads(Path(__file__).with_name("template-tags.toml").read_text(encoding="utf-8"))["case"]
of_every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}-{case['body'][:20]!r}")


@of_every_case
def test_simple_tags_are_undone_and_the_first_other_is_found(case: dict[str, Any]) -> None:
    undone, left = undo_tags(without_unseen(case["body"], case["language"]), case["language"])
    assert undone == case["undone"]
    assert (undone[left:] if left is not None else "").startswith(case.get("left", ""))
    assert (left is None) == ("left" not in case)


@of_every_case
def test_no_tag_gets_into_a_summary(case: dict[str, Any]) -> None:
    text = without_tags(without_unseen(case["body"], case["language"]), case["language"])
    if "left" in case:
        assert case["left"] not in text
    else:
        assert text == case["undone"]


@of_every_case
def test_nothing_that_a_template_hides_is_shown(case: dict[str, Any]) -> None:
    text = without_tags(without_unseen(case["body"], case["language"]), case["language"])
    assert "never" not in text
    assert "summary" not in case or " ".join(text.split()) == case["summary"]


def test_every_language_has_a_case() -> None:
    assert {case["language"] for case in CASES} >= set(LANGUAGES)


def test_a_body_of_countless_tags_without_an_end_is_not_rendered() -> None:
    body = "Seen.\n\n" + "{{ a {% b " * 20_000
    assert undo_tags(body, "liquid") == (body, 7)
    assert without_tags(body, "liquid").startswith("Seen.")


def test_a_condition_that_ends_beyond_the_text_of_summaries_is_none_of_theirs() -> None:
    body = "Seen.\n\n{% if member %}\n\n" + "never " * 6000 + "\n\n{% endif %}\n\nSeen."
    assert without_tags(body, "liquid").strip() == "Seen."


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("[a]({{ '/x/' | relative_url }})", "/sub/x/"),
        ("[a]({{ '/x/' | url }})", "/sub/x/"),
        ("[a]({{ '/x/' | prepend: site.baseurl | prepend: site.url }})", "/sub/x/"),
        ("[a]({{ '/x/' | prepend: site.url }})", "/x/"),
        ("[a]({{ site.url }}{{ site.baseurl }}/x/)", "/sub/x/"),
        ("[a]({{ site.url }}/x/)", "/x/"),
        ("[a](/x/)", "/x/"),
        ("{% include figure.html path='x.png' %}", "/sub/x.png"),
        ("{% include figure.html url='{{ site.baseurl }}/x.png' %}", "/sub/x.png"),
        ("{% include video.html path='x.mp4' %}", "/sub/x.mp4"),
        ("{% include video.html src='https://a.example/x.mp4' %}", "https://a.example/x.mp4"),
        ("{% highlight html %}{{ site.baseurl }}/x{% endhighlight %}", "/sub/x"),
    ],
)
def test_addresses_that_tags_make_are_below_the_site(tag: str, address: str) -> None:
    undone, left = undo_tags(tag, "liquid", "/sub")
    assert left is None
    (found,) = re.findall(r"(?:[(\"]|\n)(https:/\S+?|/\S+?)(?:[)\"]|\n)", undone)
    assert found == address
