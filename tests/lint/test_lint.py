"""Hold `feeds lint` against small feeds with one mistake each, against what we publish, and against hostile files."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import CORPUS, REPOSITORY, SEEDS, SHARED_SEEDS, config_for, need, run_feeds, tree
from typer.testing import CliRunner
from write_expected import LINT, NOW, lint_files, lint_lines

import feeds
from feeds.cli.app import app
from feeds.diagnostics.rules import RULES, Rule
from feeds.diagnostics.text_report import problem_line
from feeds.formats import render
from feeds.lint import MAX_BYTES, MOST_PROBLEMS, lint
from feeds.lint.lint_rule import LINT_RULES
from feeds.parsers import parse
from feeds.publish.conversion.conversion_rules import CONVERSION_RULES
from feeds.xml_namespaces import ITUNES

CONVERTED = sorted((LINT / "converted").iterdir())
CLEAN = sorted((LINT / "clean").iterdir())
MADE_HERE = {"feed-size", "feed-too-large"}  # rules whose files would be too large to keep
OF_SERVERS = set(list(LINT_RULES)[list(LINT_RULES).index("http-status") :])  # test_serving.py has them
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
LONG_ENOUGH = 10  # seconds for a file of some megabytes; most take some tenths of one
FAST_ENOUGH = 0.15  # seconds for a feed of 50 items; it takes about a hundredth of one

of_every_file = pytest.mark.parametrize("path", lint_files(), ids=lambda path: path.name)


def rules_in(name: str, content: bytes) -> set[str]:
    return {problem.rule for problem in lint(name, content)}


def lines_of(outputs: dict[str, bytes]) -> list[str]:
    return [problem_line(problem) for name, content in outputs.items() for problem in lint(name, content)]


def rss_with(content: str) -> bytes:
    description = f"<item><title>A</title><description>{escape(content)}</description></item>"
    return DECLARATION + f'<rss version="2.0"><channel>{description}</channel></rss>'.encode()


@pytest.mark.parametrize("kind", ["rss", "atom", "json", "csv"])
@pytest.mark.parametrize("path", CONVERTED, ids=lambda path: path.name)
def test_what_a_feed_is_converted_to_has_no_problem_that_a_better_conversion_would_not_have(
    path: Path, kind: str
) -> None:
    parsed = parse(path.read_bytes())
    assert parsed.problems == ()
    problems = lint(
        f"all.{kind}", render(parsed.feed, kind), frozenset({"bare-source"})
    )  # RSS does not say more of one
    assert [*map(problem_line, problems)] == []


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a feed with an error and a warning, beside which the program runs."""
    monkeypatch.chdir(tmp_path)
    feed = (LINT / "clean" / "all.rss").read_bytes()
    feed = feed.replace(b"Lighthouse", b"Light&amp;amp;house").replace(b'height="480"', b'height="no"')
    Path("all.rss").write_bytes(feed)
    return "all.rss"


@cache
def built(source: Path, output: Path) -> dict[str, bytes]:
    feeds.build(config_for(source, output, hub="https://hub.example.net/", icon="https://example.net/i.png"), NOW)
    return tree(output)


def run_lint(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["lint", *arguments], catch_exceptions=False)


@of_every_file
def test_a_wrong_feed_gives_exactly_the_expected_lines(path: Path) -> None:
    expected = path.with_name(f"{path.name}.out").read_text(encoding="utf-8")
    assert lint_lines(path) == expected


@of_every_file
def test_the_expected_lines_are_of_one_rule_alone(path: Path) -> None:
    assert rules_in(path.name, path.read_bytes()) == {path.stem}


def test_every_rule_has_a_wrong_feed() -> None:
    assert {path.stem for path in lint_files()} | MADE_HERE | OF_SERVERS == set(LINT_RULES)


def test_every_expectation_has_its_feed() -> None:
    expectations = {path.name.removesuffix(".out") for path in LINT.glob("*.out")}
    assert expectations == {path.name for path in lint_files()}


