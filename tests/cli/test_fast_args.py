"""What runs without typer does what it does with typer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import BASE_URL, record_bytes, run_feeds, tree

from feeds.cli.fast_args import find_command

SHORT = [
    ("build",),
    ("build", "news"),
    ("build", "news", "--output", "out"),
    ("build", "--strict", "news", "--base-url", BASE_URL),
    ("build", "--dry-run", "news", "--no-cache"),
    ("build", "--config", "other.toml"),
    ("build", "nowhere"),
    ("build", "--quiet", "news"),
    ("build", "-q", "--report", "report.json", "--jobs", "2"),
    ("build", "--log-format", "json", "--preset", "hugo"),
    ("convert", "news", "--to", "json"),
    ("convert", "news", "--to", "json", "--quiet"),
    ("convert", "news/a.md", "-o", "a.rss"),
    ("convert", "news"),
    ("convert", "news", "--to", "rss", "-o", "news.atom"),
    ("convert", "other.toml", "--to", "atom", "--strict"),
    ("validate", "news"),
    ("validate", "news/bad.md", "--in-source"),
    ("validate", "--quiet", "news", "--config", "other.toml"),
]
LONG = [
    ("build", "news", "more"),
    ("build", "--output"),
    ("build", "--output", "--strict"),
    ("build", "--base-url", "no address"),
    ("build", "--help"),
    ("build", "--topic", "Bridges"),
    ("build", ""),
    ("convert", "news", "--to", "xml"),
    ("convert", "news", "--to", "rss", "--topic", "Bridges"),
    ("convert", "--to", "rss"),
    ("build", "--jobs", "0"),
    ("build", "--jobs", "1_0"),
    ("build", "--preset", "hugin"),
    ("build", "--report", "."),
    ("build", "--log-format", "xml"),
    ("validate", "--statistics", "news"),
    ("topics",),
    (),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    data = {"title": "Bridge", "webUrl": "https://a.example/1", "publishedDateTime": "2020-01-01T00:00:00Z"}
    (tmp_path / "news" / "a.md").write_bytes(record_bytes(data))
    (tmp_path / "news" / "bad.md").write_bytes(record_bytes(data | {"publised": True}))
    (tmp_path / "feeds.toml").write_text('source = "news"\n', encoding="utf-8")
    (tmp_path / "other.toml").write_text('source = "news"\ntitle = "Other"\nbase_url = "https://b.example/"\n')
    return tmp_path


def timeless(content: bytes) -> bytes:
    return re.sub(rb'"(seconds|started)": [^,\n]+', b"", content)


def without_cache(written: dict[str, bytes]) -> dict[str, bytes]:
    return {path: timeless(content) for path, content in written.items() if ".feeds_cache" not in path}


@pytest.mark.parametrize("words", SHORT, ids=" ".join)
def test_fast_args_do_what_typer_does(folder: Path, words: tuple[str, ...]) -> None:
    assert find_command(words)
    short = run_feeds(*words, cwd=folder)
    written = tree(folder)
    for path in written:
        if not path.startswith("news") and not path.endswith(".toml"):
            (folder / path).unlink()
    long = run_feeds(*words, "--now", "2030-01-01", cwd=folder)
    assert (short.returncode, short.stdout, timeless(short.stderr)) == (
        long.returncode,
        long.stdout,
        timeless(long.stderr),
    )
    assert without_cache(tree(folder)) == without_cache(written)


@pytest.mark.parametrize("words", LONG, ids=" ".join)
def test_what_needs_explanation_is_left_to_typer(words: tuple[str, ...]) -> None:
    assert find_command(words) is None
