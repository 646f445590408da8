"""Items are compared with the feed that another program publishes today."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from support import record_bytes, run_feeds

from feeds.installation import install_command
from feeds.model.item import Item
from feeds.publish.comparison.id_changes import match_live
from feeds.publish.output.manifest import ManifestItem


def planned(identity: str, link: str = "", title: str = "") -> ManifestItem:
    return ManifestItem(identity, title, link, "")


@pytest.mark.parametrize(
    ("live", "item", "former"),
    [
        (Item("a", "T", "https://x.example/a"), planned("a", "https://x.example/b"), None),
        (Item("a", "T", "https://x.example/a"), planned("b", "https://x.example/a"), "a"),
        (Item("a", "T", "http://www.x.example/a/index.html"), planned("b", "https://x.example/a/"), "a"),
        (Item("a", "Ferry  opens", "https://old.example/a"), planned("b", "https://x.example/b", "ferry opens"), "a"),
        (Item("", "T", "https://x.example/a"), planned("b", "https://x.example/a"), "https://x.example/a"),
        (Item("a", "T", "https://x.example/?p=1"), planned("b", "https://x.example/?p=2"), None),
        (Item("a", "", ""), planned("b", "", ""), None),
    ],
)
def test_an_item_is_known_by_id_then_page_then_title(live: Item, item: ManifestItem, former: str | None) -> None:
    renamed = match_live([live], [item]).renamed
    assert [found.id for found, _ in renamed] == ([former] if former else [])


def test_a_title_that_several_items_have_tells_nothing() -> None:
    live = [Item("a", "Weekly", "https://x.example/1"), Item("b", "Weekly", "https://x.example/2")]
    found = match_live(live, [planned("c", "https://x.example/9", "Weekly")])
    assert (found.renamed, [item.id for item in found.removed], [item.id for item in found.new]) == (
        (),
        ["a", "b"],
        ["c"],
    )


def site(folder: Path) -> None:
    for name in ("one", "two", "three"):
        page = {
            "title": name,
            "webUrl": f"https://a.example/{name}/",
            "publishedDateTime": "2024-05-01T08:00:00Z",
            "id": f"tag:a.example,2024:{name}",
        }
        (folder / "seeds").mkdir(exist_ok=True)
        (folder / "seeds" / f"{name}.md").write_bytes(record_bytes(page))


LIVE = """<rss version="2.0"><channel><title>A</title><link>https://a.example/</link><description>A</description>
<item><title>one</title><link>https://a.example/one/</link>
<guid isPermaLink="false">tag:a.example,2024:one</guid></item>
<item><title>two</title><link>https://a.example/two</link><guid>https://a.example/two</guid></item>
<item><title>nil</title><link>https://a.example/nil</link><guid>https://a.example/nil</guid></item>
</channel></rss>"""


def test_ids_against_a_feed_counts_what_would_be_unread(tmp_path: Path) -> None:
    site(tmp_path)
    (tmp_path / "live.xml").write_text(LIVE, encoding="utf-8")
    done = run_feeds("ids", "--against", "live.xml", cwd=tmp_path)
    assert done.stdout.decode().splitlines() == [
        "two: https://a.example/two -> tag:a.example,2024:two",
        "compared with 3 items of live.xml: 1 have the same id",
        "1 item of it would not be published, as 'nil'",
        "1 item would be published that it does not have",
        "1 item would be unread again",
    ]
    assert (done.returncode, done.stderr) == (1, b"")


def test_ids_against_the_feed_that_is_built_finds_nothing(tmp_path: Path) -> None:
    site(tmp_path)
    run_feeds("build", cwd=tmp_path)
    for name in ("all.rss", "all.atom", "all.json", "all.csv"):
        done = run_feeds("ids", "--against", f"public/{name}", cwd=tmp_path)
        assert (done.returncode, done.stdout.decode().splitlines()[-1]) == (0, "no item would be unread again"), name


def test_ids_against_an_address_fetches_the_feed(tmp_path: Path) -> None:
    pytest.importorskip("httpx", reason="httpx is missing: pip install 'feeds[test]'")
    site(tmp_path)
    (tmp_path / "live.xml").write_text(LIVE, encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        done = run_feeds("ids", "--against", f"http://127.0.0.1:{server.server_port}/live.xml", cwd=tmp_path)
        server.shutdown()
    assert done.returncode == 1, done.stderr.decode()
    assert done.stdout.decode().splitlines()[-1] == "1 item would be unread again"


def test_without_the_package_that_fetches_the_command_that_installs_it_is_named(tmp_path: Path) -> None:
    site(tmp_path)
    script = "import sys; sys.modules['httpx'] = None; from feeds.cli.main import main; main()"
    command = [sys.executable, "-c", script, "ids", "--against", "https://a.example/feed"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert install_command("web") in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--against", "none.xml"], 3, "none.xml: no such file"),
        (["--against", "seeds/one.md"], 3, "seeds/one.md: the document is neither a feed nor a table"),
        (["--against", "none.xml", "--base", "HEAD"], 2, "give one of them"),
    ],
)
def test_what_cannot_be_compared_is_a_message(tmp_path: Path, words: list[str], status: int, message: str) -> None:
    site(tmp_path)
    done = run_feeds("ids", *words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (status, b"")
    assert message in done.stderr.decode()
