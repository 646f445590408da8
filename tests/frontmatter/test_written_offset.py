"""Problems of a body that was changed on its way stand where it was written."""

from __future__ import annotations

import difflib

import pytest

from feeds.frontmatter.written_offset import written_offset

WRITTEN = "One {{ url }}/a.\n\n{% comment %}\nTwo.\n{% endcomment %}\nSee [[Three|it]] and [four](4.md).\n"


@pytest.mark.parametrize(
    ("changed", "found", "stood_at"),
    [
        (WRITTEN, "four", "four"),
        ("One /a.\n\n\nSee [it](@/Three) and [four](4.md).\n", "4.md", "4.md"),
        ("One /a.\n\n\nSee [it](@/Three) and [four](4.md).\n", "/a.", "/a."),
        ("One /a.\n\nSee [it](@/Three) and [four](4.md).\n", "See", "See"),
        ("<p>Nothing is left.</p>\n<p>More</p>", "More", ""),
    ],
    ids=["as written", "line that was changed", "first line", "fewer lines", "all else"],
)
def test_what_is_left_is_found_where_it_was_written(changed: str, found: str, stood_at: str) -> None:
    offset = written_offset(WRITTEN, changed, changed.index(found))
    assert 0 <= offset <= len(WRITTEN)
    assert WRITTEN[offset:].startswith(stood_at)


def test_texts_are_compared_once_however_many_places_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    class Counting(difflib.SequenceMatcher):  # type: ignore[type-arg]
        def get_opcodes(self) -> list[tuple[str, int, int, int, int]]:  # type: ignore[override]
            compared.append(1)
            return super().get_opcodes()

    monkeypatch.setattr("feeds.frontmatter.written_offset.SequenceMatcher", Counting)
    changed = "".join(f"[^{number}]: a note\n" for number in range(300))
    written = "{{< a >}}\n" + changed
    found = [written_offset(written, f"a\n{changed}", 2 + at) for at in range(len(changed))]
    assert found == [len("{{< a >}}\n") + at for at in range(len(changed))]
    assert len(compared) == 301  # all lines, and each line
