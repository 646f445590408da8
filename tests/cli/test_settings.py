"""Settings that nobody can have meant are reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import record_bytes, run_feeds

from feeds.cli.settings import config_warnings
from feeds.config.settings import Config
from feeds.locations import misread

RECORD = {"title": "Ferry", "publishedDateTime": "2024-05-01T08:30:00Z", "webUrl": "https://example.org/ferry"}


def test_a_configuration_that_names_this_machine_is_reported(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.md").write_bytes(record_bytes(RECORD))
    settings = 'source = "records"\noutput = "out"\nbase_url = "http://localhost:4000/"\nhome_page = "https://https://a.example/"\n'
    (tmp_path / "feeds.toml").write_text(settings, encoding="utf-8")
    said = run_feeds("build", cwd=tmp_path).stderr.decode()
    assert 'base_url has the host "localhost", which subscribers cannot reach' in said
    assert 'home_page has the host "https": its beginning is there twice' in said


def test_the_address_of_a_preview_is_not_reported() -> None:
    config = Config(base_url="http://127.0.0.1:8765/", home_page="http://localhost:4000/")
    (told,) = config_warnings(config, preview="http://127.0.0.1:8765/")
    assert told.startswith("home_page has the host")


@pytest.mark.parametrize("path", ["~", "~/public", "s3://", "s3:/bucket/public", "s3:", "https:/a.example/"])
def test_a_path_that_is_meant_as_something_else_makes_no_folder(path: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(f'output = "{path}"\n', encoding="utf-8")
    for words, status in ((("--output", path, "--config", "pyproject.toml"), 2), ((), 3)):
        (tmp_path / "pyproject.toml").touch()
        done = run_feeds("build", *words, cwd=tmp_path)
        assert (done.returncode, b"expected " in done.stderr) == (status, True), done.stderr
    assert {each.name for each in tmp_path.iterdir()} == {"feeds.toml", "pyproject.toml"}


@pytest.mark.parametrize("path", ["./s3:/a", "a~", "C:/a", "s3://bucket/a", "~a", "a:b"])
def test_a_path_that_is_meant_as_it_is_read_is_taken(path: str) -> None:
    assert not misread(path)


@pytest.mark.parametrize("command", ["build", "topics", "health"])
def test_a_feed_is_no_source_of_records(command: str, tmp_path: Path) -> None:
    (tmp_path / "all.rss").write_text('<rss version="2.0"><channel/></rss>', encoding="utf-8")
    done = run_feeds(command, "all.rss", cwd=tmp_path)
    assert (done.returncode, [*tmp_path.iterdir()]) == (2, [tmp_path / "all.rss"])
    assert done.stderr == b"feeds: all.rss: this is no record; name one, or a folder; feeds convert reads feeds\n"
