"""A record keeps the id under which it was published, whatever happens to its address and its file."""

from __future__ import annotations

import json
import subprocess
import tomllib
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


def problems(config: Config) -> list[str]:
    """Return what a build tells of records, which is what `validate` tells."""
    ledger = read_ledger(config.ledger) if config.ledger else None
    told = feeds.build(config, NOW).problems
    identities = ledger.identities if ledger else None
    assert list(told) == feeds.validate(config.source, config=config, ledger=identities)
    return [f"{problem.path}: {problem.message}".replace(f"{config.source}/", "") for problem in told]


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
    assert ids(config._replace(cache=None)) == before


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


def test_a_copy_never_replaces_the_record_that_is_published(config: Config) -> None:
    before = ids(config)
    for name, date in (("a (1)", "2019-01-01T00:00:00Z"), ("_a", "2020-01-01T00:00:00Z")):
        write(config.source.parent, name, "a", title="Old", publishedDateTime=date)
    assert ids(config) == before
    assert problems(config) == [
        "_a.md: duplicate id: already used by a.md; not published",
        "a (1).md: duplicate id: already used by a.md; not published",
    ]


def test_a_copy_of_a_record_whose_address_changed_is_refused_by_build_and_validate(config: Config) -> None:
    before = ids(config)
    write(config.source.parent, "a", "moved")
    (config.source / "_copy.md").write_bytes((config.source / "a.md").read_bytes())
    assert ids(config) == before
    assert problems(config) == ["_copy.md: duplicate id: already used by a.md; not published"]


def test_a_new_article_at_the_path_of_one_that_moved_on_is_new(config: Config) -> None:
    before = ids(config)
    (config.source / "a.md").rename(config.source / "first.md")
    write(config.source.parent, "a", "new", title="News", publishedDateTime="2020-02-01T00:00:00Z")
    now = ids(config)
    assert now.items() > before.items()
    assert problems(config) == []


def test_a_new_article_at_a_deleted_path_is_new_and_told(config: Config) -> None:
    before = ids(config)
    (config.source / "a.md").unlink()
    ids(config)
    write(config.source.parent, "a", "new", title="News", publishedDateTime="2020-02-01T00:00:00Z")
    (problem,) = feeds.build(config, NOW, dry_run=True).problems
    assert (problem.rule, problem.severity) == ("uncertain-id", "warning")
    assert f'if it is that article, add the line id: "{before["Bridge a"]}"' in problem.remedy
    done = run_feeds("ids", cwd=config.source.parent)
    assert (done.returncode, b"[uncertain-id]" in done.stderr) == (1, True)
    assert ids(config)["News"] not in before.values()
    write(config.source.parent, "a", "new", title="News", id=before["Bridge a"])
    assert ids(config)["News"] == before["Bridge a"]


def test_swapped_names_swap_no_ids(config: Config) -> None:
    before = ids(config)
    (config.source / "a.md").rename(config.source / "x")
    (config.source / "b.md").rename(config.source / "a.md")
    (config.source / "x").rename(config.source / "b.md")
    assert ids(config) == before
    assert problems(config) == []
    assert run_feeds("ids", cwd=config.source.parent).returncode == 0


def test_swapped_addresses_swap_no_ids(config: Config) -> None:
    before = ids(config)
    write(config.source.parent, "a", "b")
    write(config.source.parent, "b", "a")
    assert ids(config) == before


def test_another_article_at_a_known_address_keeps_the_id_and_is_told(config: Config) -> None:
    before = ids(config)
    write(config.source.parent, "a", title="Another", publishedDateTime="2020-02-01T00:00:00Z")
    (problem,) = feeds.build(config, NOW).problems
    assert problem.rule == "uncertain-id"
    assert ids(config)["Another"] == before["Bridge a"]


def test_a_doubt_is_told_once(config: Config) -> None:
    site = config.source.parent
    run_feeds("build", cwd=site)
    write(site, "a", title="Another", publishedDateTime="2020-02-01T00:00:00Z")
    said = [b"[uncertain-id]" in run_feeds("build", cwd=site).stderr for _ in range(3)]
    assert said == [True, False, False]


def test_a_ledger_without_titles_and_dates_is_still_read(config: Config) -> None:
    assert config.ledger
    config.ledger.write_text('"a.md" = "urn:x:a"\n"b.md" = ["urn:x:b", "urn:x:made"]\n', encoding="utf-8")
    known = ids(config)
    assert (known["Bridge a"], known["Bridge b"]) == ("urn:x:a", "urn:x:b")


