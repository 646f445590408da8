"""Settings that nobody can have meant are reported."""

from __future__ import annotations

from pathlib import Path

from support import record_bytes, run_feeds

from feeds.cli.settings import config_warnings
from feeds.config.settings import Config

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
