"""Convert feeds of all formats from the command line: what comes, what is told, and what is refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

import pytest
from support import REPOSITORY, record_bytes

from feeds.cli import screen
from feeds.cli.main import main
from feeds.lint import lint
from feeds.model.item import Text
from feeds.parsers import Parsed, parse
from feeds.publish.conversion import loss_report

sys.path.append(str(REPOSITORY / "tests" / "sources"))

from web_server import Answer, WebServer, serving, status

RSS = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:tide="https://t.example/"><channel>
<title>Harbour</title><link>https://h.example/</link><description>News</description>
<item><title>One</title><link>https://h.example/1</link><guid>https://h.example/1</guid>
<pubDate>Mon, 01 Jan 2024 10:00:00 +0100</pubDate><category>Bridges</category>
<media:content url="https://h.example/1.jpg" medium="image"><media:credit>Eve</media:credit></media:content></item>
<item><title>Two</title><link>https://h.example/2</link><guid isPermaLink="false">2</guid>
<pubDate>Tue, 02 Jan 2024 10:00:00 GMT</pubDate><comments>https://h.example/2#c</comments><tide:low>3</tide:low></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title><id>urn:coast</id><updated>2024-01-03T00:00:00Z</updated>
<link href="https://c.example/"/><author><name>Ann</name></author>
<entry><title>Three</title><id>urn:c:3</id><updated>2024-01-03T00:00:00Z</updated><link href="https://c.example/3"/></entry>
<entry><title>One again</title><id>urn:c:1</id><updated>2024-01-01T00:00:00Z</updated><link href="HTTPS://h.example:443/1"/>
</entry></feed>
"""


class Done(NamedTuple):
    status: int
    stdout: bytes
    stderr: str

    @property
    def parsed(self) -> Parsed:
        return parse(self.stdout)

    @property
    def titles(self) -> list[str]:
        return [item.title for item in self.parsed.feed.items]


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run the program in this process, in a folder with two feeds."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "h.rss").write_text(RSS)
    (tmp_path / "c.atom").write_text(ATOM)

    def done(*words: object, stdin: bytes = b"") -> Done:
        out, err = TextIOWrapper(BytesIO(), "utf-8"), TextIOWrapper(BytesIO(), "utf-8")
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        monkeypatch.setattr(sys, "argv", ["feeds", "convert", *map(str, words)])
        monkeypatch.setattr(screen, "_is_quiet", False)
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        else:
            code = 0
        out.flush()
        err.flush()
        return Done(code, out.buffer.getvalue(), err.buffer.getvalue().decode())

    return done


@pytest.mark.parametrize("target", ["rss", "atom", "json", "csv"])
@pytest.mark.parametrize("source", ["h.rss", "c.atom"])
def test_any_feed_becomes_any_other(run: Run, source: str, target: str) -> None:
    done = run(source, "--to", target)
    assert done.status == 0
    assert done.parsed.format == target
    assert done.titles == [item.title for item in parse(Path(source).read_bytes()).feed.items]


def test_a_page_is_made_of_a_feed(run: Run) -> None:
    assert b"<h1" in run("h.rss", "--to", "html").stdout


def test_a_feed_is_told_by_its_content_and_not_by_its_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text(ATOM)
    assert run("odd.txt", "--to", "rss").titles == ["Three", "One again"]


def test_standard_input_is_a_feed(run: Run) -> None:
    assert run("-", "--to", "json", stdin=RSS.encode()).titles == ["One", "Two"]


def test_what_is_lost_is_told_with_its_place_and_number(run: Run) -> None:
    done = run("h.rss", "--to", "csv")
    assert done.status == 0
    assert "h.rss:5:1: lost media:content x1 [lost]" in done.stderr
    assert "h.rss:5:61: lost media:credit x1 [lost]" in done.stderr
    assert "h.rss:7:49: lost comments x1 [lost]" in done.stderr
    assert "h.rss:7:91: lost tide:low x1 [lost]" in done.stderr


