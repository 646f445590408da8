"""The page about the health of feeds: its numbers are right, all of it is in tables, and it is safe to open."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from support import record_bytes, run_feeds

from feeds.cli.kept_files import refuse_place
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError, Problem, Span
from feeds.diagnostics.rules import Severity
from feeds.health.page import decimal, issues_of, render_health
from feeds.health.report import (
    SHOWN,
    FeedHealth,
    FileCounts,
    FileHealth,
    Health,
    ItemRef,
    Lack,
    Spelling,
    Tally,
    TopicWithoutFeed,
    lacks_of,
    tallies_by_file,
    tallies_by_rule,
)
from feeds.health.rhythm import Rhythm, calendar_of, rhythm_of
from feeds.locations import location_of
from feeds.publish.output.target import target_at

NOW = datetime(2024, 6, 1, tzinfo=UTC)
EVIL = "<script>alert('&')</script>"
ITEM = ItemRef("news/one.md", "One", datetime(2024, 5, 1, tzinfo=UTC))


def on(*days: str) -> list[datetime]:
    return [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in days]


def problem(path: str, rule: str, severity: Severity) -> Problem:
    return Problem(path, Span(), rule, "message", severity=severity)


def feed_health(name: str, instants: list[datetime], *files: FileHealth) -> FeedHealth:
    calendar = calendar_of(on("2024-03-04", "2024-05-01"))
    return FeedHealth(name, f"Feed {name}", rhythm_of(instants), calendar.bars(instants), files)


def health(**changes: object) -> Health:
    everything = feed_health(
        "all",
        on("2024-03-04", "2024-03-05", "2024-04-25", "2024-05-01"),
        FileHealth("all.rss", "rss", 310_017, 250_000),
        FileHealth("all.csv", "csv", 910_019),
    )
    plain = Health(
        title="Harbour news",
        now=NOW,
        selected=(),
        calendar=calendar_of(on("2024-03-04", "2024-05-01")),
        feeds=(everything,),
        file_counts=FileCounts(4, 21, NOW + timedelta(days=3), 22, 23, 24, 25),
        newest=ITEM,
        oldest=ITEM,
        lacks=(Lack("image", 3, (ITEM,)), Lack("topic", 0, ())),
        topics_without_feed=(TopicWithoutFeed("Fog", 31, "named under exclude"),),
        single_topics=("Rain",),
        spellings=(Spelling("fog", "Fog", 32, is_alias=False), Spelling("mist", "Fog", 33, is_alias=True)),
        rules=(Tally("bad-url", 41, 0, 0), Tally("empty-url", 0, 42, 43)),
        files=(Tally("news/two.md", 44, 45, 46),),
    )
    return plain._replace(**changes)  # type: ignore[arg-type]  # the tests name fields


def page(shown: Health) -> HtmlElement:
    return document_fromstring(render_health(shown).decode())


def cells(tree: HtmlElement, caption: str) -> list[list[str]]:
    """Return the text of the table's cells, row by row."""
    (table,) = (found for found in tree.iter("table") if caption in found.findtext("caption"))
    rows = (row for part in table for row in part.iter("tr") if part.tag in {"tbody", "tfoot"})
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_a_rhythm_is_told_by_the_gaps_between_items() -> None:
    rhythm = rhythm_of(on("2024-05-11", "2024-05-01", "2024-05-02", "2024-05-05"))
    assert (rhythm.items, rhythm.oldest, rhythm.newest) == (4, *on("2024-05-01", "2024-05-11"))
    assert rhythm.median_days == 3
    assert rhythm.longest
    assert (rhythm.longest.days, rhythm.longest.began) == (6, *on("2024-05-05"))
    assert rhythm.items_a_week == pytest.approx(2.1)
    assert rhythm.days_since(NOW) == 21
    assert rhythm.is_longest_silence(NOW)
    assert not rhythm.is_longest_silence(datetime(2024, 5, 17, tzinfo=UTC))