def test_no_rule_has_the_name_of_a_rule_for_records() -> None:
    assert set(LINT_RULES) & set(RULES) == set()


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_a_right_feed_gives_nothing(path: Path) -> None:
    assert lint(path.name, path.read_bytes()) == []


@pytest.mark.parametrize("source", [SEEDS, SHARED_SEEDS, CORPUS], ids=["seeds", "shared-seeds", "corpus"])
def test_what_we_publish_gives_nothing(source: Path, tmp_path: Path) -> None:
    outputs = built(need(source), tmp_path)
    assert len(outputs) >= len(feeds.formats.FORMATS)
    assert lines_of(outputs) == []


def test_what_we_publish_of_odd_records_gives_no_error(tmp_path: Path) -> None:
    expected = tree(REPOSITORY / "tests" / "cases")
    outputs = {name: content for name, content in expected.items() if "/expected/" in name}
    outputs |= built(REPOSITORY / "tests" / "records" / "valid", tmp_path)
    assert len(outputs) > 50
    assert [line for line in lines_of(outputs) if ": warning: " not in line] == []


def test_a_json_feed_above_250_kb_is_told_so() -> None:
    feed = json.loads((LINT / "clean" / "all.json").read_bytes())
    feed["items"][1]["content_text"] = "late " * 50_000
    assert rules_in("all.json", json.dumps(feed).encode()) == {"feed-size"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("all.rss", rss_with("x" * 9_000_000)),
        ("all.rss", DECLARATION + b'<rss version="2.0">' + b"<a/>" * 260_000),
        ("all.json", b"[" + b"[]," * 3_000_000 + b"[]]"),
        ("all.csv", b"id,title\r\n" + b"1,2\r\n" * (MAX_BYTES // 5)),
    ],
    ids=["rss", "elements", "json", "csv"],
)
def test_what_is_too_large_is_told_so(name: str, content: bytes) -> None:
    assert rules_in(name, content) == {"feed-too-large"}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "unknown-format"),
        (b"\xef\xbb\xbf \n", "unknown-format"),
        (b"<!doctype html><title>Not found</title>", "unknown-format"),
        (b"<", "not-well-formed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000, "not-json"),
        (b'{"version": NaN}', "not-json"),
        (b"\xff\xfe{\x00}\x00", "bad-encoding"),
        (DECLARATION + b"<a>" * 100_000 + b"</a>" * 100_000, "xml-too-deep"),
        (DECLARATION.replace(b"UTF-8", b"unicode_escape") + b"<rss/>", "bad-encoding"),
        (DECLARATION.replace(b"UTF-8", b"klingon") + b"<rss/>", "bad-encoding"),
        (DECLARATION.replace(b"UTF-8", b"iso-8859-12") + b"<rss/>", "bad-encoding"),
        (DECLARATION.replace(b"UTF-8", b"utf16").decode().encode("utf-16-be") + b"\0<\0r\0/\0>", "bad-encoding"),
        (DECLARATION + b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>', "xml-doctype"),
        (DECLARATION + b'<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]><rss/>', "xml-doctype"),
        (DECLARATION + b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/"><rss>&a;</rss>', "xml-entity"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_hostile_file_gives_one_problem(content: bytes, rule: str) -> None:
    assert [problem.rule for problem in lint("all.xml", content)] == [rule]


@pytest.mark.parametrize("namespace", ["http://]/", "http://[", "//[::1", "a b", "http://www.w3.org/2005/Atom#"])
def test_a_namespace_can_be_any_text(namespace: str) -> None:
    rules = rules_in("all.rss", DECLARATION + f'<rss xmlns:a="{namespace}" version="2.0"/>'.encode())
    assert rules & {"unused-namespace", "misspelt-namespace"}


def test_entities_of_entities_are_never_written_out() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = DECLARATION + f'<!DOCTYPE r [<!ENTITY a0 "ha">{entities}]><rss>&a9;</rss>'.encode()
    began = time.process_time()
    assert rules_in("all.rss", bomb) == {"xml-doctype"}
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "markup",
    [
        "<b>" * 300_000,
        "<a href='" * 200_000,
        "<!--" * 500_000,
        "<table><tr>" * 50_000,
        "<" * 1_000_000,
        f"<p {' '.join(f'on{number}=1' for number in range(50_000))}>",
        f"<p style='{'position ' * 50_000}'>",
    ],
    ids=["depth", "quotes", "comments", "tables", "signs", "attributes", "style"],
)
def test_hostile_html_takes_little_time(markup: str) -> None:
    began = time.process_time()
    lint("all.rss", rss_with(markup))
    assert time.process_time() - began < LONG_ENOUGH


@pytest.mark.parametrize(
    "content",
    [b'a,b\r\n"' + b'""' * 2_000_000, b"," * 1_000_000, b"a,b\n" * 300_000, b'"' * 1_000_001],
    ids=["escapes", "commas", "rows", "quotes"],
)
def test_hostile_tables_take_little_time(content: bytes) -> None:
    began = time.process_time()
    assert lint("all.csv", content)
    assert time.process_time() - began < LONG_ENOUGH


def test_a_script_is_found_however_deep_it_lies() -> None:
    assert "security-risk" in rules_in("all.rss", rss_with("<b>" * 5000 + "<script>go()</script>"))


def test_a_comment_is_no_element() -> None:
    assert "security-risk" not in rules_in("all.rss", rss_with("<!-- <script>go()</script> --><p>A</p>"))


def test_semicolons_part_no_columns() -> None:
    assert rules_in("all.csv", b"name;age\r\nAnn;3\r\n") == {"csv-header"}


def test_a_blank_before_the_first_element_makes_no_utf_16() -> None:
    assert "other-encoding" not in rules_in("all.rss", b'\n<rss version="2.0"/>')


def test_utf8_without_a_hyphen_is_utf_8() -> None:
    content = DECLARATION.replace(b"UTF-8", b"utf8") + '<rss version="2.0"><channel>é</channel></rss>'.encode()
    assert not rules_in("all.rss", content) & {"not-well-formed", "bad-encoding", "other-encoding"}


def test_a_newsletter_with_elements_of_itunes_is_no_podcast() -> None:
    head = f'<rss xmlns:itunes="{ITUNES}" version="2.0"><channel><itunes:block>Yes</itunes:block><item>'
    for media_type, is_podcast in (("image/png", False), ("audio/mpeg", True)):
        file = f'<enclosure url="https://a.example/1" length="1" type="{media_type}"/></item></channel></rss>'
        assert ("podcast-part" in rules_in("all.rss", DECLARATION + f"{head}{file}".encode())) == is_podcast


def test_of_very_many_problems_the_first_are_told() -> None:
    items = b"<item><title>A</title></item>" * 3000
    assert 0 < len(lint("all.rss", b'<rss version="2.0"><channel>' + items + b"</channel></rss>")) <= MOST_PROBLEMS


def test_json_values_of_any_kind_are_no_surprise() -> None:
    def everywhere(value: Any) -> Iterator[bytes]:
        feed = json.loads((LINT / "clean" / "all.json").read_bytes())
        for key in feed:
            yield json.dumps(feed | {key: value}).encode()
        for key in ("id", "url", "content_html", "tags", "authors", "author", "attachments", "title", "date_published"):
            yield json.dumps(feed | {"items": [feed["items"][0] | {key: value}]}).encode()

    for value in (None, True, 7, 1.5, [], {}, [None], [[]], [{}], {"a": 1}, [{"url": 7, "mime_type": []}]):
        for content in everywhere(value):
            assert "not-json" not in rules_in("all.json", content)


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_a_torn_file_never_breaks_the_linter(path: Path) -> None:
    content = path.read_bytes()
    for end in range(0, len(content) - 2, 7):
        found = lint(path.name, content[:end])
        assert found or path.suffix == ".csv"


@given(data=st.data())
def test_no_change_of_a_few_bytes_breaks_the_linter(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(CLEAN))
    content = path.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(start + 40, len(content))))
    changed = content[:start] + data.draw(st.binary(max_size=8) | st.text(max_size=4).map(str.encode)) + content[end:]
    for problem in lint(path.name, changed):
        assert problem.rule in LINT_RULES
        assert problem.span.line >= 1
        assert problem.span.column >= 1


