"""What is remembered of records saves time, and never shows in a feed."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import CORPUS, NOW, config_for, need, record_bytes, run_feeds, tree

import feeds
from feeds.config.settings import Config, TopicConfig
from feeds.diagnostics.problem import CouldNotRunError, Problem, Span
from feeds.model.parts import Enclosure, Image, Person, Related
from feeds.model.record import Record
from feeds.model.selection import Selection, select
from feeds.model.topic import with_topics
from feeds.publish.build import BuildResult
from feeds.sources import files
from feeds.store.database import Index
from feeds.store.open_store import open_store
from feeds.store.safe_bodies import unrendered
from feeds.store.serialize import pack_problems, pack_record, unpack_problems, unpack_record

Damage = Callable[[Path], object]

LONG_AGO = 1_700_000_000
COUNT = 60


@pytest.fixture
def config(tmp_path: Path) -> Config:
    source = tmp_path / "records"
    source.mkdir()
    for number in range(COUNT):
        write(source / f"{number:02}.md", number)
    return config_for(source, tmp_path / "out", cache=tmp_path / "cache")


def write(path: Path, number: int, *, modified: int = LONG_AGO, **changes: object) -> None:
    data = {
        "title": f"Bridge {number}",
        "excerpt": f"It is {number} metres long.",
        "webUrl": f"https://a.example/{number}",
        "publishedDateTime": f"2020-01-{number % 28 + 1:02}T00:00:00Z",
        "topics": [["Bridges", "bridges", "Ferries"][number % 3], f"Number {number % 7}"],
        "published": number % 5 != 0,
        "quality": number,
    }
    path.write_bytes(record_bytes(data | changes, f"The bridge of *{number}*.\n"))
    os.utime(path, (modified, modified))


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take what was written just now for old; nobody can set back when a file was last touched."""
    monkeypatch.setattr(files, "_MOMENT", 0)


def build(config: Config) -> BuildResult:
    return feeds.build(config, NOW)