def test_one_item_and_none_have_no_rhythm() -> None:
    assert rhythm_of([]) == Rhythm(0)
    alone = rhythm_of(on("2024-05-01"))
    assert (alone.median_days, alone.longest, alone.items_a_week) == (None, None, None)
    assert not alone.is_longest_silence(NOW)


def test_items_of_half_a_year_are_counted_by_week() -> None:
    instants = on("2024-04-29", "2024-05-05T23:59:59", "2024-05-06", "2024-05-20")
    bars = calendar_of(instants).bars(instants)
    assert [(bar.label, bar.number) for bar in bars] == [
        ("2024-04-29", 2),
        ("2024-05-06", 1),
        ("2024-05-13", 0),
        ("2024-05-20", 1),
    ]


def test_items_of_more_are_counted_by_month_for_three_years() -> None:
    instants = on("2010-01-01", "2021-06-01", "2023-12-31", "2024-01-01", "2024-05-31")
    bars = calendar_of(instants).bars(instants)
    assert len(bars) == 36
    assert (bars[0].label, bars[-1].label) == ("2021-06", "2024-05")
    assert {bar.label: bar.number for bar in bars if bar.number} == {
        "2021-06": 1,
        "2023-12": 1,
        "2024-01": 1,
        "2024-05": 1,
    }


def test_no_items_make_no_bars() -> None:
    assert calendar_of([]).bars([]) == []


@pytest.mark.parametrize(
    ("size", "budget", "percent", "is_too_large"),
    [(500, 1000, 50, False), (1000, 1000, 100, False), (1001, 1000, 101, True), (None, 1000, None, False)],
)
def test_a_file_takes_a_share_of_its_budget(
    size: int | None, budget: int, percent: int | None, *, is_too_large: bool
) -> None:
    file = FileHealth("all.rss", "rss", size, budget)
    assert (file.percent, file.is_too_large) == (percent, is_too_large)


def test_a_file_without_a_budget_is_never_too_large() -> None:
    assert not FileHealth("all.csv", "csv", 10**9).is_too_large


def test_what_items_lack_is_counted_and_the_newest_are_named() -> None:
    items = [ITEM._replace(path=f"{number}.md") for number in range(SHOWN + 5)]
    lacking = [(item, ["image", "topic"] if item.path == "3.md" else ["image"]) for item in items]
    image, excerpt, topic = lacks_of(("image", "excerpt", "topic"), lacking)
    assert (image.items, list(image.newest)) == (SHOWN + 5, items[:SHOWN])
    assert (excerpt.items, excerpt.newest) == (0, ())
    assert (topic.items, topic.newest) == (1, (items[3],))


def test_problems_are_counted_by_rule_and_by_file() -> None:
    problems = [
        problem("a.md", "empty-url", "warning"),
        problem("a.md", "empty-url", "warning"),
        problem("b.md", "empty-url", "info"),
        problem("b.md", "bad-url", "error"),
        *(problem(f"{number:02}.md", "untrimmed-text", "info") for number in range(20)),
    ]
    assert tallies_by_rule(problems) == (
        Tally("bad-url", 1, 0, 0),
        Tally("empty-url", 0, 2, 1),
        Tally("untrimmed-text", 0, 0, 20),
    )
    files = tallies_by_file(problems)
    assert len(files) == 10
    assert files[:3] == (Tally("b.md", 1, 0, 1), Tally("a.md", 0, 2, 0), Tally("00.md", 0, 0, 1))


@pytest.mark.parametrize(
    ("amount", "shown"), [(None, "–"), (0, "0"), (0.374, "0.37"), (1, "1.0"), (9.96, "10.0"), (1291.4, "1,291")]
)
def test_amounts_are_as_exact_as_they_are_small(amount: float | None, shown: str) -> None:
    assert decimal(amount) == shown