@pytest.mark.parametrize("suffix", ["rss", "atom", "json", "csv"])
def test_a_feed_of_fifty_items_takes_little_time(suffix: str, tmp_path: Path) -> None:
    for number in range(50):
        record = f"title: Story {number}\npublishedDateTime: 2024-04-01T08:00:00Z\nwebUrl: https://example.org/{number}"
        body = "It was *late*, says [the keeper](https://example.org/keeper) on 214 steps.\n\n" * 20
        (tmp_path / f"{number}.md").write_text(f"---\n{record}\n---\n{body}", encoding="utf-8")
    content, _ = feeds.convert(config_for(tmp_path, tmp_path / "out"), suffix, NOW)
    began = time.process_time()
    assert rules_in(f"all.{suffix}", content) == set()
    assert time.process_time() - began < FAST_ENOUGH


def test_the_command_prints_problems_and_their_count(wrong: str) -> None:
    result = run_lint(wrong, "--format", "text")
    assert result.exit_code == 1
    assert [line.rpartition(" ")[2] for line in result.stdout.splitlines()] == ["[escaped-twice]", "[media-size]"]
    assert all(line.startswith("all.rss:") for line in result.stdout.splitlines())
    assert result.stderr == "feeds: 1 error, 1 warning\n"


def test_quiet_shows_errors_alone(wrong: str) -> None:
    result = run_lint(wrong, "-q", "--format", "text")
    assert (result.exit_code, result.stderr) == (1, "")
    assert [line.rpartition(" ")[2] for line in result.stdout.splitlines()] == ["[media-size]"]


