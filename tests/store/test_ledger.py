"""A record keeps the id under which it was published, whatever happens to its address and its file."""

from __future__ import annotations

import json
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import NOW, config_for, record_bytes, run_feeds, tree

import feeds
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.store.id_ledger import Ledger, read_ledger
from feeds.validation.identities import Claim, reconcile
from feeds.validation.identity_doubts import Identity


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "feeds.ids").write_bytes(b"")
    (tmp_path / "feeds.toml").write_text('base_url = "https://a.example/feeds/"\n', encoding="utf-8")
    for name in "abc":
        write(tmp_path, name)
    return config_for(tmp_path / "seeds", tmp_path / "public", ledger=tmp_path / "feeds.ids", cache=tmp_path / "cache")


def write(site: Path, name: str, page: str = "", **changes: object) -> None:
    data = {
        "title": f"Bridge {name}",
        "webUrl": f"https://a.example/{page or name}",
        "publishedDateTime": "2020-01-01T00:00:00Z",
        "topics": ["Bridges"],
    }
    (site / "seeds" / f"{name}.md").write_bytes(record_bytes(data | changes))


def ids(config: Config) -> dict[str, str]:
    """Build, and return the ids of items by their titles: the same in every format and feed."""
    feeds.build(config, NOW, force=True)
    files = tree(config.output)
    items = json.loads(files["all.json"])["items"]
    for item in items:
        for name, content in files.items():
            if name.startswith(("all.", "topics/bridges.")) and not name.endswith(".html"):
                assert item["id"].encode() in content, name
    return {item["title"]: item["id"] for item in items}


def test_without_a_ledger_none_is_made(config: Config) -> None:
    assert config.ledger
    config.ledger.unlink()
    ids(config)
    assert not config.ledger.exists()


def test_the_ledger_is_a_line_for_each_record_and_toml(config: Config) -> None:
    known = ids(config)
    assert config.ledger
    lines = tomllib.loads(config.ledger.read_text(encoding="utf-8"))
    assert {path: line[0] for path, line in lines.items()} == {f"{name}.md": known[f"Bridge {name}"] for name in "abc"}


def test_a_record_keeps_its_id_when_its_address_changes(config: Config) -> None:
    before = ids(config)
    write(config.source.parent, "a", "moved")
    assert ids(config) == before
    assert ids(replace(config, cache=None)) == before


def test_a_record_keeps_its_id_when_its_file_is_renamed_even_after_its_address_changed(config: Config) -> None:
    before = ids(config)
    write(config.source.parent, "a", "moved")
    ids(config)
    (config.source / "a.md").rename(config.source / "z.md")
    assert ids(config) == before
    assert config.ledger
    assert "a.md" not in tomllib.loads(config.ledger.read_text(encoding="utf-8"))


def test_a_new_record_never_takes_an_id_that_was_used(config: Config) -> None:
    before = ids(config)
    write(config.source.parent, "a", "moved")
    write(config.source.parent, "new", "a")
    now = ids(config)
    assert now.items() >= before.items()
    assert now["Bridge new"] not in before.values()
    assert ids(config) == now


def test_a_record_that_is_gone_leaves_its_id_to_its_article(config: Config) -> None:
    before = ids(config)
    (config.source / "a.md").unlink()
    ids(config)
    write(config.source.parent, "again", "a", title="Bridge a")
    assert ids(config) == before


def test_a_record_that_is_held_back_for_a_while_keeps_its_id(config: Config) -> None:
    before = ids(config)
    write(config.source.parent, "a", "moved", publised=True)
    ids(config)
    write(config.source.parent, "a", "moved")
    assert ids(config) == before


def test_two_records_of_one_page_are_still_told_to_be_twins(config: Config) -> None:
    write(config.source.parent, "twin", "a")
    built = feeds.build(config, NOW)
    assert [problem.rule for problem in built.problems] == ["duplicate-id"]


def test_an_id_of_its_own_wins(config: Config) -> None:
    ids(config)
    write(config.source.parent, "a", id="tag:a.example,2020:a")
    assert ids(config)["Bridge a"] == "tag:a.example,2020:a"