HEAD = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><link>https://h.example/</link>
<description>D</description><atom:link href="https://h.example/a" rel="self"/>
<atom:link href="https://h.example/l" rel="license"/>
<image><url>https://h.example/i.png</url><title>T</title><link>https://h.example/</link></image>
<ttl>60</ttl><item><title>One</title><link>https://h.example/1</link></item></channel></rss>
"""


def test_what_the_head_loses_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "head.rss").write_text(HEAD)
    lines = run("head.rss", "--to", "csv").stderr.splitlines()
    for place in ("2:29: lost feed url", "3:1: lost feed other link", "4:1: lost feed logo", "5:1: lost ttl"):
        assert f"head.rss:{place} x1 [lost]" in lines


SOURCES = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<item><title>One</title>
<dc:source>Paper</dc:source>
<atom:source><atom:rights>Theirs</atom:rights></atom:source>
</item><item><title>Two</title><description><![CDATA[<b>Tide</b>]]></description></item></channel></rss>
"""


def test_what_is_lost_is_told_where_it_is_and_not_where_its_name_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.rss").write_text(SOURCES)
    assert "s.rss:4:1: lost source atom:rights x1 [lost]" in run("s.rss", "--to", "json").stderr
    assert "s.rss:5:32: lost summary markup x1 [lost]" in run("s.rss", "--to", "csv").stderr


def test_a_page_of_a_feed_links_to_its_site_and_to_no_index(run: Run) -> None:
    page = run("h.rss", "--to", "html").stdout
    assert b'<a href="https://h.example/">Home page</a>' in page
    assert b"index.html" not in page


def test_nothing_is_told_where_nothing_is_lost(run: Run, tmp_path: Path) -> None:
    assert run("h.rss", "--to", "rss").stderr == ""
    editor = "<managingEditor>ed@h.example (Ed)</managingEditor><description>"
    (tmp_path / "h.rss").write_text(RSS.replace(">2</guid>", ">urn:h:2</guid>").replace("<description>", editor, 1))
    assert run("h.rss", "--to", "atom").stderr == ""
    assert run("c.atom", "--to", "atom").stderr == ""


BARE = """<rss version="2.0"><channel><title>Harbour</title><link>https://h.example/</link><description>News</description>
<item><title>One</title><media:content xmlns:media="http://search.yahoo.com/mrss/" url="https://h.example/1"/></item>
<item><title>Two</title><enclosure url="https://h.example/2.mp3" length="5"/></item>
<item><category>Untitled</category></item></channel></rss>
"""
ADDED = {
    "rss": ["2:1: enclosure type x2", "4:1: description x1"],
    "atom": ["1:1: author x1", "1:1: feed updated x1", "2:1: id x3", "2:1: updated x3"],
    "json": ["2:1: content x3", "2:1: enclosure type x2", "2:1: id x3"],
    "csv": ["2:1: id x3"],
}


@pytest.mark.parametrize("kind", ADDED)
def test_what_a_format_requires_is_added_and_told(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "bare.rss").write_text(BARE, encoding="utf-8")
    done = run("bare.rss", "--to", kind)
    lines = [f"bare.rss:{line.replace(': ', ': info: added ')} [added]" for line in ADDED[kind]]
    assert [line for line in done.stderr.splitlines() if "[added]" in line] == lines
    assert [problem for problem in lint(f"bare.{kind}", done.stdout) if problem.is_error] == []


@pytest.mark.parametrize(("style", "start"), [("json", "{"), ("github", "::warning file=h.rss"), ("sarif", "{")])
def test_losses_are_told_in_every_style(run: Run, style: str, start: str) -> None:
    done = run("h.rss", "--to", "json", "--format", style)
    assert done.stderr.startswith(start)
    assert "lost comments x1" in done.stderr
    if style != "github":
        assert json.loads(done.stderr)


def test_lossless_writes_nothing_if_something_was_not_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.rss").write_text(RSS.replace("<category>", '<category shelf="2">'), encoding="utf-8")
    told = "the attribute shelf of <category> is not kept [not-kept]"
    assert f"odd.rss:4:1: warning: {told}" in run("odd.rss", "-o", "out.rss").stderr
    assert run("odd.rss", "-o", "strict.rss", "--strict").status == 0  # nothing had to be repaired
    done = run("odd.rss", "-o", "other.rss", "--lossless")
    assert (done.status, (tmp_path / "other.rss").exists()) == (1, False)
    assert f"odd.rss:4:1: {told}" in done.stderr


