"""Markdown that would take long to parse takes as long as any other."""

from __future__ import annotations

import pytest

from feeds.markup.markdown import markdown


def test_brackets_that_nothing_closes_are_text_whose_end_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []
    monkeypatch.setattr("markdown_it.helpers.parseLinkLabel", lambda *_: searched.append(1) or -1)
    text = "[![*a* " * 100
    assert markdown().render(f"[x]\n\n{text}") == "<p>[x]</p>\n<p>" + ("[![<em>a</em> " * 100).strip() + "</p>\n"
    assert len(searched) == 1  # for [x]