def test_two_ids_for_one_path_are_refused(config: Config) -> None:
    assert config.ledger
    config.ledger.write_text('"a.md" = "urn:x:a"\n"a.md" = "urn:x:b"\n', encoding="utf-8")
    with pytest.raises(CouldNotRunError, match="two ids for"):
        feeds.build(config, NOW)


def test_a_ledger_under_its_former_name_is_read_and_told(config: Config) -> None:
    assert config.ledger
    site = config.source.parent
    (site / "feeds.ids").rename(site / "feeds.lock")
    said = run_feeds("build", cwd=site).stderr
    assert b"feeds.lock: the ledger of ids is called feeds.ids now; rename the file" in said
    assert b"kept feeds.lock: rename it to feeds.ids" in run_feeds("init", cwd=site).stdout
    assert not (site / "feeds.ids").exists()
    before = (site / "feeds.lock").read_bytes()
    (site / "feeds.lock").rename(site / "feeds.ids")
    write(site, "a", "moved")
    assert b"feeds.lock" not in run_feeds("build", cwd=site).stderr
    assert tomllib.loads(before.decode())["a.md"][0] in (site / "feeds.ids").read_text(encoding="utf-8")


def test_a_lock_file_of_another_program_is_no_ledger(config: Config) -> None:
    site = config.source.parent
    (site / "feeds.ids").unlink()
    (site / "feeds.lock").write_text("[[package]]\nname = 'a'\n", encoding="utf-8")
    assert run_feeds("build", cwd=site).returncode == 0


def test_an_id_of_its_own_wins(config: Config) -> None:
    ids(config)
    write(config.source.parent, "a", id="tag:a.example,2020:a")
    assert ids(config)["Bridge a"] == "tag:a.example,2020:a"


def test_a_ledger_taken_away_gives_ids_made_of_addresses_again(config: Config) -> None:
    write(config.source.parent, "a", "moved")
    fresh = ids(config._replace(ledger=None))
    write(config.source.parent, "a")
    ids(config)
    write(config.source.parent, "a", "moved")
    assert ids(config) != fresh
    assert config.ledger
    config.ledger.unlink()
    assert ids(config) == fresh


@pytest.mark.parametrize(
    "line",
    [
        *("<<<<<<< HEAD", '"a.md" = ', "a.md = b", '"a.md" = 7', '"a.md" "x" = "y"'),
        *('"a.md" = ["x"]', '"a.md" = ["x", "y", "z", "z"]'),
    ],
)
def test_a_ledger_that_cannot_be_read_is_told_with_its_line(config: Config, line: str) -> None:
    assert config.ledger
    config.ledger.write_text(f'# ids\n"b.md" = "x"\n{line}\n', encoding="utf-8")
    with pytest.raises(CouldNotRunError, match=r"feeds\.ids:3:1: this is no line of a ledger"):
        read_ledger(config.ledger)


def test_a_ledger_that_is_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "feeds.ids").symlink_to("nowhere")
    with pytest.raises(CouldNotRunError, match=r"feeds\.ids: .*there is no such file"):
        read_ledger(tmp_path / "feeds.ids")


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
    st.dictionaries(few, st.builds(Claim, made=few, is_own=st.just(value=False), content=contents)),
    max_size=5,
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


def test_ids_tells_what_a_change_would_make_unread_again(config: Config) -> None:
    site = config.source.parent
    (site / "feeds.ids").unlink()
    git(site, "init")
    git(site, "add", "seeds", "feeds.toml")
    git(site, "commit", "-m", "Records")
    assert run_feeds("ids", "--base", "HEAD", cwd=site).returncode == 0
    write(site, "a", "moved")
    write(site, "b", "moved-too", title="Another title")
    write(site, "new")
    done = run_feeds("ids", "--base", "HEAD", cwd=site)
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[-1] == "this change makes 2 items unread again in 2 feeds"
    assert b"(in all, topics/bridges)" in done.stdout
    failed = run_feeds("ids", "--base", "nowhere", cwd=site)
    assert (failed.returncode, failed.stdout) == (3, b"")
    assert b"nowhere" in failed.stderr


def test_ids_compares_with_what_is_published(config: Config) -> None:
    site = config.source.parent
    assert run_feeds("ids", cwd=site).returncode == 3
    (site / "feeds.ids").unlink()
    run_feeds("build", cwd=site)
    assert run_feeds("ids", cwd=site).returncode == 0
    write(site, "a", "moved")
    done = run_feeds("ids", cwd=site)
    assert done.returncode == 1
    assert b"this change makes 1 item unread again in 2 feeds" in done.stdout


def test_with_a_ledger_the_same_change_leaves_everything_read(config: Config) -> None:
    site = config.source.parent
    run_feeds("build", cwd=site)
    write(site, "a", "moved")
    assert run_feeds("ids", cwd=site).returncode == 0