def test_every_number_is_in_a_table() -> None:
    tree = page(health())
    assert cells(tree, "Items per week")[0] == ["2024-03-04", "2"]
    (row,) = cells(tree, "The items of each feed")
    assert row[:2] == ["Feed all all", "4"]
    assert row[3:] == ["2024-03-04", "2024-05-01", "31", "6.0", "0.36", "51 from 2024-03-05"]
    assert cells(tree, "Size of each published file") == [["Feed all all", "310,017 too large: 125 %", "910,019"]]
    assert cells(tree, "Published items that lack") == [["image", "3", "75.0 %", ""], ["topic", "0", "0.0 %", ""]]
    assert cells(tree, "Their items are in") == [["Fog", "31", "named under exclude"]]
    assert [row[:3] for row in cells(tree, "In all records, whether")] == [["fog", "32", "Fog"], ["mist", "33", "Fog"]]
    assert [row[1] for row in cells(tree, "Files in the source")] == ["4", "21", "22", "23", "24", "25", "119"]
    assert cells(tree, "By rule") == [
        ["bad-url", "41", "0", "0"],
        ["empty-url", "0", "42", "43"],
        ["All", "41", "42", "43"],
    ]
    assert cells(tree, "Files with the most problems") == [["news/two.md", "44", "45", "46"]]


def test_errors_are_named_before_warnings() -> None:
    empty = feed_health("fog", [], FileHealth("fog.rss", "rss", None, 250_000))
    shown = health(feeds=(*health().feeds, empty))
    assert [(issue.severity, issue.text) for issue in issues_of(shown)] == [
        ("error", "1 file larger than the budget: all.rss"),
        ("error", "25 files held back by errors"),
        ("error", "1 feed without any item: Feed fog"),
        ("warning", "1 file not built yet: fog.rss"),
        ("warning", "3 items without an image"),
        ("warning", "42 warnings"),
    ]


def test_a_page_without_issues_says_so() -> None:
    everything = health().feeds[0]._replace(files=(FileHealth("all.rss", "rss", 10, 20),))
    well = health(feeds=(everything,), file_counts=FileCounts(4), lacks=(), rules=(), files=())
    assert issues_of(well) == []
    assert "None.</span> No file is too large" in render_health(well).decode()


def test_a_page_of_nothing_is_still_a_page() -> None:
    nothing = health().feeds[0]._replace(rhythm=Rhythm(0), bars=())
    bare = health(feeds=(nothing,), newest=None, oldest=None, file_counts=FileCounts(), rules=(), files=())
    assert [row[1] for row in cells(page(bare), "Files in the source")] == ["0"] * 7


def test_all_text_is_escaped() -> None:
    item = ITEM._replace(title=EVIL, path=EVIL)
    shown = health(
        title=EVIL,
        selected=(EVIL,),
        feeds=(health().feeds[0]._replace(title=EVIL, name=EVIL),),
        newest=item,
        oldest=item,
        lacks=(Lack("image", 1, (item,)),),
        topics_without_feed=(TopicWithoutFeed(EVIL, 1, EVIL),),
        single_topics=(EVIL,),
        spellings=(Spelling(EVIL, EVIL, 1, is_alias=True),),
        rules=(Tally(EVIL, 1, 1, 1),),
        files=(Tally(EVIL, 1, 1, 1),),
    )
    tree = page(shown)
    assert list(tree.iter("script")) == []
    assert tree.text_content().count(EVIL) >= 15


def test_a_page_loads_nothing_and_forbids_it() -> None:
    text = render_health(health()).decode()
    tree = document_fromstring(text)
    assert [value for value in tree.xpath("//@href | //@src | //@srcset | //@action") if value[0] != "#"] == []
    assert not re.search(r"url\(|@import|https?:", text)
    context = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert context.startswith("default-src 'none';")


def test_a_page_is_well_formed() -> None:
    parser = HTMLParser()
    etree.fromstring(render_health(health()), parser)
    # libxml2 knows no element that came after HTML 4, such as nav and svg.
    assert [entry.message for entry in parser.error_log if entry.type_name != "HTML_UNKNOWN_TAG"] == []