LEFT_OUT = {
    "odd.json": '{"items": [{"id": "urn:a", "title": {"en": "T"}, "content_text": "C"}]}',
    "odd.rss": RSS.replace("<category>", '<category domain="a" domain="b">'),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_lossless_writes_nothing_if_a_value_is_left_out(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LEFT_OUT[name], encoding="utf-8")
    assert run(name, "--to", "json").status == 0
    for term in ("--lossless", "--strict"):
        done = run(name, "--to", "json", term)
        assert (done.status, done.stdout) == (1, b"")


def test_what_is_of_another_kind_but_read_is_not_lost(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text('{"items": [{"id": "urn:a", "title": 7, "content_text": "C", "tags": "a"}]}')
    assert run("odd.json", "--to", "json", "--lossless").titles == ["7"]


def test_lossless_writes_nothing_if_something_would_be_lost(run: Run, tmp_path: Path) -> None:
    done = run("h.rss", "-o", "out.json", "--lossless")
    assert done.status == 1
    assert "h.rss:7:49: lost comments x1 [lost]" in done.stderr
    assert not (tmp_path / "out.json").exists()
    assert "h.rss:6:57: lost id that is no URI x1 [lost]" in run("h.rss", "-o", "out.atom", "--lossless").stderr
    (tmp_path / "h.rss").write_text(RSS.replace(">2</guid>", ">urn:h:2</guid>"))
    assert run("h.rss", "-o", "out.atom", "--lossless").status == 0
    assert (tmp_path / "out.atom").exists()


def test_the_format_is_that_of_the_file(run: Run, tmp_path: Path) -> None:
    assert run("h.rss", "-o", "out.atom").stdout == b""
    assert parse((tmp_path / "out.atom").read_bytes()).format == "atom"


@pytest.mark.parametrize(
    "words",
    [
        ("h.rss", "-o", "out.atom", "--to", "rss"),
        ("h.rss", "-o", "out.xml"),
        ("h.rss", "-o", "out"),
        ("h.rss", "--to", "yaml"),
        ("h.rss", "--to", "rss", "-o", "."),
        ("h.rss", "--to", "rss", "--columns", "title"),
        ("h.rss", "--to", "rss", "--columns", "headline=Title"),
        ("-", "-", "--to", "rss"),
    ],
)
def test_a_mismatch_is_wrong_usage(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(*words).status == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.atom", "h.rss"]


def test_a_dash_is_standard_output_too(run: Run, tmp_path: Path) -> None:
    assert run("h.rss", "-o", "-", "--to", "JSON").parsed.format == "json"
    assert not (tmp_path / "-").exists()


def test_without_a_format_it_says_what_the_input_is(run: Run) -> None:
    assert run("h.rss").stdout.decode().splitlines() == [
        "format: RSS 2.0",
        "title: Harbour",
        "items: 2",
        "newest: 2024-01-02T10:00:00Z",
        "oldest: 2024-01-01T10:00:00+01:00",
        "holds: categories x1, images x1, comments x1, media:content x1, media:credit x1, tide:low x1",
    ]


def test_several_inputs_are_summed_up_one_by_one(run: Run) -> None:
    lines = run("h.rss", "c.atom").stdout.decode().splitlines()
    assert (lines[0], lines[1]) == ("h.rss:", "  format: RSS 2.0")
    assert "c.atom:" in lines


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (("--topic", "bridges"), ["One"]),
        (("--exclude-topic", "Bridges"), ["Two"]),
        (("--since", "2024-01-02"), ["Two"]),
        (("--until", "2024-01-01"), ["One"]),
        (("--limit", "1"), ["Two"]),
        (("--now", "2024-01-01T12:00:00Z"), ["One"]),
        (("--status", "unpublished"), []),
        (("--status", "all"), ["One", "Two"]),
        (("--min-quality", "1"), []),
        (("--type", "video"), []),
    ],
)
def test_selection_options_work_on_feeds(run: Run, words: tuple[str, ...], titles: list[str]) -> None:
    assert run("h.rss", "--to", "json", *words).titles == titles


def test_a_selection_that_leaves_out_everything_is_told(run: Run, tmp_path: Path) -> None:
    data = {"title": "Mine", "webUrl": "https://m.example/1", "publishedDateTime": "2024-01-02T12:00:00Z"}
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "one.md").write_bytes(record_bytes(data))
    assert "h.rss:1:1: info: of 2 items none is selected" in run("h.rss", "--to", "json", "--topic", "Tides").stderr
    assert "records:1:1: info: no record is selected" in run("records", "--to", "json", "--topic", "Tides").stderr
    assert "selected" not in run("h.rss", "c.atom", "--to", "json", "--since", "2024-01-03").stderr


