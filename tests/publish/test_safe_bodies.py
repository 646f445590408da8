"""The body of an item is made safe once, for however many feeds and builds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support import record_bytes, tree

import feeds
from feeds.markup import safe_html
from feeds.publish.build import build

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def write(folder: Path, name: str, body: str) -> None:
    data = {
        "title": name,
        "publishedDateTime": "2024-05-01T08:30:00Z",
        "webUrl": f"https://example.org/{name}",
        "topics": ["Lamps"],
    }
    (folder / f"{name}.md").write_bytes(record_bytes(data, body))


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sources: list[str] = []
    make_safe = safe_html.safe_html

    def counting(source: str, base: str, **options: Any) -> str:
        sources.append(source)
        return make_safe(source, base, **options)

    monkeypatch.setattr(safe_html, "safe_html", counting)
    return sources


def test_only_the_body_that_changed_is_rendered_again(tmp_path: Path, rendered: list[str]) -> None:
    records, cache = tmp_path / "records", tmp_path / "cache"
    records.mkdir()
    for name in ("a", "b", "c"):
        write(records, name, f"The *{name}* lamp.")
    config = feeds.Config(source=records, output=tmp_path / "out", base_url="https://example.org/f/", cache=cache)
    build(config, NOW)
    assert sorted(rendered) == ["The *a* lamp.", "The *b* lamp.", "The *c* lamp."]
    write(records, "b", "The *new* lamp.")
    rendered.clear()
    build(config, NOW)
    assert rendered == ["The *new* lamp."]
    build(feeds.Config(source=records, output=tmp_path / "anew", base_url="https://example.org/f/"), NOW)
    assert tree(tmp_path / "out") == tree(tmp_path / "anew")
