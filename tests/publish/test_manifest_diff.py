"""What subscribers would see of a publication is told item by item, to people and to machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pytest
from jsonschema import Draft202012Validator
from support import record_bytes, run_feeds, tree

from feeds.publish.comparison.manifest_diff import Difference, differences_of
from feeds.publish.output.manifest import Manifest, ManifestFeed, ManifestItem

BUILD = ("build", "--base-url", "https://a.example/feeds/")


def item(identity: str, title: str = "", link: str = "", digest: str = "0") -> ManifestItem:
    return ManifestItem(identity, title or identity, link or f"https://a.example/{identity}", digest)


def difference(old: Sequence[ManifestItem], new: Sequence[ManifestItem], total: int | None = None) -> Difference:
    former = Manifest({}, {"all": ManifestFeed(len(old), tuple(old))})
    manifest = Manifest({}, {"all": ManifestFeed(total or len(new), tuple(new))})
    return next(differences_of(former, manifest), Difference("all"))


def test_equal_feeds_have_no_difference() -> None:
    assert not difference([item("a"), item("b")], [item("b"), item("a")])


def test_new_removed_and_changed_items_are_told_apart() -> None:
    found = difference([item("a"), item("b"), item("c")], [item("d"), item("a", digest="1"), item("c")])
    assert found == Difference("all", (item("d"),), (item("b"),), (item("a", digest="1"),))


@pytest.mark.parametrize("new", [item("z", link="https://a.example/a"), item("z", title="a")])
def test_an_item_under_another_id_is_neither_new_nor_removed(new: ManifestItem) -> None:
    assert difference([item("a"), item("b")], [new, item("b")]) == Difference("all", renamed=((item("a"), new),))


def test_items_of_one_title_are_not_the_same_new_one() -> None:
    found = difference([item("a", "News"), item("b", "News")], [item("z", "News")])
    assert (found.renamed, len(found.removed), len(found.new)) == ((), 2, 1)


def test_items_pushed_out_by_newer_ones_are_not_removed() -> None:
    assert difference([item("c"), item("b"), item("a")], [item("d"), item("c")], total=4) == Difference(
        "all", new=(item("d"),)
    )


def test_an_item_that_is_removed_among_those_that_stay_is_shown_although_the_feed_is_full() -> None:
    found = difference([item("c"), item("b"), item("a")], [item("c"), item("a")], total=9)
    assert found.removed == (item("b"),)


def test_a_feed_that_comes_or_goes_has_all_its_items_new_or_removed() -> None:
    feed = ManifestFeed(1, (item("a"),))
    both = list(differences_of(Manifest({}, {"old": feed}), Manifest({}, {"new": feed})))
    assert both == [Difference("new", new=(item("a"),)), Difference("old", removed=(item("a"),))]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    for name in ("a", "b", "c"):
        write(tmp_path, name)
    assert run_feeds(*BUILD, cwd=tmp_path).returncode == 0
    return tmp_path


def write(site: Path, name: str, **changes: object) -> None:
    data = {"title": f"Bridge {name}", "webUrl": f"https://a.example/{name}", "id": f"tag:a.example,2020:{name}"}
    data["publishedDateTime"] = "2020-01-01T00:00:00Z"
    (site / "seeds" / f"{name}.md").write_bytes(record_bytes(data | changes))


def change(site: Path) -> None:
    write(site, "a", excerpt="Longer.")
    write(site, "b", id="tag:a.example,2021:b")
    (site / "seeds" / "c.md").unlink()
    write(site, "d")


def test_diff_tells_every_item_and_writes_nothing(site: Path) -> None:
    before = tree(site)
    change(site)
    said = run_feeds(*BUILD, "--diff", cwd=site).stdout.decode().splitlines()
    start = said.index("all:")
    assert said[start : start + 6] == [
        "all:",
        "  new: Bridge d (tag:a.example,2020:d)",
        "  removed: Bridge c (tag:a.example,2020:c)",
        "  changed: Bridge a (tag:a.example,2020:a)",
        "    content: {+Longer.+} <https://a.example/a> Read on",
        "  id changed: Bridge b (tag:a.example,2020:b -> tag:a.example,2021:b)",
    ]
    assert said[0] == "would write public/all.rss (3 items)"
    assert {name: content for name, content in tree(site).items() if name.startswith("public")} == {
        name: content for name, content in before.items() if name.startswith("public")
    }


def test_the_report_of_a_run_is_complete(site: Path) -> None:
    change(site)
    write(site, "e", publishedDateTime="2099-01-01T00:00:00Z")
    write(site, "f", publised=True)
    done = run_feeds(*BUILD, "--report", "logs/run.json", cwd=site)
    assert done.returncode == 1
    report = json.loads((site / "logs" / "run.json").read_bytes())
    assert report["version"] == 1
    assert report["published"] is True
    assert report["read"] == 5
    assert report["changed"][0]["url"] == "https://a.example/feeds/all.rss"
    assert report["next_due"] == "2099-01-01T00:00:00Z"
    assert report["rules"] == {"unknown-key": 1}
    assert report["problems"][0]["path"] == "seeds/f.md"
    assert 0 < report["seconds"] < 60
    schema = Draft202012Validator(json.loads(run_feeds("schema", "report", cwd=site).stdout))
    assert list(schema.iter_errors(report)) == []
    assert not schema.is_valid(report | {"read": -1})


def test_logs_for_machines_have_one_event_a_line(site: Path) -> None:
    change(site)
    write(site, "f", publised=True)
    done = run_feeds("build", "--log-format", "json", cwd=site)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["event"] for event in events][:3] == ["warning", "problem", "wrote"]
    assert events[-1]["event"] == "finished"
    assert events[1]["rule"] == "unknown-key"
    failed = run_feeds("build", "nowhere", "--log-format", "json", cwd=site)
    (event,) = map(json.loads, failed.stderr.splitlines())
    assert (failed.returncode, event["event"]) == (3, "error")


def test_report_and_log_agree_how_long_a_run_took(site: Path) -> None:
    change(site)
    done = run_feeds("build", "--report", "run.json", "--log-format", "json", cwd=site)
    finished = json.loads(done.stderr.splitlines()[-1])
    assert json.loads((site / "run.json").read_bytes())["seconds"] == finished["seconds"]


def test_the_hub_is_told_of_what_changed_and_of_nothing_else(site: Path) -> None:
    told: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            told.extend(form["hub.url"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    hub = f"http://127.0.0.1:{server.server_port}/"
    settings = f'base_url = "https://a.example/feeds/"\nhub = "{hub}"\n'
    (site / "feeds.toml").write_text(settings, encoding="utf-8")
    run_feeds("build", "--dry-run", cwd=site)
    assert told == []
    assert run_feeds("build", cwd=site).returncode == 0
    assert told == [f"https://a.example/feeds/all.{suffix}" for suffix in ("rss", "atom", "json")]
    run_feeds("build", cwd=site)
    assert len(told) == 3
    server.shutdown()
    server.server_close()
    change(site)
    done = run_feeds("build", "--quiet", cwd=site)
    assert done.returncode == 0
    assert b"was not told of 3 feeds" in done.stderr
