"""A feed keeps the bytes of the items that do not change, and comes out as if all were written anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from support import NOW, config_for, record_bytes, tree

import feeds
from feeds.formats import _feedgen
from feeds.publish import render_files
from feeds.publish.build import BuildResult

FORMATS = ("rss", "atom", "json", "csv")
RECORDS = 30
CHANGES: dict[str, dict[str, Any]] = {
    "title": {"title": "Another title &amp; more"},
    "language": {"language": "da"},
    "image": {"images": [{"url": "https://a.example/i.png", "width": 3, "height": 4}]},
    "video": {"featuredContent": '<iframe src="https://video.example/embed/1"></iframe>'},
    "file": {"enclosures": [{"url": "https://a.example/a.mp3", "type": "audio/mpeg", "length": 9, "duration": 7}]},
    "provider": {"provider": {"name": "The Harbour", "domain": "harbour.example"}},
    "author": {"authors": [{"name": "A", "email": "a@a.example"}]},
    "update": {"updatedDateTime": "2024-05-01T08:30:00Z"},
    "unpublished": {"published": False},
    "held back": {"publishedDateTime": "2031-01-01T00:00:00Z"},
    "odd text": {"excerpt": "</item> <item> <entry>\n    {\n  }\n"},
}
SETTINGS: dict[str, tuple[Any, ...]] = {
    "limit": (20, 10),
    "language": ("en", "da"),
    "author": ("", "B"),
    "max_bytes": (250_000, 8_000),
    "body": ("", "summary"),
    "formats": (FORMATS, ("rss", "atom", "json", "html")),
}


def write(source: Path, number: int, body: str = "", **more: Any) -> None:
    source.mkdir(exist_ok=True)
    data = {
        "title": f"Bridge {number}",
        "webUrl": f"https://a.example/{number}",
        "publishedDateTime": f"2020-01-{number % 28 + 1:02}T00:00:00Z",
        "topics": ["Bridges"] if number % 3 else ["Ships", "Bridges"],
    }
    (source / f"{number}.md").write_bytes(record_bytes(data | more, body))


def built(tmp_path: Path, name: str = "public", **settings: Any) -> BuildResult:
    given = {"formats": FORMATS, "limit": 20, "cache": tmp_path / "cache"} | settings
    return feeds.build(config_for(tmp_path / "seeds", tmp_path / name, **given), NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(RECORDS):
        write(tmp_path / "seeds", number)
    built(tmp_path)
    return tmp_path


def expect_as_new(folder: Path, result: BuildResult, **settings: Any) -> None:
    again = built(folder, "again", cache=None, **settings)
    new, old = ({each._replace(path="") for each in found.feed_problems} for found in (again, result))
    assert tree(folder / "public") == tree(folder / "again")
    assert old <= new


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("number", [27, 5])
def test_one_change_comes_out_as_if_all_were_new(folder: Path, change: str, number: int) -> None:
    write(folder / "seeds", number, **CHANGES[change])
    expect_as_new(folder, built(folder))
    write(folder / "seeds", number)
    expect_as_new(folder, built(folder))


def damage(folder: Path, random: Random) -> None:
    """Change a published file by hand; its date and its size may stay."""
    path = random.choice(sorted(path for path in folder.rglob("*.*") if path.suffix[1:] in FORMATS))
    content, status = path.read_bytes(), path.stat()
    middle = random.randrange(len(content))
    path.write_bytes(random.choice((content[:middle], content[:middle] + b"x" + content[middle + 1 :])))
    if random.random() < 0.5:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("seed", range(3))
def test_many_changes_come_out_as_if_all_were_new(folder: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - nothing here is secret
    settings: dict[str, Any] = {}
    for _ in range(10):
        for number in random.sample(range(RECORDS + 5), random.choice((1, 1, 2, 5))):
            path = folder / "seeds" / f"{number}.md"
            if random.random() < 0.1:
                path.unlink(missing_ok=True)
            else:
                body = random.choice(("", "A *body*.\n"))
                more = [CHANGES[name] for name in random.sample([*CHANGES], random.choice((0, 1, 2, 3)))]
                write(path.parent, number, body, **{k: v for m in more for k, v in m.items()})
        if random.random() < 0.3:
            name = random.choice([*SETTINGS])
            settings[name] = random.choice(SETTINGS[name])
        if random.random() < 0.2:
            damage(folder / "public", random)
        expect_as_new(folder, built(folder, **settings), **settings)


@pytest.mark.parametrize("first", ["image", "file"])
def test_an_item_is_written_alike_whatever_vocabularies_the_others_use(folder: Path, first: str) -> None:
    for number, change in ((26, "image"), (24, "file")):
        write(folder / "seeds", number, **CHANGES[change])
    built(folder)
    for number in (26, 24) if first == "image" else (24, 26):
        write(folder / "seeds", number)
        expect_as_new(folder, built(folder))
    for number in (24, 26):
        write(folder / "seeds", number, **CHANGES["file"])
        expect_as_new(folder, built(folder))


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written, entry_of = list[str](), _feedgen.entry_of

    def counted(item: Any, correct: Callable[[Any], object]) -> Any:
        written.append(item.title)
        return entry_of(item, correct)

    monkeypatch.setattr(_feedgen, "entry_of", counted)
    return written


def test_only_the_item_that_changes_is_written_besides_the_newest(folder: Path, entries: list[str]) -> None:
    write(folder / "seeds", 26, title="New")
    built(folder)
    assert set(entries) == {"New", "Bridge 27"}
    assert len(entries) == 2 * 2 * 2  # two items, in the feeds of all and of one topic, in RSS and Atom


def test_of_a_json_feed_too_only_these_are_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written, formatted = list[str](), msgspec.json.format

    def noted(item: str, indent: int) -> str:
        written.append(json.loads(item).get("title", ""))
        return formatted(item, indent=indent)

    monkeypatch.setattr(msgspec.json, "format", noted)
    write(folder / "seeds", 26, title="New")
    built(folder)
    assert [title for title in written if title] == ["New", "Bridge 27"] * 2  # in the feeds of all and of one topic


@pytest.mark.parametrize("file", ["all.rss", "all.json"])
def test_a_file_that_somebody_changed_is_written_anew(folder: Path, entries: list[str], file: str) -> None:
    path = folder / "public" / file
    path.write_bytes(path.read_bytes().replace(b"Bridge 2", b"Bridge X"))
    write(folder / "seeds", 26, title="New")
    expect_as_new(folder, built(folder))
    assert entries


@pytest.mark.parametrize("setting", [{"title": "Other"}, {"language": "da"}, {"author": "B"}, {"limit": 19}])
def test_with_other_settings_all_is_written_anew(folder: Path, entries: list[str], setting: dict[str, Any]) -> None:
    built(folder, **setting)
    assert len(set(entries)) > 15
    expect_as_new(folder, built(folder, **setting), **setting)


def test_what_is_checked_is_the_new_item_and_the_whole_file_if_that_has_a_problem(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked, lint_output = list[tuple[str, int]](), render_files.lint_output

    def noted(path: Path, content: bytes) -> Any:
        checked.append((path.name, len(content)))
        return lint_output(path, content)

    monkeypatch.setattr(render_files, "lint_output", noted)
    size = (folder / "public" / "all.rss").stat().st_size
    write(folder / "seeds", 26, title="New")
    built(folder)
    assert 0 < max(length for name, length in checked if name == "all.rss") < size / 2
    checked.clear()
    write(folder / "seeds", 26, title="A &amp;amp;amp; B")
    result = built(folder)
    assert result.feed_problems
    assert any(name == "all.rss" and length > size for name, length in checked)
    checked.clear()
    write(folder / "seeds", 25, title="New, too")  # the problem of the other item is told again, as before
    assert {problem.rule for problem in built(folder).feed_problems} == {p.rule for p in result.feed_problems}


def test_a_feed_that_is_too_large_is_not_checked_before_it_is_cut(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked, lint_output = list[str](), render_files.lint_output

    def noted(path: Path, content: bytes) -> Any:
        checked.append(path.name)
        return lint_output(path, content)

    monkeypatch.setattr(render_files, "lint_output", noted)
    size = (folder / "public" / "all.rss").stat().st_size
    result = built(folder, limit=25, max_bytes=size // 2)
    assert 0 < (folder / "public" / "all.rss").stat().st_size <= size // 2
    assert len(checked) == len(set(checked)) > 2
    expect_as_new(folder, result, limit=25, max_bytes=size // 2)