def test_a_page_can_be_read_out() -> None:
    tree = page(health())
    assert [table for table in tree.iter("table") if not table.findtext("caption")] == []
    assert [cell for cell in tree.iter("th") if cell.get("scope") not in {"col", "row"}] == []
    assert [chart for chart in tree.iter("svg") if not (chart.get("aria-hidden") or chart.findtext("title"))] == []
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target.removeprefix("#") for target in tree.xpath("//@href")} <= set(ids)


Run = Callable[..., CompletedProcess[bytes]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Give a small repository of records, and a way to run the program in it."""
    records = tmp_path / "records"
    records.mkdir()

    def write(name: str, day: str, **data: object) -> None:
        front = {"title": name, "webUrl": f"https://a.example/{name}", "publishedDateTime": f"{day}T08:00:00Z"}
        (records / f"{name}.md").write_bytes(record_bytes(front | data))

    write("whole", "2024-05-01", topics=["Sea"], excerpt="All.", images=[{"url": "https://a.example/1.png"}])
    write("evil", "2024-05-11", topics=["sea", "Mist"], title=EVIL, provider={"name": "Ann", "domain": "a.example"})
    write("sea", "2024-05-21", topics=["Sea", "Fog"])
    write("bare", "2024-05-22")
    write("waits", "2024-07-01", topics=["Sea"])
    write("later", "2024-08-01")
    write("over", "2024-01-01", expires="2024-02-01T00:00:00Z")
    write("hidden", "2024-01-01", published=False)
    write("wrong", "2024-01-01", webUrl="not an address")
    settings = '[topics]\nexclude = ["Fog"]\naliases = { "Mist" = "Weather" }\n'
    (tmp_path / "feeds.toml").write_text(f'source = "records"\n{settings}', encoding="utf-8")
    return lambda *words: run_feeds(*words, "--now", "2024-06-01", cwd=tmp_path)


def report(run: Run, folder: Path, *words: str) -> HtmlElement:
    done = run("health", "--report", "report.html", *words)
    assert done.stdout == b"wrote report.html\n", done.stderr
    return document_fromstring((folder / "report.html").read_bytes().decode())


def test_problems_are_told_beside_the_page(run: Run) -> None:
    listed, done = run("topics"), run("health", "-o", "report.html")
    assert (listed.stderr, listed.returncode) == (done.stderr, done.returncode)
    assert b"[bad-url]" in done.stderr


def test_a_page_has_a_name_of_its_own_where_none_is_given(run: Run, tmp_path: Path) -> None:
    assert run("health").stdout == b"wrote health.html\n"
    assert (tmp_path / "health.html").is_file()


def test_the_same_records_make_the_same_page(run: Run, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        run("health", "--report", name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_the_page_tells_what_becomes_of_each_file(run: Run, tmp_path: Path) -> None:
    rows = cells(report(run, tmp_path), "Files in the source")
    assert rows == [
        ["Published", "4", ""],
        ["Scheduled next due 2024-07-01 08:00 UTC", "2", ""],
        ["Expired", "1", ""],
        ["Unpublished", "1", ""],
        ["Not selected", "0", ""],
        ["Held back by errors", "1", ""],
        ["All", "9", ""],
    ]


def test_the_page_tells_what_items_lack(run: Run, tmp_path: Path) -> None:
    tree = report(run, tmp_path)
    assert [row[:2] for row in cells(tree, "Published items that lack")] == [
        ["image", "3"],
        ["excerpt", "3"],
        ["topic", "1"],
        ["provider", "3"],
    ]
    without_image = next(found for found in tree.iter("details") if "image" in found.findtext("summary"))
    assert [row.text for row in without_image.iter("code")] == [
        f"records/{name}.md" for name in ("bare", "sea", "evil")
    ]


def test_the_page_tells_what_becomes_of_topics(run: Run, tmp_path: Path) -> None:
    tree = report(run, tmp_path)
    assert cells(tree, "Their items are in") == [["Fog", "1", "named under exclude"]]
    assert [name.text for name in tree.xpath("//ul[@class='names']/li")] == ["Fog", "Weather"]
    assert cells(tree, "In all records, whether") == [
        ["sea", "1", "Sea", "another spelling is used more"],
        ["Mist", "1", "Weather", "alias in the configuration"],
    ]


def test_sizes_are_those_of_what_was_built(run: Run, tmp_path: Path) -> None:
    assert set(cells(report(run, tmp_path), "Size of each")[0][1:]) == {"not built yet"}
    run("build")
    (row,) = (row for row in cells(report(run, tmp_path), "Size of each") if row[0] == "Sea topics/sea")
    sizes = [
        (tmp_path / "public" / "topics" / f"sea.{suffix}").stat().st_size
        for suffix in ("rss", "atom", "json", "csv", "html")
    ]
    assert [cell.split()[0] for cell in row[1:]] == [f"{size:,}" for size in sizes]


@pytest.mark.parametrize("kind", ["folder", "memory"])
def test_the_size_of_a_file_is_known_wherever_it_lies(tmp_path: Path, kind: str) -> None:
    if kind == "memory":
        pytest.importorskip("fsspec", reason="fsspec is missing: pip install 'feeds[test]'")
    output = location_of(f"memory://{tmp_path.name}") if kind == "memory" else tmp_path / "out"
    content = tmp_path / "content"
    content.write_bytes(b"four")
    target = target_at(Config(output=output))
    target.prepare("all.rss", content)
    target.put("all.rss", content, "application/rss+xml")
    assert (target.size("all.rss"), target.size("all.atom")) == (4, None)


def test_a_selection_narrows_the_page(run: Run, tmp_path: Path) -> None:
    tree = report(run, tmp_path, "--topic", "fog", "--since", "2024-05-01")
    assert [row[1] for row in cells(tree, "Files in the source")] == ["1", "0", "0", "0", "7", "1", "9"]
    assert "Selection: topics fog; since 2024-05-01 00:00:00+00:00" in tree.text_content()


@pytest.mark.parametrize(("status", "counts"), [("unpublished", [1, 0, 0, 0, 7, 1]), ("all", [5, 2, 1, 0, 0, 1])])
def test_unpublished_records_can_be_looked_at(run: Run, tmp_path: Path, status: str, counts: list[int]) -> None:
    rows = cells(report(run, tmp_path, "--status", status), "Files in the source")
    assert [int(row[1]) for row in rows] == [*counts, 9]


@pytest.mark.parametrize(("name", "reason"), [("-", "is written to a file"), ("records", "records is a folder")])
def test_a_page_needs_a_file(run: Run, name: str, reason: str) -> None:
    done = run("health", "--report", name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert reason in " ".join(done.stderr.decode().split())


def test_a_page_is_not_put_among_the_records(run: Run, tmp_path: Path) -> None:
    done = run("health", "--report", "records/report.html")
    assert done.returncode == 3
    assert b"it would be taken for a record" in done.stderr
    assert not (tmp_path / "records" / "report.html").exists()


@pytest.mark.parametrize(
    ("source", "output", "name"), [(".", ".", "a.html"), ("in/out", "in", "in/out/a.HTML"), ("a.md", "out", "a.md")]
)
def test_what_would_be_read_as_a_record_is_no_place_for_a_page(source: str, output: str, name: str) -> None:
    with pytest.raises(CouldNotRunError):
        refuse_place(Path(name), Config(source=Path(source), output=Path(output)), None)


@pytest.mark.parametrize(
    ("source", "output", "name"),
    [
        *((".", "out", "out/a.html"), (".", "out", "a.xhtml"), ("in", "out", "a.html"), ("in", "out", "in/.x/a.html")),
        ("in", "out", "in/pages/a.html"),
    ],
)
def test_what_would_not_be_read_is_a_place_for_a_page(source: str, output: str, name: str) -> None:
    refuse_place(Path(name), Config(source=Path(source), output=Path(output), exclude=("/pages/",)), None)