def test_a_title_replaces_that_of_one_input_too(run: Run, tmp_path: Path) -> None:
    data = {"title": "Mine", "webUrl": "https://m.example/1", "publishedDateTime": "2024-01-02T12:00:00Z"}
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "one.md").write_bytes(record_bytes(data))
    for name in ("h.rss", "records"):
        assert run(name, "--to", "json", "--title", "Mine").parsed.feed.title == "Mine"


def test_losses_are_those_of_what_is_selected(run: Run) -> None:
    assert "comments" not in run("h.rss", "--to", "json", "--limit", "1", "--topic", "Bridges").stderr


def test_strict_refuses_what_was_mended(run: Run, tmp_path: Path) -> None:
    (tmp_path / "torn.rss").write_text(RSS.replace("Harbour", "Harbour & Sons"))
    done = run("torn.rss", "--to", "atom", "--strict")
    assert (done.status, done.stdout) == (1, b"")
    assert "torn.rss:2:" in done.stderr
    assert run("torn.rss", "--to", "atom").parsed.feed.title == "Harbour & Sons"


def test_several_feeds_are_one_with_each_item_once_newest_first(run: Run) -> None:
    done = run("h.rss", "c.atom", "--to", "atom")
    assert done.status == 0
    assert done.titles == ["Three", "Two", "One"]
    assert "c.atom:1:1: info: 1 item left out: the same id or address was there before" in done.stderr
    assert done.parsed.feed.title == "Harbour, Coast"
    sources = [item.source and item.source.title for item in done.parsed.feed.items]
    assert sources == ["Coast", "Harbour", "Harbour"]