def test_warnings_alone_do_not_fail(wrong: str) -> None:
    Path(wrong).write_bytes(Path(wrong).read_bytes().replace(b'height="no"', b'height="1"'))
    assert run_lint(wrong).exit_code == 0


@pytest.mark.usefixtures("wrong")
def test_json_and_sarif_and_github_name_the_same_rules() -> None:
    report = json.loads(run_lint("all.rss", "--format", "json").stdout)
    assert [problem["rule"] for problem in report["problems"]] == ["escaped-twice", "media-size"]
    (run,) = json.loads(run_lint("all.rss", "--format", "sarif").stdout)["runs"]
    lines = {rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]}
    assert lines == {rule: LINT_RULES[rule].summary for rule in ("escaped-twice", "media-size")}
    lines = run_lint("all.rss", "--format", "github").stdout.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::warning", "::error"]


def test_right_feeds_give_no_output() -> None:
    result = run_lint(*map(str, CLEAN))
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    ("name", "reason"), [("none.rss", "the file cannot be read: there is no such file"), ("seeds", "this is a folder")]
)
def test_a_file_that_cannot_be_read_is_none_of_the_feeds_mistakes(name: str, reason: str) -> None:
    done = run_feeds("lint", name, cwd=REPOSITORY)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode().startswith(f"feeds: {name}: {reason}")


def test_no_file_is_wrong_usage() -> None:
    assert run_lint().exit_code == 2


@pytest.mark.parametrize(("name", "rules"), [("missing-self", LINT_RULES), ("lost", CONVERSION_RULES)])
def test_a_rule_of_feeds_is_told_in_a_line(name: str, rules: dict[str, Rule], tmp_path: Path) -> None:
    done = run_feeds("rule", name, cwd=tmp_path)
    assert done.stdout.decode() == f"{name}: {rules[name].severity}: {rules[name].summary}\n"


