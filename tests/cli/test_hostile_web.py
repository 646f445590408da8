"""What servers answer is bad news, told in a line: no password of an address, no traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import REPOSITORY
from typer.testing import CliRunner, Result

from feeds.cli.app import app

sys.path.insert(0, str(REPOSITORY / "tests" / "sources"))
from web_server import WebServer, serving, status

PAGE = '{"version": "https://jsonfeed.org/version/1.1", "title": 7, "next_url": "http://127.0.0.1:9/2", "items": []}'
LIST = '<opml version="2.0"><body><outline text="a" xmlUrl="http://me:s3cret@127.0.0.1:{}/none"/></body></opml>'


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    monkeypatch.chdir(tmp_path)
    Path("seeds").mkdir()
    Path("feeds.toml").write_text('base_url = "https://a.example/"\n', encoding="utf-8")
    with serving({"/feed": status(200, PAGE.encode()), "/old": status(301, Location="/feed")}) as running:
        yield running


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


@pytest.mark.parametrize("path", ["feed", "old", "none"])
@pytest.mark.parametrize(
    "words",
    [
        ("convert", "ADDRESS"),
        ("convert", "ADDRESS", "seeds", "--to", "atom", "--format", "json"),
        ("convert", "ADDRESS", "--to", "rss", "--format", "sarif"),
        ("lint", "ADDRESS", "--format", "github"),
        ("diff", "ADDRESS", "ADDRESS"),
        ("import", "ADDRESS", "--into", "seeds"),
        ("ids", "--against", "ADDRESS"),
        ("convert", "opml:list.opml", "--to", "json"),
    ],
    ids=" ".join,
)
def test_no_command_shows_the_password_of_an_address(server: WebServer, words: tuple[str, ...], path: str) -> None:
    Path("list.opml").write_text(LIST.format(server.port), encoding="utf-8")
    done = run(*(word.replace("ADDRESS", f"http://me:s3cret@127.0.0.1:{server.port}/{path}") for word in words))
    assert server.asked[0][1]["authorization"].startswith("Basic ")
    assert done.output or done.exception
    assert "s3cret" not in done.output + str(done.exception)
    assert not any(b"s3cret" in file.read_bytes() for file in Path("seeds").rglob("*") if file.is_file())