def built_anew(config: Config, folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    feeds.build(config._replace(output=folder, cache=None), NOW)
    return tree(folder)


def records_of(config: Config) -> list[Record]:
    return list(feeds.read(config.source, config=config).records)


def test_the_folder_is_private_and_ignored_by_git_and_backups(config: Config) -> None:
    build(config)
    assert config.cache
    assert stat.S_IMODE(config.cache.stat().st_mode) == 0o700
    assert (config.cache / ".gitignore").read_text(encoding="utf-8") == "*\n"
    tag = (config.cache / "CACHEDIR.TAG").read_text(encoding="utf-8")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert list(config.cache.glob("index.sqlite-*")) == []


@pytest.mark.usefixtures("settled")
def test_a_warm_run_reads_only_what_has_changed(config: Config) -> None:
    assert build(config).origin.read == COUNT
    assert build(config).origin.read == 0
    write(config.source / "07.md", 7, modified=LONG_AGO + 1, title="Another bridge")
    (config.source / "08.md").unlink()
    write(config.source / "99.md", 99)
    done = build(config)
    assert done.origin.read == 2
    assert tree(config.output) == built_anew(config, config.output.parent / "anew")


def test_a_warm_run_renders_and_writes_only_what_has_changed(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    build(config)
    build(config)
    rendered: list[str] = []
    monkeypatch.setattr("feeds.publish.stage.load_items", lambda *_: rendered.append(""))
    monkeypatch.setattr("feeds.publish.render_files.table_content", lambda *_: rendered.append("") or [])
    monkeypatch.setattr("feeds.publish.output.transaction.Transaction.publish", lambda *_: rendered.append(""))
    assert all(not file.has_changed for file in build(config).files)
    assert rendered == []


def test_the_number_of_queries_does_not_grow_with_the_records(config: Config) -> None:
    def queries(fewer: int) -> int:
        for path in sorted(config.source.iterdir())[fewer:]:
            path.unlink()
        build(config)
        counted: list[str] = []
        with open_store(config, NOW) as store:
            store.index.connection.set_trace_callback(counted.append)
            selected = store.select(Selection(), NOW)
            list(selected[:5].records())
            selected.by_topic()
        return len(counted)

    assert queries(COUNT) == queries(10)


def test_a_file_that_only_looks_new_is_not_examined_again(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    build(config)
    for path in config.source.iterdir():
        path.touch()
    monkeypatch.setattr("feeds.store.rows.check_bytes", lambda *_: pytest.fail("examined again"))
    assert all(not file.has_changed for file in build(config).files)


@pytest.mark.usefixtures("settled")
def test_an_edit_that_leaves_size_and_time_is_noticed(config: Config) -> None:
    path = config.source / "07.md"
    build(config)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Bridge 7", b"Bridge X"))
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert path.stat().st_size == len(content)
    build(config)
    assert b"Bridge X" in (config.output / "all.rss").read_bytes()


def test_an_edit_within_the_same_tick_of_the_clock_is_noticed(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    path = config.source / "07.md"
    build(config)
    # What the system would tell if both edits came in one tick: the same times, size and inode.
    monkeypatch.setattr("feeds.store.refresh.fingerprint_of", lambda entry: marks[str(entry)])
    marks = {str(path): f"{(config.cache / 'lock').stat().st_mtime_ns} 0 100 1" for path in config.source.iterdir()}
    build(config)
    path.write_bytes(path.read_bytes().replace(b"Bridge 7", b"Bridge X"))
    build(config)
    assert b"Bridge X" in (config.output / "all.rss").read_bytes()


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "changed",
    [
        {"rules": {"empty-value": "error"}},
        {"topics": TopicConfig(aliases={"A.I.": "AI"})},  # which tells topics that are allowed, or the same
        {"language": "de"},  # which a name of a post may end with
    ],
)
def test_other_settings_make_another_index(config: Config, changed: dict[str, Any]) -> None:
    build(config)
    assert build(config).origin.read == 0
    assert build(config._replace(**changed)).origin.read == COUNT


def test_another_schema_makes_another_index(config: Config, tmp_path: Path) -> None:
    schema = tmp_path / "own.schema.json"
    schema.write_text('{"properties": {"quality": {"$ref": "number.json"}}}', encoding="utf-8")
    (tmp_path / "number.json").write_text('{"maximum": 100}', encoding="utf-8")
    strict = config._replace(schema=schema)
    assert build(strict).problems == ()
    (tmp_path / "number.json").write_text('{"maximum": 50}', encoding="utf-8")
    assert len(build(strict).problems) == COUNT - 51


def test_a_file_of_the_output_that_someone_changed_is_made_anew(config: Config) -> None:
    build(config)
    before = tree(config.output)
    (config.output / "all.rss").write_text("mine", encoding="utf-8")
    (config.output / "all.csv").unlink()
    changed = [file.path.name for file in build(config).files if file.has_changed]
    assert changed == ["all.rss", "all.csv"]
    assert tree(config.output) == before


def test_a_dry_run_leaves_the_output_to_the_next_run(config: Config) -> None:
    feeds.build(config, NOW, dry_run=True)
    assert all(file.has_changed for file in build(config).files)
    write(config.source / "07.md", 7, title="Another bridge")
    assert any(file.has_changed for file in feeds.build(config, NOW, dry_run=True).files)
    assert any(file.has_changed for file in build(config).files)


def test_a_record_comes_out_when_it_is_due_although_no_file_has_changed(config: Config) -> None:
    write(config.source / "07.md", 7, publishedDateTime="2031-01-01T00:00:00Z")
    assert build(config).next_due == datetime(2031, 1, 1, tzinfo=UTC)
    assert b"Bridge 7<" not in (config.output / "all.rss").read_bytes()
    feeds.build(config, NOW + timedelta(days=400))
    assert b"Bridge 7<" in (config.output / "all.rss").read_bytes()


def flip_a_bit(seed: int) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / "index.sqlite"
        content = bytearray(path.read_bytes())
        content[random.Random(seed).randrange(len(content))] ^= 1  # noqa: S311 - any place does
        path.write_bytes(content)

    return damage


def alter(*statements: str) -> Damage:
    def damage(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "index.sqlite")) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return damage


def overwrite(content: bytes, *names: str) -> Damage:
    def damage(folder: Path) -> None:
        for name in names:
            (folder / name).write_bytes(content)

    return damage


def remove(name: str) -> Damage:
    return lambda folder: (folder / name).unlink()


def put_folders_in_the_way(folder: Path) -> None:
    for name in ("index.seal", "lock"):
        (folder / name).unlink()
        (folder / name).mkdir()


def put_a_folder_in_place_of(name: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return damage


def put_a_file_in_the_way(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"mine")


DAMAGES = {
    **{f"bit-{seed}": flip_a_bit(seed) for seed in range(12)},
    "titles": alter("UPDATE line SET line = replace(line, 'Bridge', 'Fridge')"),
    "drafts": alter("UPDATE record SET is_published = 1"),
    "gone": alter("DELETE FROM record WHERE file = 3"),
    "truncated": lambda folder: os.truncate(folder / "index.sqlite", 5000),
    "empty": overwrite(b"", "index.sqlite", "index.seal"),
    "text": overwrite(b"no database at all\n" * 100, "index.sqlite", "index.seal"),
    "journal": overwrite(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(2000), "index.sqlite-journal"),
    "no-database": remove("index.sqlite"),
    "no-seal": remove("index.seal"),
    "nothing": shutil.rmtree,
    "folders": put_folders_in_the_way,
    "seal-is-a-folder": put_a_folder_in_place_of("index.seal"),
    "database-is-a-folder": put_a_folder_in_place_of("index.sqlite"),
    "a-file": put_a_file_in_the_way,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_costs_time_and_never_a_wrong_feed(config: Config, damage: Damage) -> None:
    build(config)
    assert config.cache
    damage(config.cache)
    write(config.source / "07.md", 7, title="Another bridge")
    build(config)
    assert tree(config.output) == built_anew(config, config.output.parent / "anew")


def test_the_index_of_another_folder_is_not_believed(config: Config, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(config.source, other)
    for path in other.iterdir():
        path.write_bytes(path.read_bytes().replace(b"Bridge", b"Fridge"))
        os.utime(path, (LONG_AGO, LONG_AGO))
    build(config._replace(source=other, output=tmp_path / "other-out"))
    build(config)
    assert tree(config.output) == built_anew(config, tmp_path / "anew")


def test_a_run_that_finds_the_index_in_use_does_without(config: Config) -> None:
    build(config)
    with open_store(config, NOW) as store, open_store(config, NOW) as meanwhile:
        assert store.origin.read in {0, COUNT}
        assert meanwhile.origin.read == COUNT
    assert build(config).problems == ()


def test_an_index_that_cannot_be_written_is_done_without(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(self: Index, *_: object) -> None:
        if next(iter(self.connection.execute("PRAGMA database_list")))[2]:
            raise sqlite3.OperationalError("database or disk is full")
        original(self, *_)

    original = Index.put
    monkeypatch.setattr(Index, "put", put)
    assert len(build(config).files) > 0
    assert tree(config.output) == built_anew(config, config.output.parent / "anew")


def test_an_interrupted_run_leaves_an_index_that_is_not_believed(config: Config) -> None:
    build(config)
    write(config.source / "07.md", 7, title="Another bridge")

    with pytest.raises(CouldNotRunError), open_store(config, NOW):
        raise CouldNotRunError("the lights went out")
    assert build(config).origin.read == COUNT
    assert tree(config.output) == built_anew(config, config.output.parent / "anew")


def test_no_query_sorts_all_records_or_looks_through_all_files(config: Config) -> None:
    with open_store(config, NOW) as store:
        queries, connection = list[str](), store.index.connection
        connection.set_trace_callback(queries.append)
        store.select(Selection(), NOW)
        store.future_updates(NOW)
        [*store.index.duplicates()]
        connection.set_trace_callback(None)
        steps = {row[3] for query in queries for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")}
    assert any("newest_first" in step for step in steps)
    assert not [step for step in steps if step.startswith("SCAN file") or "GROUP BY" in step]
    assert sum("ORDER BY" in step for step in steps) <= 1  # of the few duplicates and updates


def test_the_index_does_not_show_in_what_is_published_of_real_records(tmp_path: Path) -> None:
    source = tmp_path / "records"
    shutil.copytree(need(CORPUS), source)
    config = config_for(source, tmp_path / "out", cache=tmp_path / "cache")
    first = build(config)
    for path in sorted(source.rglob("*.md"))[::7]:
        path.write_bytes(path.read_bytes().replace(b"the", b"a"))
    second = build(config)
    assert first.problems != ()
    assert second.problems == feeds.build(config._replace(cache=None), NOW).problems
    anew = built_anew(config, tmp_path / "anew")
    assert {name: tree(config.output)[name] for name in anew} == anew


texts = st.text(max_size=20)
instants = st.datetimes(timezones=st.just(UTC))
durations = st.none() | st.integers(0, 10**6) | st.floats(0, 10**6)
enclosures = st.builds(Enclosure, url=texts, type=texts, length=st.none() | st.integers(), duration=durations)
providers = st.none() | st.builds(Person, name=texts, url=texts, avatar=texts)
records = st.builds(
    Record,
    id=texts,
    title=texts,
    link=texts,
    published=instants,
    updated=instants,
    topics=st.lists(texts, max_size=3).map(tuple),
    images=st.lists(st.builds(Image, url=texts, width=st.none() | st.integers()), max_size=2).map(tuple),
    enclosures=st.lists(enclosures, max_size=2).map(tuple),
    provider=providers,
    related=st.lists(
        st.builds(Related, title=texts, url=texts, published=st.none() | instants, author=providers), max_size=2
    ).map(tuple),
    body=texts,
    body_type=st.sampled_from(["markdown", "html"]),
    quality=st.none() | st.integers(),
    expires=st.none() | instants,
    is_published=st.booleans(),
)


@given(records)
def test_a_record_survives_packing(record: Record) -> None:
    assert unpack_record(pack_record(record)) == record


@given(
    st.lists(
        st.builds(
            Problem, path=texts, span=st.builds(Span), rule=texts, message=texts, route=st.tuples(texts, st.integers())
        )
    )
)
def test_problems_survive_packing(problems: list[Problem]) -> None:
    assert unpack_problems(pack_problems(problems)) == problems
    assert [problem.route for problem in unpack_problems(pack_problems(problems))] == [p.route for p in problems]


names = st.sampled_from(["Bridges", "bridges", "BRIDGES ", "Ferries", "Numbers"])
selections = st.builds(
    Selection,
    topics=st.lists(names, max_size=2).map(tuple),
    exclude_topics=st.lists(names, max_size=1).map(tuple),
    status=st.sampled_from(["published", "unpublished", "all"]),
    type=st.sampled_from(["", "video"]),
    since=st.none() | st.just(datetime(2020, 1, 9, tzinfo=UTC)),
    until=st.none() | st.just(datetime(2020, 1, 20, tzinfo=UTC)),
    min_quality=st.none() | st.just(30),
    limit=st.none() | st.integers(1, 9),
)


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Config:
    source = tmp_path_factory.mktemp("varied")
    for number in range(COUNT):
        kind = {"type": "video"} if number % 4 == 0 else {}
        same = {"webUrl": f"https://a.example/{number // 2}"} if number % 6 < 2 else {}
        gone = {"expires": "2020-01-20T00:00:00Z"} if number % 5 == 1 else {}
        write(source / f"{number}.md", number, **kind, **same, **gone)
    return config_for(source, source / "out")


@settings(deadline=None, max_examples=150)
@given(selection=selections, now=st.sampled_from([NOW, datetime(2020, 1, 15, tzinfo=UTC)]))
def test_the_store_selects_as_select_does(varied: Config, selection: Selection, now: datetime) -> None:
    aliases = {"Ferries": "Numbers"}
    known = records_of(varied)
    config = varied._replace(topics=varied.topics._replace(aliases=aliases))
    with open_store(config, now) as store:
        expected = select([with_topics(record, store.unified) for record in known], selection, now)
        assert list(store.select(selection, now).records()) == expected


def test_what_no_cache_gives_is_what_the_cache_gives(config: Config, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('source = "records"\noutput = "out"\n', encoding="utf-8")
    said = [run_feeds("build", cwd=tmp_path).stdout for _ in range(3)]
    with_cache = tree(config.output)
    assert said[1] == said[2] != said[0]
    assert (tmp_path / ".feeds_cache").is_dir()
    shutil.rmtree(tmp_path / ".feeds_cache")
    shutil.rmtree(config.output)
    assert run_feeds("build", "--no-cache", cwd=tmp_path).stdout == said[0]
    assert tree(config.output) == with_cache
    assert not (tmp_path / ".feeds_cache").exists()


def test_only_records_with_a_body_have_one_to_render(config: Config) -> None:
    write(config.source / "none.md", COUNT + 1)
    whole = (config.source / "none.md").read_bytes()
    (config.source / "none.md").write_bytes(whole.partition(b"The bridge")[0])
    with open_store(config, NOW) as store:
        records = store.select(Selection(), NOW)
        bodies = [record.body for _, record in unrendered([records, records], store.index)]
    assert len(bodies) == len(records) - 1
    assert all(bodies)