def test_a_whole_output_can_be_named_with_its_manifest(tmp_path: Path) -> None:
    feeds.build(config_for(SEEDS, tmp_path / "public"), NOW)
    names = [path.relative_to(tmp_path) for path in (tmp_path / "public").glob("*.*") if path.is_file()]
    assert Path("public/manifest.json") in names
    done = run_feeds("lint", *(name for name in names if not name.name.startswith(".")), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")


@pytest.mark.parametrize(
    "entry",
    [
        "<title>A</title>",
        "<title>A</title><source><title>Elsewhere</title></source>",
        "<title>A</title><author><name>Ann</name><email>at the pier</email></author>",
    ],
    ids=["without-content", "source-without-address", "author-without-address"],
)
def test_rss_that_is_made_of_atom_is_right(entry: str) -> None:
    updated = "<updated>2024-05-01T08:30:00Z</updated>"
    head = f'<id>urn:a</id><title>A</title>{updated}<link rel="self" href="https://a.example/f"/>'
    item = f"<entry><id>urn:b</id>{updated}{entry}</entry>"
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{item}</feed>'
    assert rules_in("all.rss", render(parse(atom.encode()).feed, "rss")) == set()


@pytest.mark.parametrize("format_name", ["rss", "atom"])
def test_a_podcast_declares_no_namespace_in_which_nothing_is(format_name: str) -> None:
    podcast = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    file = '<enclosure url="https://a.example/1.mp3" length="1" type="audio/mpeg"/>'
    item = f'<item><title>A</title>{file}<itunes:duration>31:02</itunes:duration><itunes:image href="https://a.example/1.jpg"/></item>'
    feed = parse(f'<rss version="2.0" {podcast}><channel><title>A</title>{item}</channel></rss>'.encode()).feed
    assert "unused-namespace" not in rules_in(f"all.{format_name}", render(feed, format_name))


def test_addresses_beyond_ascii_are_written_as_rss_has_them() -> None:
    own = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://a.example/f"/>'
    head = f"<title>A</title><link>https://zürich.example/</link><description/>{own}"
    item = "<title>A</title><guid>https://a.example/ä</guid><link>https://a.example/ä?q=ö</link>"
    file = '<enclosure url="https://a.example/é.mp3" length="1" type="audio/mpeg"/>'
    channel = f"{head}<item>{item}<comments>https://a.example/ä#é</comments>{file}</item>"
    document = render(parse(f'<rss version="2.0"><channel>{channel}</channel></rss>'.encode()).feed, "rss")
    assert rules_in("all.rss", document) == set()
    assert b"<link>https://xn--zrich-kva.example/</link>" in document
    assert b"<link>https://a.example/%C3%A4?q=%C3%B6</link>" in document
    assert "<guid>https://a.example/ä</guid>".encode() in document.replace(b' isPermaLink="true"', b"")


@pytest.mark.parametrize(
    ("format_name", "guid"),
    [("rss", "<guid>tag:a.example,2024:1</guid>"), ("atom", ""), ("csv", "<guid>https://a.example/1</guid>")],
)
def test_what_is_made_of_a_bare_item_is_right(format_name: str, guid: str) -> None:
    own = '<self:link xmlns:self="http://www.w3.org/2005/Atom" rel="self" href="https://a.example/f"/>'
    head = f"<title>A</title><link>https://a.example/</link><description/>{own}"
    channel = f"{head}<managingEditor>a@a.example (Ann)</managingEditor><item><title>A</title>{guid}</item>"
    feed = parse(f'<rss version="2.0"><channel>{channel}</channel></rss>'.encode()).feed
    assert rules_in(f"all.{format_name}", render(feed, format_name)) == set()


def test_ids_that_are_one_address_in_two_spellings_are_told() -> None:
    items = "".join(
        f"<item><title>A</title><guid>{guid}</guid></item>"
        for guid in ("http://a.example/", "http://A.example:80", "http://a.example/x")
    )
    feed = DECLARATION + f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    told = [problem.message for problem in lint("all.rss", feed) if problem.rule == "odd-spelling"]
    assert 'item 2 has the same id as item 1 in another spelling: "http://A.example:80"' in told