def test_a_ledger_taken_away_gives_ids_made_of_addresses_again(config: Config) -> None:
    write(config.source.parent, "a", "moved")
    fresh = ids(replace(config, ledger=None))
    write(config.source.parent, "a")
    ids(config)
    write(config.source.parent, "a", "moved")
    assert ids(config) != fresh
    assert config.ledger
    config.ledger.unlink()
    assert ids(config) == fresh


@pytest.mark.parametrize(
    "line",
    ["<<<<<<< HEAD", '"a.md" = ', "a.md = b", '"a.md" = 7', '"a.md" = ["x"]', '"a.md" = ["x", "y", "z", "z"]']
    + ['"a.md" "x" = "y"'],
)
def test_a_ledger_that_cannot_be_read_is_told_with_its_line(config: Config, line: str) -> None:
    assert config.ledger
    config.ledger.write_text(f'# ids\n"b.md" = "x"\n{line}\n', encoding="utf-8")
    with pytest.raises(CouldNotRunError, match=r"feeds\.ids:3:1: this is no line of a ledger"):
        read_ledger(config.ledger)


def test_a_rehearsal_leaves_the_ledger_alone(config: Config) -> None:
    feeds.build(config, NOW, dry_run=True)
    assert config.ledger
    assert config.ledger.read_bytes() == b""


names = st.text(max_size=5)
identities = st.builds(Identity, id=names, made=names, content=names)


@given(st.dictionaries(names, identities))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, known: dict[str, Identity]) -> None:
    path = tmp_path_factory.getbasetemp() / "feeds.ids"
    path.write_text(Ledger(known).to_text(), encoding="utf-8", errors="surrogatepass", newline="")
    assert read_ledger(path) == Ledger(known)


few = st.sampled_from(["x", "y", "z", "1"])
contents = st.builds("{} {}".format, few, few)
states = st.lists(
    st.dictionaries(few, st.builds(Claim, made=few, is_own=st.just(False), content=contents)),
    max_size=5,  # noqa: FBT003
)


@given(states)
def test_no_id_ever_goes_lost_or_belongs_to_two(history: list[dict[str, Claim]]) -> None:
    ledger: dict[str, Identity] = {}
    for records in history:
        before = {identity.id for identity in ledger.values()}
        known = reconcile(ledger, records, records)
        ledger = dict(known.identities)
        held = [identity.id for identity in ledger.values()]
        assert len(held) == len(set(held))
        assert before <= set(held)
        assert set(known.ids) == set(records)
        assert set(known.ids.values()) <= set(held)


def git(site: Path, *words: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=site, check=True, capture_output=True)


def test_check_tells_what_a_change_would_make_unread_again(config: Config) -> None:
    site = config.source.parent
    (site / "feeds.ids").unlink()
    git(site, "init")
    git(site, "add", "seeds", "feeds.toml")
    git(site, "commit", "-m", "Records")
    assert run_feeds("check", "--base", "HEAD", cwd=site).returncode == 0
    write(site, "a", "moved")
    write(site, "b", "moved-too", title="Another title")
    write(site, "new")
    done = run_feeds("check", "--base", "HEAD", cwd=site)
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[-1] == "this change makes 2 items unread again in 2 feeds"
    assert b"(in all, topics/bridges)" in done.stdout
    failed = run_feeds("check", "--base", "nowhere", cwd=site)
    assert (failed.returncode, failed.stdout) == (3, b"")
    assert b"nowhere" in failed.stderr


def test_check_compares_with_what_is_published(config: Config) -> None:
    site = config.source.parent
    assert run_feeds("check", cwd=site).returncode == 3
    (site / "feeds.ids").unlink()
    run_feeds("build", cwd=site)
    assert run_feeds("check", cwd=site).returncode == 0
    write(site, "a", "moved")
    done = run_feeds("check", cwd=site)
    assert done.returncode == 1
    assert b"this change makes 1 item unread again in 2 feeds" in done.stdout


def test_with_a_ledger_the_same_change_leaves_everything_read(config: Config) -> None:
    site = config.source.parent
    run_feeds("build", cwd=site)
    write(site, "a", "moved")
    assert run_feeds("check", cwd=site).returncode == 0