def test_ids_that_mean_something_in_their_feed_only_are_not_mixed_up(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.rss").write_text(RSS.replace("h.example", "o.example").replace("Harbour", "Other"))
    assert sorted(run("h.rss", "other.rss", "--to", "json").titles) == ["One", "One", "Two", "Two"]


def test_the_text_of_a_repeated_item_is_told_if_it_is_another(run: Run, tmp_path: Path) -> None:
    (tmp_path / "same.rss").write_text(RSS)
    (tmp_path / "other.rss").write_text(RSS.replace("<title>Two", "<title>2"))
    assert "lost text" not in run("h.rss", "same.rss", "--to", "rss").stderr
    told = "other.rss:6:1: lost text of repeated item x1 [lost]"
    assert told in run("h.rss", "other.rss", "--to", "rss").stderr.splitlines()
    refused = run("h.rss", "other.rss", "--to", "rss", "--lossless")
    assert (refused.stdout, told in refused.stderr.splitlines()) == (b"", True)


def test_items_of_one_input_are_left_in_their_order(run: Run) -> None:
    assert run("h.rss", "--to", "rss").titles == ["One", "Two"]


def test_an_input_that_cannot_be_had_is_told_and_left_out(run: Run) -> None:
    done = run("h.rss", "gone.rss", "--to", "atom")
    assert (done.status, done.titles) == (1, ["One", "Two"])
    assert "gone.rss:1:1: no such file" in done.stderr
    strict = run("h.rss", "gone.rss", "--to", "atom", "--strict")
    assert (strict.status, strict.stdout) == (1, b"")


@pytest.mark.parametrize("words", [("gone.rss",), ("gone.rss", "--to", "atom")])
def test_the_only_input_has_to_be_there(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.status == 3
    assert "gone.rss: no such file" in done.stderr


def test_what_is_no_feed_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><html><body>x</body></html>")
    done = run("page.html", "--to", "rss")
    assert (done.status, done.stdout) == (1, b"")
    assert "[not-a-feed]" in done.stderr


def test_what_the_heads_of_several_feeds_lose_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "head.rss").write_text(HEAD)
    lines = run("head.rss", "h.rss", "--to", "rss").stderr.splitlines()
    for place in (
        "head.rss:2:1: lost feed description",
        "head.rss:4:1: lost feed logo",
        "h.rss:2:54: lost feed description",
    ):
        assert f"{place} x1 [lost]" in lines
    assert run("head.rss", "h.rss", "--to", "rss", "--lossless").stdout == b""


def test_authors_of_a_head_are_told_if_every_item_has_its_own(run: Run, tmp_path: Path) -> None:
    author = "<author><name>Ann</name></author>"
    head = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>\n{author}<entry><title>B</title>'
    (tmp_path / "own.atom").write_text(f"{head}{author}</entry></feed>")
    (tmp_path / "taken.atom").write_text(f"{head}</entry></feed>")
    told = run("own.atom", "taken.atom", "--to", "atom").stderr
    assert [line for line in told.splitlines() if "author" in line] == ["own.atom:2:1: lost feed author x1 [lost]"]


MERGED = {
    "a.rss": """<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>
<managingEditor>ed@a.example (Ed)</managingEditor>
<item><title>One</title><guid isPermaLink="false">1</guid></item></channel></rss>""",
    "b.atom": """<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title>
<id>urn:b</id><updated>2024-05-01T00:00:00Z</updated>
<entry><id>urn:b:1</id><title>Two</title></entry></feed>""",
    "c.json": '{"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": []}',
    "d.rss": """<rss version="2.0"><channel><title>D</title>
<item><title>Four</title><guid isPermaLink="false">urn:d:1</guid>
<source url="https://s.example/feed">S</source></item></channel></rss>""",
}
LOST_IN_A_MERGE = {
    "rss": ["a.rss:3:25: lost id that is no URI", "d.rss:1:29: lost feed title"],
    "json": ["a.rss:3:25: lost id that is no URI", "d.rss:1:29: lost feed title"],
    "csv": [
        *("a.rss:1:29: lost feed title", "a.rss:1:45: lost feed link", "a.rss:2:1: lost feed author email"),
        *("a.rss:3:25: lost id that is no URI", "b.atom:1:43: lost feed title", "b.atom:2:1: lost feed id"),
        *("b.atom:2:15: lost feed updated", "c.json:1:49: lost feed title", "d.rss:1:29: lost feed title"),
        "d.rss:3:1: lost source",
    ],
}


@pytest.mark.parametrize("target", LOST_IN_A_MERGE)
def test_what_a_merge_loses_is_what_is_nowhere_in_its_result(run: Run, tmp_path: Path, target: str) -> None:
    for name, document in MERGED.items():
        (tmp_path / name).write_text(document)
    done = run(*MERGED, "--to", target)
    lost = [line.removesuffix(" x1 [lost]") for line in done.stderr.splitlines() if "[lost]" in line]
    assert sorted(lost) == sorted(LOST_IN_A_MERGE[target])
    assert (b"urn:b" in done.stdout, b"Ed" in done.stdout) == (True, True)


def test_an_input_may_be_written_as_browsers_and_readers_do(run: Run, server: WebServer, tmp_path: Path) -> None:
    server.answers["/a"] = status(200, RSS.encode())
    (tmp_path / "a b.rss").write_text(RSS)
    path = f"{tmp_path}/a%20b.rss"
    for name in (f"file://{path}", f"FILE://localhost{path}", f"file:{path}", f"feed:{server.url}/a"):
        assert run(name, "--to", "json").titles == ["One", "Two"]
    assert run(server.url.replace("http:", "feed:") + "/a", "--to", "json").titles == ["One", "Two"]
    assert "no such file" in run("feed:h.rss", "--to", "json").stderr


OPML = """<opml version="2.0"><head><title>My list</title></head><body><outline text="Sea">
<outline type="rss" text="Harbour" xmlUrl="h.rss"/><outline type="rss" text="Coast" xmlUrl="c.atom"/></outline>
<outline type="rss" text="Gone" xmlUrl="gone.rss"/></body></opml>
"""


def test_a_list_stands_for_the_feeds_in_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(OPML)
    done = run("opml:list.opml", "--to", "json")
    assert (done.status, done.titles) == (1, ["Three", "Two", "One"])
    assert "list.opml:3:1: gone.rss: no such file" in done.stderr
    assert done.parsed.feed.title == "My list"
    assert run("opml:list.opml", "--to", "json", "--title", "Mine").parsed.feed.title == "Mine"
    assert run("opml:list.opml", "h.rss", "--to", "json").parsed.feed.title == "Harbour, Coast"


def test_what_a_server_sends_in_part_is_left_out(run: Run, server: WebServer, tmp_path: Path) -> None:
    server.answers["/a"] = status(200, RSS.encode()[:-20])
    (tmp_path / "list.opml").write_text(OPML.replace("gone.rss", f"{server.url}/a"))
    done = run("opml:list.opml", "--to", "json")
    assert (done.status, done.titles) == (1, ["Three", "Two", "One"])
    assert f"list.opml:3:1: {server.url}/a: the document is cut off" in done.stderr
    assert run(f"{server.url}/a", "--to", "json").status == 3


def test_the_source_of_an_entry_is_as_new_as_its_newest_item(run: Run) -> None:
    items = run("h.rss", "c.atom", "--to", "atom").parsed.feed.items
    updated = {item.source.title: item.source.updated for item in items if item.source}
    assert updated == {"Coast": datetime(2024, 1, 3, tzinfo=UTC), "Harbour": datetime(2024, 1, 2, 10, tzinfo=UTC)}


@pytest.mark.parametrize("target", ["rss", "atom", "json"])
def test_feeds_made_of_several_say_where_they_are_served(run: Run, target: str) -> None:
    run("h.rss", "c.atom", "-o", f"my planet.{target}", "--base-url", "https://p.example/feeds")
    feed = parse(Path(f"my planet.{target}").read_bytes()).feed
    assert (feed.link, feed.url) == ("https://p.example/feeds/", f"https://p.example/feeds/my%20planet.{target}")
    assert "[no-link]" in run("h.rss", "c.atom", "--to", "rss").stderr
    alone = run("h.rss", "--to", target, "--base-url", "https://p.example/").parsed.feed
    assert alone.link == "https://h.example/"


def test_a_list_without_feeds_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text('<opml version="2.0"><head/><body/></opml>')
    done = run("opml:list.opml", "--to", "json")
    assert (done.status, done.stderr) == (3, "feeds: list.opml: the list has no feeds; add outlines with an xmlUrl\n")


def test_a_list_in_a_list_is_told_and_left_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(OPML.replace("gone.rss", "list.opml"))
    done = run("opml:list.opml", "--to", "json")
    assert (done.status, done.titles) == (1, ["Three", "Two", "One"])
    assert "list.opml:3:1: list.opml: this is a list of feeds as well" in done.stderr


def test_a_list_from_the_web_reads_nothing_here(run: Run, server: WebServer, tmp_path: Path) -> None:
    for name in ("file:///etc/passwd", f"file://{tmp_path}/h.rss", "feed:h.rss"):
        server.answers["/list"] = status(200, OPML.replace("gone.rss", name).encode())
        server.answers["/h.rss"] = server.answers["/c.atom"] = status(200, RSS.encode())
        done = run(f"opml:{server.url}/list", "--to", "json")
        assert done.titles == ["Two", "One"]
        assert "nothing on this machine is read for a list from the web" in done.stderr


def test_a_list_alone_is_no_feed_but_a_list(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(OPML)
    done = run("list.opml", "--to", "rss")
    assert done.status == 2
    assert "opml:list.opml" in done.stderr
    again = run("list.opml", "c.atom", "-o", "new.opml")
    assert again.status == 0
    subscriptions = parse((tmp_path / "new.opml").read_bytes()).subscriptions
    assert [each.title for each in subscriptions] == ["Harbour", "Coast", "Gone"]


def test_records_and_feeds_are_one_feed_without_secrets(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    data = {"title": "Mine", "webUrl": "https://m.example/1", "publishedDateTime": "2024-01-02T12:00:00Z"}
    (tmp_path / "news" / "a.md").write_bytes(record_bytes(data | {"secured": "sesame-opens-it"}))
    done = run("news", "h.rss", "--to", "atom")
    assert (done.status, done.titles) == (0, ["Mine", "Two", "One"])
    (tmp_path / "h.rss").write_text(RSS.replace("Two", "sesame-opens-it"))
    leaking = run("news", "h.rss", "--to", "atom")
    assert (leaking.status, leaking.stdout) == (3, b"")


def test_a_folder_of_records_has_a_summary(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    data = {"title": "Mine", "webUrl": "https://m.example/1", "publishedDateTime": "2024-01-02T12:00:00Z"}
    (tmp_path / "news" / "a.md").write_bytes(record_bytes(data))
    assert run("news").stdout.decode().splitlines()[:2] == ["format: records", "items: 1"]


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving({"/feed": status(200, RSS.encode())}) as running:
        yield running


def test_an_address_is_fetched_and_where_it_leads_is_told(run: Run, server: WebServer) -> None:
    server.answers["/old"] = status(301, Location="/feed")
    done = run(f"{server.url}/old", "--to", "atom")
    assert (done.status, done.titles) == (0, ["One", "Two"])
    assert f"the document is at {server.url}/feed; name that address from now on" in done.stderr


@pytest.mark.parametrize("answer", [status(304), status(302)])
def test_an_answer_without_a_document_is_no_empty_feed(run: Run, server: WebServer, answer: Answer) -> None:
    server.answers["/odd"] = answer
    done = run(f"{server.url}/odd", "--to", "atom")
    assert (done.status, done.stdout) == (3, b"")
    assert "without a document or an address" in done.stderr


def test_a_page_tells_the_whole_address_of_its_feed(run: Run, server: WebServer) -> None:
    page = b"<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>"
    server.answers["/page"] = status(200, page)
    assert f"the page names the feed {server.url}/feed" in run(f"{server.url}/page").stderr


def test_an_address_that_fails_says_why(run: Run, server: WebServer) -> None:
    done = run(f"{server.url}/none", "--to", "atom")
    assert done.status == 3
    assert "the server answers 404" in done.stderr


def test_columns_of_a_table_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Headline,Where\nOne,https://h.example/1\n")
    done = run("t.csv", "--to", "rss", "--columns", "title=Headline,link=Where")
    assert [(item.title, item.link) for item in done.parsed.feed.items] == [("One", "https://h.example/1")]


@pytest.mark.parametrize("target", ["rss", "atom", "json"])
def test_a_feed_without_a_title_can_be_given_one(run: Run, tmp_path: Path, target: str) -> None:
    (tmp_path / "t.csv").write_text("title,link\nOne,https://h.example/1\n")
    assert "t.csv:1:1: warning: the feed has no title, which its format requires" in run("t.csv", "--to", target).stderr
    done = run("t.csv", "--to", target, "--title", "Mine")
    assert (done.parsed.feed.title, "no-title" in done.stderr) == ("Mine", False)


def test_a_feed_of_rss_without_a_link_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("title,link\nOne,https://h.example/1\n")
    assert "; give it one with --base-url [no-link]" in run("t.csv", "--to", "rss", "--title", "Mine").stderr
    assert "[no-link]" not in run("t.csv", "--to", "rss", "--base-url", "https://p.example/").stderr
    assert "[no-link]" not in run("t.csv", "--to", "atom", "--title", "Mine").stderr


def test_a_column_that_is_named_for_a_field_is_no_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("title,link,text\nOne,https://a.example/1,<p>All of it</p>\n")
    (item,) = run("t.csv", "--to", "atom", "--columns", "summary=text").parsed.feed.items
    assert (item.summary, item.content) == (Text("<p>All of it</p>"), None)


def test_terms_hold_for_records_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    data = {"title": "Mine", "webUrl": "https://m.example/1", "publishedDateTime": "2024-01-02T12:00:00Z"}
    (tmp_path / "news" / "a.md").write_bytes(record_bytes(data | {"quality": 3}))
    refused = run("news", "--to", "atom", "--lossless")
    assert (refused.status, refused.stdout) == (1, b"")
    assert "news/a.md:1:1: lost quality x1 [lost]" in refused.stderr
    assert run("news", "--to", "rss", "--strict").titles == ["Mine"]
    (tmp_path / "news" / "b.md").write_bytes(record_bytes({"title": "No date"}))
    strict = run("news", "--to", "rss", "--strict")
    assert (strict.status, strict.stdout) == (1, b"")


LOST_OF_A_RECORD = {
    "rss": ["provider x1", "author url x1", "published fraction x1"],
    "json": ["provider x1"],
    "csv": ["author x2", "content x1"],
    "html": ["provider x1", "content x1"],
}


@pytest.mark.parametrize("target", LOST_OF_A_RECORD)
def test_people_of_records_that_are_not_shown_are_told(run: Run, tmp_path: Path, target: str) -> None:
    (tmp_path / "news").mkdir()
    people = {"provider": {"name": "Quayside", "domain": "q.example"}, "authors": [{"name": "Ann"}, {"name": "Bob"}]}
    people["authors"][0]["url"] = "https://ann.example/"
    data = {"title": "Mine", "webUrl": "https://m.example/1", "publishedDateTime": "2024-01-02T12:00:00.250Z"}
    (tmp_path / "news" / "a.md").write_bytes(record_bytes(data | people, "Text"))
    done = run("news", "--to", target)
    assert [line for line in done.stderr.splitlines() if "[lost]" in line] == [
        f"news/a.md:1:1: lost {name} [lost]" for name in LOST_OF_A_RECORD[target]
    ]
    assert (b"Quayside" in done.stdout) == (target == "csv")


def test_authors_of_a_record_without_a_provider_are_in_a_table_but_for_their_addresses(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "news").mkdir()
    data = {"title": "Mine", "webUrl": "https://m.example/1", "publishedDateTime": "2024-01-02T12:00:00Z"}
    (tmp_path / "news" / "a.md").write_bytes(
        record_bytes(data | {"authors": [{"name": "Ann", "url": "https://a.example/"}]})
    )
    assert run("news", "--to", "csv").stderr == "news/a.md:1:1: lost author url x1 [lost]\n"


def test_what_records_lose_is_told_with_the_first_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    data = {"title": "Mine", "webUrl": "https://m.example/1", "publishedDateTime": "2024-01-02T12:00:00Z"}
    (tmp_path / "news" / "a.md").write_bytes(record_bytes(data | {"topics": ["Sea"], "quality": 3}))
    (tmp_path / "news" / "b.md").write_bytes(record_bytes(data | {"webUrl": "https://m.example/2", "quality": 4}))
    done = run("news", "--to", "rss", "--base-url", "https://m.example/")
    assert (done.status, done.stderr) == (0, "news/a.md:1:1: lost quality x2 [lost]\n")
    assert run("news", "--to", "csv", "--base-url", "https://m.example/").stderr == ""


def test_of_countless_kinds_of_losses_only_the_first_are_searched_for(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = {"id": "urn:a", "content_text": "a", **{f"_k{number}": number for number in range(99)}}
    document = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]})
    Path("many.json").write_text(document, encoding="utf-8")
    monkeypatch.setattr(loss_report, "_MOST_SEARCHED", 9 * len(document))
    lines = run("convert", "many.json", "--to", "rss", "--format", "text").stderr.splitlines()
    places = [line.partition(": lost _k")[0] for line in lines if ": lost _k" in line]
    assert (len(places), places[9:]) == (99, ["many.json:1:1"] * 90)
    assert "many.json:1:1" not in places[:9]


def test_items_of_one_feed_that_share_an_address_all_go_into_a_feed_of_several(run: Run, tmp_path: Path) -> None:
    page, titles = "<link>https://a.example/status</link>", {"a": ("One", "Two"), "b": ("Three",)}
    for name, those in titles.items():
        items = "".join(f"<item><title>{title}</title><guid>urn:a:{title}</guid>{page}</item>" for title in those)
        (tmp_path / f"{name}.rss").write_text(f"<rss><channel>{items}</channel></rss>", encoding="utf-8")
    done = run("convert", str(tmp_path / "a.rss"), str(tmp_path / "b.rss"), "--to", "json")
    assert [item["title"] for item in json.loads(done.stdout)["items"]] == ["One", "Two"]
