"""`feeds validate`: what the given files share with others, rules switched, mending, and the short way to start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import run_feeds

Lines = Callable[..., list[str]]
NOW = ("--now", "2024-06-01T00:00:00Z")


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    def validate(*arguments: str | Path) -> list[str]:
        """Return the lines of standard output; there is an error among them if the program says so."""
        done = run_feeds("validate", *arguments, cwd=tmp_path)
        printed = done.stdout.decode().splitlines()
        graver = [line for line in printed if ": warning: " not in line and ": info: " not in line]
        assert done.returncode == (1 if graver else 0), done.stderr.decode()
        return printed

    return validate


def record(path: Path, url: str = "https://example.org/a", more: str = "", date: str = "2024-05-01T08:30:00Z") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: A\npublishedDateTime: {date}\nwebUrl: {url}\n{more}\n---\n", encoding="utf-8")
    return path


def settings(folder: Path, text: str) -> None:
    (folder / "feeds.toml").write_text(text, encoding="utf-8")


def test_a_given_file_is_compared_with_all_records_of_the_source(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "newer.md", date="2024-05-02T00:00:00Z")
    record(tmp_path / "seeds" / "other.md", url="https://example.org/b", more="type: wrong")
    given = record(tmp_path / "seeds" / "deep" / "older.md")
    (line,) = lines(given.relative_to(tmp_path))
    assert line.startswith("seeds/deep/older.md:4:9: warning: same article as seeds/newer.md, with other dates")


def test_a_given_copy_of_a_record_is_refused(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "other.md")
    given = record(tmp_path / "seeds" / "copy.md")
    (line,) = lines(given.relative_to(tmp_path))
    assert line.startswith("seeds/copy.md:4:9: duplicate id: already used by seeds/other.md; not published")


@pytest.mark.parametrize("given", [(), ("seeds/a-link.md",), ("seeds/a-link.md", "seeds/real.md")])
def test_a_link_is_a_copy_of_the_file_that_it_leads_to(tmp_path: Path, lines: Lines, given: tuple[str, ...]) -> None:
    record(tmp_path / "seeds" / "real.md")
    (tmp_path / "seeds" / "a-link.md").symlink_to("real.md")
    (line,) = lines(*given)
    assert line.startswith("seeds/a-link.md:4:9: duplicate id: already used by seeds/real.md; not published")
    assert lines("seeds/real.md") == []


@pytest.mark.parametrize("copy", ["a (Ann's conflicted copy 2024-05-01)", "a.sync-conflict-20240501-083000-ABCDEFG"])
def test_a_copy_that_a_conflict_left_is_no_record_and_the_original_is(tmp_path: Path, lines: Lines, copy: str) -> None:
    record(tmp_path / "seeds" / "a.md")
    record(tmp_path / "seeds" / "conflicted-copy.md", url="https://example.org/b")
    record(tmp_path / "seeds" / f"{copy}.md")
    (line,) = lines("seeds")
    assert line.startswith(f"seeds/{copy}.md:1:1: info: ")
    assert line.endswith("[not-a-record]")


def test_a_folder_for_drafts_holds_back_what_does_not_say_that_it_is_published(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "drafts" / "a.md", url="https://example.org/a")
    record(tmp_path / "seeds" / "b" / "_Drafts" / "b.md", url="https://example.org/b", date="2024-05-02T00:00:00Z")
    record(tmp_path / "seeds" / "drafts" / "c.md", "https://example.org/c", "published: true", "2024-05-03T00:00:00Z")
    record(tmp_path / "seeds" / "drafts" / "d.md", "https://example.org/d", "published: false", "2024-05-04T00:00:00Z")
    record(tmp_path / "seeds" / "drafts.md", url="https://example.org/e", date="2024-05-05T00:00:00Z")
    told = ":1:1: warning: its folder of drafts holds the record back; move it elsewhere, or write published: true, "
    found = lines("seeds")
    assert [line.partition(told)[0] for line in found] == ["seeds/b/_Drafts/b.md", "seeds/drafts/a.md"]
    topics = run_feeds("topics", "seeds", "--status", "unpublished", cwd=tmp_path)
    assert topics.stdout == b"3 records in 0 topics\n"


def test_of_two_given_versions_the_newer_has_the_problem_and_the_text(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "a.md", date="2024-05-02T00:00:00Z")
    record(tmp_path / "seeds" / "b.md")
    (line,) = lines("seeds/a.md", "seeds/b.md")
    assert line.startswith("seeds/a.md:4:9: warning: same article as seeds/b.md")
    assert "with the text of seeds/a.md" in line


def test_a_file_outside_of_the_source_is_compared_with_none_of_its_records(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "a.md")
    record(tmp_path / "elsewhere" / "a.md")
    assert lines("elsewhere/a.md") == []


@pytest.mark.parametrize("given", ["seeds/a.md", "./seeds/../seeds/a.md", "{absolute}", "linked/a.md"])
def test_a_file_is_no_twin_of_itself_by_another_path(tmp_path: Path, lines: Lines, given: str) -> None:
    path = record(tmp_path / "seeds" / "a.md")
    (tmp_path / "linked").symlink_to(tmp_path / "seeds")
    assert lines(given.format(absolute=path)) == []


def test_two_ids_with_one_page_are_a_warning(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "a.md", more="id: urn:example:a")
    record(tmp_path / "seeds" / "b.md", more="id: urn:example:b")
    (line,) = lines()
    assert line == (
        "seeds/b.md:4:9: warning: leads to the same page as seeds/a.md; "
        "remove one of the two, or correct the address [duplicate-url]"
    )


def test_records_that_are_not_published_have_no_twins(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "a.md", more="published: false")
    record(tmp_path / "seeds" / "b.md")
    assert lines("seeds/a.md") == lines("seeds/b.md") == lines() == []


def test_a_key_that_the_configuration_names_as_secret_is_known(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "a.md", more="deskNote: ask Jo for the plans\ndeskNotes: a\nheat:")
    settings(tmp_path, 'secret = ["deskNote"]')
    assert [line.split("; ")[0] for line in lines()] == [
        'seeds/a.md:6:1: unknown key "deskNotes"',
        "seeds/a.md:7:6: warning: heat has no value and counts as missing",
    ]


@pytest.mark.parametrize("settings_line", ["", 'secret = ["secured", "deskNote"]'])
def test_a_secret_key_is_known_at_any_depth(tmp_path: Path, lines: Lines, settings_line: str) -> None:
    record(
        tmp_path / "seeds" / "a.md",
        more="provider: {name: Office, secured: by telephone only}\nsecured: [by telephone]",
    )
    settings(tmp_path, settings_line)
    (line,) = lines()
    assert line.startswith("seeds/a.md:6:10: secured: a value has the wrong type")


def test_rules_can_be_made_graver_lighter_and_switched_off(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "a.md", more="ampWebUrl: ''\ntopics: [AI, ai]\nheat:", date="2024-05-01")
    settings(
        tmp_path, '[rules]\nempty-url = "error"\nempty-value = "off"\nduplicate-topic = "info"\ndate-only = "info"'
    )
    assert [line.split("; ")[0] for line in lines()] == [
        'seeds/a.md:3:20: info: "2024-05-01" is a date without a time and an offset from UTC',
        "seeds/a.md:5:12: ampWebUrl is empty and counts as missing",
        'seeds/a.md:6:14: info: the topic "ai" is the same as "AI"',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rules.missing-key = "off"', '"rules.missing-key" cannot be changed, because feeds rely on it'),
        ('rules.empty-ulr = "off"', 'unknown rule "rules.empty-ulr"; did you mean "empty-url"?'),
        ('rules.empty-url = "no"', '"rules.empty-url" is "no"; expected one of error, warning, info, off'),
        ('zone = "Mars/Olympus"', '"zone" is "Mars/Olympus"; expected a time zone'),
        ('zone = "../../etc/passwd"', "expected a time zone"),
    ],
)
def test_settings_that_make_no_sense_are_refused(tmp_path: Path, text: str, said: str) -> None:
    settings(tmp_path, text)
    done = run_feeds("validate", cwd=tmp_path)
    assert done.returncode == 3
    assert said in done.stderr.decode()


def test_a_time_without_offset_that_is_no_error_is_of_the_zone(tmp_path: Path) -> None:
    record(tmp_path / "seeds" / "a.md", date="2024-05-01T08:30:00")
    record(tmp_path / "seeds" / "b.md", date="2024-12-01", url="https://example.org/b")
    settings(tmp_path, 'zone = "Europe/Berlin"\nrules = { naive-time = "off", date-only = "off" }')
    done = run_feeds("convert", "seeds", "--to", "csv", "--now", "2025-01-01", cwd=tmp_path)
    assert b"2024-05-01T06:30:00Z" in done.stdout
    assert b"2024-11-30T23:00:00Z" in done.stdout


def test_topics_beyond_the_allowed_ones_are_errors_with_a_suggestion(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "a.md", more="topics: [Seafarring, sea-faring, A.I., ships, Cooking]")
    settings(tmp_path, '[topics]\nallowed = ["Seafaring", "AI", "Ships"]\naliases = { "A.I." = "AI" }')
    assert [line.removeprefix("seeds/a.md:5:").split(" is not one of those allowed; ") for line in lines()] == [
        ['10: the topic "Seafarring"', 'did you mean "Seafaring"? [unknown-topic]'],
        ['22: the topic "sea-faring"', 'did you mean "Seafaring"? [unknown-topic]'],
        ['47: the topic "Cooking"', "use one of topics.allowed, or add it there [unknown-topic]"],
    ]


def test_a_date_to_come_is_an_info_and_build_does_not_speak_of_it(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "a.md", date="2024-07-01T00:00:00+02:00")
    (line,) = lines(*NOW)
    assert line.startswith("seeds/a.md:3:20: info: the record is scheduled for 2024-06-30T22:00:00Z")
    assert b"waits" not in run_feeds("build", *NOW, cwd=tmp_path).stderr


def test_fix_writes_the_file_and_reports_what_is_left(tmp_path: Path) -> None:
    path = record(tmp_path / "seeds" / "a.md", more="published: yes # for now\nampWebUrl: ''\ntype: odd")
    path.chmod(0o640)
    (tmp_path / "link.md").symlink_to(path)
    done = run_feeds("validate", "link.md", "--fix", cwd=tmp_path)
    assert done.stdout.decode().startswith('link.md:6:7: type is "odd"')
    assert done.stderr.decode() == "feeds: fixed 2 problems in 1 file\nfeeds: 1 error, 0 warnings\n"
    assert path.read_text(encoding="utf-8").splitlines()[4:] == ["published: true # for now", "type: odd", "---"]
    assert path.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link.md").is_symlink()
    assert sorted(path.name for path in path.parent.iterdir()) == ["a.md"]


@pytest.mark.parametrize("name", ["a b.md", 'a\n"b\\\x1b.md'])
def test_diff_shows_what_fix_does_and_writes_nothing(tmp_path: Path, name: str) -> None:
    content = (
        b'---\r\ntitle: "A "\r\npublishedDateTime: 2024-05-01T08:30:00Z\r\nwebUrl: https://example.org/a\r\n---\r\nend'
    )
    (tmp_path / "seeds").mkdir()
    path = tmp_path / "seeds" / name
    path.write_bytes(content)
    (tmp_path / "seeds" / "good.md").write_bytes(content.replace(b'"A "', b"A").replace(b"/a", b"/b"))
    done = run_feeds("validate", "--diff", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == b"feeds: --fix would fix 1 problem in 1 file\n"
    assert path.read_bytes() == content
    assert b"\x1b" not in done.stdout
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=done.stdout, check=True)
    assert path.read_bytes() == content.replace(b'"A "', b'"A"')
    assert run_feeds("validate", "--diff", cwd=tmp_path).returncode == 0


def test_fix_leaves_a_file_without_problems_alone(tmp_path: Path) -> None:
    path = record(tmp_path / "seeds" / "a.md")
    os.utime(path, (1, 1))
    assert run_feeds("validate", "--fix", cwd=tmp_path).returncode == 0
    assert path.stat().st_mtime == 1


def test_in_source_leaves_out_what_is_no_record(tmp_path: Path, lines: Lines) -> None:
    record(tmp_path / "seeds" / "a.md", more="type: wrong")
    (tmp_path / "README.md").write_text("# Not a record\n")
    record(tmp_path / "seeds" / ".drafts" / "b.md", more="type: wrong")
    assert lines("--in-source", "README.md", "seeds/.drafts/b.md") == []
    assert len(lines("--in-source", "README.md", "seeds/a.md")) == len(lines("--in-source")) == 1


@pytest.mark.parametrize("ledger", [None, "", '"old.md" = ["urn:a:1", "urn:a:1"]\n'])
def test_a_copy_is_told_although_the_ledger_has_no_id_of_the_original_yet(
    tmp_path: Path, lines: Lines, ledger: str | None
) -> None:
    record(tmp_path / "seeds" / "lamp.md")
    record(tmp_path / "seeds" / "copy.md")
    if ledger is not None:
        (tmp_path / "feeds.ids").write_text(ledger, encoding="utf-8")
    (line,) = lines("--in-source", "seeds/copy.md")
    assert line.startswith("seeds/copy.md:4:9: duplicate id: already used by seeds/lamp.md; not published")


def test_in_source_without_a_source_could_not_run(tmp_path: Path) -> None:
    record(tmp_path / "a.md")
    done = run_feeds("validate", "--in-source", "a.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"feeds: seeds: no such folder; run feeds init, or set source in feeds.toml\n"


def modules_of(*arguments: str, cwd: Path) -> set[str]:
    code = "import sys; from feeds.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    return set(done.stderr.split())


def test_a_hook_starts_without_what_options_and_formats_need(tmp_path: Path) -> None:
    record(tmp_path / "seeds" / "a.md")
    modules = modules_of("validate", "--in-source", "seeds/a.md", cwd=tmp_path)
    needless = {
        "jsonschema",
        "referencing",
        "typer",
        "click",
        "pydantic",
        "rich",
        "feedgen",
        "lxml",
        "nh3",
        "markdown_it",
        "wcwidth",
    }
    assert modules & needless == set()
    assert {name for name in modules if name.startswith(("feeds.formats", "feeds.publish"))} == set()


def test_version_starts_without_what_records_need(tmp_path: Path) -> None:
    modules = modules_of("--version", cwd=tmp_path)
    assert modules & {"yaml", "frontmatter", "jsonschema", "feedgen", "lxml", "feeds.cli.build"} == set()


@pytest.mark.parametrize("given", [(), ("seeds",), ("--in-source", "seeds/b.md"), ("nowhere.md",)])
def test_the_short_way_says_what_the_long_way_says(tmp_path: Path, given: tuple[str, ...]) -> None:
    record(tmp_path / "seeds" / "a.md", more="type: wrong")
    record(tmp_path / "seeds" / "b.md")
    short = run_feeds("validate", *given, cwd=tmp_path)
    long = run_feeds("validate", "--format", "text", *given, cwd=tmp_path)
    assert (short.returncode, short.stdout, short.stderr) == (long.returncode, long.stdout, long.stderr)


def test_an_interrupted_run_ends_without_a_word(tmp_path: Path) -> None:
    code = """
from feeds.cli import main, run_validate
def stop(*words, **options): raise KeyboardInterrupt
run_validate.run_validation = stop
main.main()
"""
    done = subprocess.run([sys.executable, "-c", code, "validate"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def validate_text(text: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "feeds", "validate", "-", *words]
    return subprocess.run(command, input=text, capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize(("words", "name"), [([], "stdin.md"), (["--stdin-name", "news/a.md"], "news/a.md")])
def test_text_on_standard_input_is_checked_as_a_file_of_a_name(words: list[str], name: str) -> None:
    done = validate_text(b"---\ntitle: A\npublised: true\n---\n", *words)
    places = [line.partition(" ")[0] for line in done.stdout.decode().splitlines()]
    assert (done.returncode, f"{name}:3:1:" in places) == (1, True)
    assert validate_text(b"no front matter", *words).returncode == 1


@pytest.mark.parametrize("further", ["--fix", "--diff", "a.md"])
def test_text_on_standard_input_stands_alone_and_is_not_fixed(further: str) -> None:
    assert validate_text(b"", further).returncode == 2
