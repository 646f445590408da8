"""No secret goes out, and no record that is not published: one hit stops everything."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from support import CORPUS, NOW, SEEDS, SHARED_SEEDS, config_for, need, record_bytes, run_feeds, tree

import feeds
from feeds.config.settings import Config
from feeds.model.selection import Selection
from feeds.secrets.scanner import SecretScanner
from feeds.store.record_store import RecordStore

SECRET = "Zm9v+YmFy/cXV4IHNlY3JldCB0ZXh0IG9mIHRoZSBvd25lcg==;MTIzNDU2Nzg5MGFiY2RlZg=="  # noqa: S105 - made up
HIDING_PLACES = {
    "raw": SECRET,
    "a piece": SECRET[20:44],
    "url": quote(SECRET, safe=""),
    "json": SECRET.replace("/", "\\/"),
    "html": escape(SECRET).replace("+", "&#43;"),
    "base64": b64encode(SECRET.encode()).decode(),
}


def write(source: Path, name: str, **more: object) -> None:
    source.mkdir(exist_ok=True)
    data = {
        "title": f"Bridge {name}",
        "webUrl": f"https://a.example/{name}",
        "publishedDateTime": "2020-01-01T00:00:00Z",
    }
    (source / f"{name}.md").write_bytes(record_bytes(data | more, f"The bridge of {name}.\n"))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write(tmp_path / "seeds", "owner", secured=SECRET, published=False)
    write(tmp_path / "seeds", "a")
    config = config_for(tmp_path / "seeds", tmp_path / "public", cache=tmp_path / "cache")
    assert feeds.build(config, NOW).refusals == ()
    return config


def test_a_long_text_does_not_keep_the_guard_from_reading_ids(config: Config) -> None:
    write(config.source, "a", excerpt="E" * 140_000)
    assert feeds.build(config, NOW).refusals == ()
    assert len((config.output / "all.csv").read_bytes()) > 140_000


@pytest.mark.parametrize("hidden", HIDING_PLACES.values(), ids=HIDING_PLACES)
@pytest.mark.parametrize("key", ["excerpt", "title", "x"])
def test_a_secret_in_a_feed_stops_the_publication(config: Config, key: str, hidden: str) -> None:
    old = tree(config.output)
    if key == "x":
        (config.source / "a.md").write_bytes((config.source / "a.md").read_bytes() + f"\n    {hidden}\n".encode())
    else:
        write(config.source, "a", **{key: f"See {hidden} there"})
    built = feeds.build(config, NOW)
    assert built.refusals
    assert all("holds a secret value of" in refusal and "owner.md" in refusal for refusal in built.refusals)
    assert tree(config.output) == old


def test_of_a_file_that_changes_only_the_part_is_searched_that_changes(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        write(config.source, f"n{number}")
    feeds.build(config, NOW)
    size = (config.output / "all.csv").stat().st_size
    searched = dict[str, int]()
    inspect = SecretScanner.inspect
    monkeypatch.setattr(
        SecretScanner,
        "inspect",
        lambda self, name, content: (searched.update({name: len(content)}), inspect(self, name, content)),
    )
    write(config.source, "n150", excerpt="Another text.")
    assert feeds.build(config, NOW).refusals == ()
    assert 0 < searched["all.csv"] < size
    write(config.source, "n150", excerpt=f"See {SECRET} there")
    assert any("all.csv" in refusal or "all.rss" in refusal for refusal in feeds.build(config, NOW).refusals)


def test_a_new_secret_is_looked_for_in_bytes_that_do_not_change(config: Config) -> None:
    write(config.source, "late", secured="The bridge of a.</p>", published=False)
    write(config.source, "b")
    assert any("late.md" in refusal for refusal in feeds.build(config, NOW).refusals)


def test_the_message_names_the_record_and_the_place_and_nothing_forces_it(config: Config) -> None:
    write(config.source, "a", excerpt=SECRET)
    done = run_feeds("build", "--force", "--base-url", "https://a.example/", cwd=config.source.parent)
    assert done.returncode == 3
    assert b"nothing published: all.rss:" in done.stderr
    assert b" holds a secret value of seeds/owner.md" in done.stderr
    assert SECRET.encode() not in done.stderr + done.stdout


def test_the_secret_of_a_record_that_is_held_back_is_guarded_too(config: Config) -> None:
    write(config.source, "owner", secured=SECRET, publised=True)
    write(config.source, "a", excerpt=SECRET)
    assert feeds.build(config, NOW).refusals


def test_which_keys_are_secret_is_a_setting_at_any_depth(config: Config) -> None:
    write(config.source, "a", provider={"name": "The Quayside Observer of Anker Rock", "domain": "a.example"})
    write(config.source, "b", excerpt="The Quayside Observer of Anker Rock says so.")
    assert feeds.build(config, NOW).refusals == ()
    stricter = config._replace(secret=("name",))
    assert feeds.build(stricter, NOW).refusals
    (config.source / "b.md").unlink()
    assert feeds.build(stricter, NOW, force=True).refusals == ()
    assert b"Quayside" not in tree(config.output)["all.rss"]


def test_a_leak_is_found_on_a_warm_run_too(config: Config) -> None:
    assert feeds.build(config, NOW).origin.read in {0, 2}
    write(config.source, "b", excerpt=SECRET)
    built = feeds.build(config, NOW)
    assert built.refusals


def test_items_that_are_not_published_stop_the_publication(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    select = RecordStore.select
    whatever_status = partial(Selection._replace, status="all")
    monkeypatch.setattr(RecordStore, "select", lambda self, wanted, now: select(self, whatever_status(wanted), now))
    refusals = feeds.build(config, NOW).refusals
    assert len(refusals) == 4
    assert all("whose record is not published" in refusal for refusal in refusals)


def test_unpublished_items_that_are_asked_for_go_out(config: Config) -> None:
    assert feeds.build(config, NOW, Selection(status="all")).refusals == ()


@pytest.mark.parametrize("folder", [SEEDS, SHARED_SEEDS, CORPUS], ids=["seeds", "shared-seeds", "corpus"])
def test_there_is_no_false_alarm_in_real_records(folder: Path, tmp_path: Path) -> None:
    assert feeds.build(config_for(need(folder), tmp_path), NOW).refusals == ()
