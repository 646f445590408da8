"""The program, run as its users run it, keeps its exit statuses, streams, options and output folder in order."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support import run_feeds, tree
from typer.testing import CliRunner

from feeds.cli.app import app

NOW = ("--now", "2024-06-01T00:00:00Z")
BASE = ("--base-url", "https://feeds.example.org/")
SCHEMA = Path(__file__).parents[2] / "schema" / "record.schema.json"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_program(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        done = run_feeds(*arguments, cwd=tmp_path, **environment)
        output = (done.stdout.decode(), done.stderr.decode())
        return subprocess.CompletedProcess(done.args, done.returncode, *output)

    return run_program


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    record(folder, "old", "2024-04-01", "topics: [Sea]\ntype: article\nquality: 10")
    record(folder, "mid", "2024-04-02", "topics: [sea, Ships]\ntype: video\nquality: 50")
    record(folder, "new", "2024-04-03", "topics: [Ships]\nquality:", title="New & last")
    record(folder, "hid", "2024-04-04", "topics: [Secret]\npublished: false")
    record(folder, "due", "2024-07-01", "topics: [Sea]")
    return folder


def record(folder: Path, name: str, day: str, more: str = "", title: str = "") -> Path:
    path = folder / f"{name}.md"
    lines = f"title: {title or name}\npublishedDateTime: {day}T08:00:00Z\nwebUrl: https://example.org/{name}\n{more}"
    path.write_text(f"---\n{lines}\n---\n", encoding="utf-8")
    return path


def wrong_record(folder: Path) -> Path:
    return record(folder, "wrong", "2024-04-05", "type: artcle")


def files_in(folder: Path) -> list[str]:
    return sorted(tree(folder))


def titles(feed: str) -> str:
    return " ".join(item["url"].removeprefix("https://example.org/") for item in json.loads(feed)["items"])


def test_build_without_problems_exits_with_0(run: Run, seeds: Path) -> None:
    (seeds / "new.md").unlink()
    done = run("build", *BASE, *NOW)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2:] == [
        "next scheduled record: 2024-07-01T08:00:00Z",
        "18 files changed, 0 unchanged",
    ]


def test_build_writes_every_format_and_nothing_else(run: Run, seeds: Path) -> None:
    run("build", *BASE, *NOW)
    suffixes = ("atom", "csv", "html", "json", "rss")
    names = ("all", "topics/sea", "topics/ships")
    files = [f"{name}.{suffix}" for name in names for suffix in suffixes]
    assert files_in(seeds.parent / "public") == sorted([*files, "feed.css", "feeds.opml", "index.html"])


def test_warnings_alone_exit_with_0(run: Run, seeds: Path) -> None:
    done = run("validate", seeds)
    assert done.returncode == 0
    assert "warning: " in done.stdout
    assert done.stderr == "feeds: 0 errors, 1 warning\n"


def test_an_error_in_a_record_exits_with_1_and_the_others_go_out(run: Run, seeds: Path) -> None:
    wrong_record(seeds)
    done = run("build", *BASE, *NOW)
    assert done.returncode == 1
    assert titles((seeds.parent / "public/all.json").read_text(encoding="utf-8")) == "new mid old"


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--no-such-option"),
        ("no-such-command",),
        ("build", "--format", "xml"),
        ("convert", "--to", "rss"),
        ("build", "--limit", "0"),
        ("build", "--since", "yesterday"),
        ("build", "--until", "2024-02-30"),
        ("build", "--now", "2024-05-01T08:00:00"),
        ("build", "--min-quality", "high"),
        ("build", "--status", "draft"),
        ("build", "--base-url", "feeds.example.org"),
        ("topics", "--limit", "-1"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2_and_writes_nothing(run: Run, seeds: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert not (seeds.parent / "public").exists()


@pytest.mark.parametrize(
    "arguments", [("build",), ("validate",), ("topics",), ("convert", "absent", "--to", "rss")], ids=" ".join
)
def test_missing_source_exits_with_3_and_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, *(BASE if arguments[0] in {"build", "convert"} else ()))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert "no such file" in done.stderr


@pytest.mark.parametrize(("former", "name"), [("list", "feeds topics"), ("check", "feeds ids")])
def test_the_former_name_of_a_command_says_what_to_use(run: Run, former: str, name: str) -> None:
    done = run(former, "seeds")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"feeds {former} has been renamed; use {name}" in " ".join(done.stderr.split())


def test_missing_configuration_file_exits_with_3(run: Run) -> None:
    done = run("topics", "--config", "absent.toml")
    assert done.returncode == 3
    assert done.stderr.startswith("feeds: absent.toml: the configuration cannot be read")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('ouput = "x"', 'unknown setting "ouput"; did you mean "output"?'),
        ('[topics]\nincldue = ["x"]', 'unknown setting "topics.incldue"; did you mean "include"?'),
        ("limit = 0", '"limit" is 0; expected at least 1'),
        ("limit = true", '"limit" is true; expected a whole number'),
        ('language = "english speaking"', "expected a language tag"),
        ('base_url = "example.org"', "expected the absolute URL of a folder"),
        ('formats = ["xml"]', "expected one of rss, atom, json, csv"),
        ('[[feed]]\nname = "../x"', "expected a file name"),
        ('[[feed]]\nname = "all"', "choose another name"),
        ("[[feed]]\nlimit = 1", '"feed[1]" has no name'),
        ('[[feed]]\nname = "a"\n[[feed]]\nname = "a"', 'two feeds have the name "a"'),
        ("= 1", "not valid TOML"),
        ("title = Lamps", "; put text in quotes"),
        ('topics = ["AI"]', '"topics" is ["AI"]; expected settings below a line with [topics]'),
        ("keep = 48", '"keep" is 48; expected a period, as in "48h"'),
        ("max_drop = 50", '"max_drop" is 50; expected a percentage, as in "50%"'),
    ],
    ids=range(16),
)
def test_wrong_configuration_exits_with_3_and_says_what_is_wrong(
    run: Run, seeds: Path, settings: str, said: str
) -> None:
    (seeds.parent / "feeds.toml").write_text(settings, encoding="utf-8")
    done = run("build")
    assert (done.returncode, done.stdout) == (3, "")
    assert said in done.stderr
    assert done.stderr.startswith("feeds: feeds.toml: ")


def test_configuration_is_found_in_pyproject_and_paths_are_relative_to_it(run: Run, seeds: Path) -> None:
    (seeds.parent / "pyproject.toml").write_text(
        '[tool.feeds]\noutput = "site/out"\nformats = ["csv"]\ntopics.include = []\n', encoding="utf-8"
    )
    assert run("build", *NOW).returncode == 0
    assert files_in(seeds.parent / "site") == ["out/all.csv"]


def test_options_win_over_the_configuration(run: Run, seeds: Path) -> None:
    (seeds.parent / "feeds.toml").write_text('output = "a"\nformats = ["csv"]\ntopics.include = []', encoding="utf-8")
    done = run("build", *BASE, *NOW, "--output", "b", "--format", "rss", "--format", "json", "--format", "rss")
    assert done.stdout.splitlines()[0].endswith(" rss json")
    assert files_in(seeds.parent / "b") == ["all.json", "all.rss", "feeds.opml"]
    assert not (seeds.parent / "a").exists()


def test_strict_keeps_everything_as_it_is_while_there_is_an_error(run: Run, seeds: Path) -> None:
    wrong_record(seeds)
    done = run("build", "--strict", *BASE, *NOW)
    assert done.returncode == 1
    assert not (seeds.parent / "public").exists()


def test_strict_lets_warnings_pass(run: Run, seeds: Path) -> None:
    assert run("build", "--strict", *BASE, *NOW).returncode == 0
    assert (seeds.parent / "public/all.rss").exists()


def test_dry_run_says_what_it_would_write_and_writes_nothing(run: Run, seeds: Path) -> None:
    done = run("build", "--dry-run", *BASE, *NOW)
    assert " would change, 0 unchanged" in done.stdout
    assert done.stdout.startswith("would write public/all.rss (3 items)\n")
    assert not (seeds.parent / "public").exists()


def test_build_puts_problems_on_stderr_and_validate_on_stdout(run: Run, seeds: Path) -> None:
    wrong_record(seeds)
    line = 'seeds/wrong.md:5:7: type is "artcle", which is not one of '
    build, validate = run("build", *BASE, *NOW), run("validate")
    assert line in build.stderr
    assert line not in build.stdout
    assert line in validate.stdout
    assert line not in validate.stderr
    assert validate.returncode == 1


def test_preview_address_is_told_on_stderr(run: Run, seeds: Path) -> None:
    assert "base_url is not set" in run("convert", seeds, "--to", "rss", *NOW).stderr
    assert "base_url is not set" not in run("convert", seeds, "--to", "csv", *NOW).stderr


SELECTIONS = [
    ((), "new mid old"),
    (("--topic", "SEA"), "mid old"),
    (("--topic", "sea", "--topic", "ships"), "new mid old"),
    (("--exclude-topic", "Ships"), "old"),
    (("--exclude-topic", "ships", "--exclude-topic", "sea"), ""),
    (("--status", "unpublished"), "hid"),
    (("--status", "all"), "hid new mid old"),
    (("--type", "video"), "mid"),
    (("--since", "2024-04-02"), "new mid"),
    (("--since", "2024-04-02T08:00:01Z"), "new"),
    (("--until", "2024-04-02"), "mid old"),
    (("--until", "2024-04-02T07:59:59Z"), "old"),
    (("--min-quality", "10"), "mid old"),
    (("--limit", "1"), "new"),
    (("--now", "2024-07-02"), "due new mid old"),
]


@pytest.mark.parametrize(("options", "expected"), SELECTIONS, ids=lambda value: " ".join(value) or "none")
def test_selection_options_of_convert_and_build_and_topics(
    seeds: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], expected: str
) -> None:
    monkeypatch.chdir(seeds.parent)
    options = (*NOW, *options)

    def output_of(*arguments: str) -> str:
        return CliRunner().invoke(app, [*arguments, *options], catch_exceptions=False).stdout

    assert titles(output_of("convert", "seeds", "--to", "json", *BASE)) == expected
    output_of("build", "--format", "json", *BASE)
    assert titles(Path("public/all.json").read_text(encoding="utf-8")) == expected
    number = len(expected.split())
    assert f"\n{number} record{'' if number == 1 else 's'} in " in "\n" + output_of("topics")


def test_selection_option_of_the_program(run: Run, seeds: Path) -> None:
    assert titles(run("convert", seeds, "--to", "json", *BASE, *NOW, "--topic", "sea").stdout) == "mid old"


@pytest.mark.usefixtures("seeds")
def test_list_counts_topics_in_one_spelling(run: Run) -> None:
    lines = run("topics", *NOW).stdout.splitlines()
    assert lines == [
        "2  Sea",
        "2  Ships",
        "3 records in 2 topics",
        "next scheduled record: 2024-07-01T08:00:00Z",
    ]


@pytest.mark.parametrize("kind", ["rss", "atom", "json", "csv"])
def test_convert_writes_the_same_bytes_to_a_file_as_to_stdout(run: Run, seeds: Path, kind: str) -> None:
    target = seeds.parent / "out" / f"feed.{kind}"
    to_file = run("convert", seeds, "--to", kind, *BASE, *NOW, "-o", target)
    assert (to_file.returncode, to_file.stdout) == (0, "")
    to_stdout = run_feeds("convert", "seeds", "--to", kind, *BASE, *NOW, cwd=seeds.parent)
    assert to_stdout.stdout == target.read_bytes()
    assert files_in(target.parent) == [target.name]


def test_convert_takes_one_record(run: Run, seeds: Path) -> None:
    assert titles(run("convert", seeds / "old.md", "--to", "json", *BASE, *NOW).stdout) == "old"


def test_schema_is_the_schema_file(run: Run) -> None:
    assert run("schema").stdout == SCHEMA.read_text(encoding="utf-8")


def test_own_schema_is_checked_as_well(run: Run, seeds: Path) -> None:
    own = seeds.parent / "own.json"
    own.write_text('{"required": ["excerpt"]}', encoding="utf-8")
    done = run("validate", seeds / "old.md", "--schema", own)
    assert done.stdout.endswith(
        'old.md:2:1: the key "excerpt" is missing in the record; add a line with excerpt: [missing-key]\n'
    )


@pytest.mark.parametrize("content", ["{", "[]", '{"type": 5}', '{"$ref": "#/nowhere"}', '{"pattern": "("}'])
def test_own_schema_that_cannot_be_used_exits_with_3(run: Run, seeds: Path, content: str) -> None:
    own = seeds.parent / "own.json"
    own.write_text(content, encoding="utf-8")
    done = run("validate", seeds / "old.md", "--schema", "own.json")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("feeds: own.json: ")


def test_version_and_help_exit_with_0(run: Run) -> None:
    assert run("--version").stdout.startswith("feeds ")
    assert "Exit" not in run("-h").stderr
    assert run("build", "-h").returncode == 0


def test_of_one_article_in_two_files_the_newest_text_goes_out(run: Run, seeds: Path) -> None:
    record(seeds, "again", "2024-04-05", "originalUrl: https://example.org/old", title="old again")
    record(seeds, "draft", "2024-03-05", "originalUrl: https://example.org/old\npublished: false")
    done = run("convert", seeds, "--to", "json", *BASE, *NOW)
    assert titles(done.stdout) == "new mid again"
    assert "again.md" in done.stderr
    assert "[article-versions]" in done.stderr
    assert "draft.md" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_fifo_among_the_records_is_a_problem_and_nothing_waits(run: Run, seeds: Path) -> None:
    os.mkfifo(seeds / "pipe.md")
    done = run("validate")
    assert done.returncode == 1
    assert "seeds/pipe.md:1:1: this is not a regular file" in done.stdout


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_record_is_a_problem(run: Run, seeds: Path) -> None:
    (seeds / "old.md").chmod(0)
    done = run("validate")
    assert done.returncode == 1
    assert "seeds/old.md:1:1: the file cannot be read" in done.stdout


def test_folder_named_like_a_record_is_a_problem(run: Run, seeds: Path) -> None:
    record((seeds / "folder.md").joinpath("..").resolve(), "beside", "2024-04-01")
    (seeds / "folder.md").mkdir()
    done = run("validate")
    assert done.returncode == 1
    assert "seeds/folder.md:1:1: this is a folder with a record's name; rename the folder [not-a-file]\n" in done.stdout


def test_link_to_nothing_is_a_problem(run: Run, seeds: Path) -> None:
    (seeds / "gone.md").symlink_to("nowhere.md")
    done = run("validate")
    assert done.returncode == 1
    assert "seeds/gone.md:1:1: the file has vanished, or is a link to nothing" in done.stdout


def test_loops_of_links_end(run: Run, seeds: Path) -> None:
    (seeds / "loop").symlink_to(seeds)
    (seeds / "self.md").symlink_to("self.md")
    done = run("validate")
    assert done.returncode == 1
    told = [line.split(":")[0] for line in done.stdout.splitlines()]
    assert told == ["seeds/loop", "seeds/new.md", "seeds/self.md"]


def test_too_large_files_are_problems(run: Run, seeds: Path) -> None:
    (seeds / "huge.md").write_bytes(b"---\n" + b"#" * (8 * 1024 * 1024))
    (seeds / "long.md").write_bytes(b"---\n#" + b"-" * 1024 * 1024 + b"\n---\n")
    lines = run("validate").stdout.splitlines()
    assert lines[0].startswith("seeds/huge.md:1:1: the file is larger than 8 MiB")
    assert lines[1].startswith("seeds/long.md:2:1: the front matter is longer than 1,048,576 characters")


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names")
def test_path_with_line_break_and_emoji_stays_on_one_line(run: Run, seeds: Path) -> None:
    for path in seeds.iterdir():
        path.unlink()
    record(seeds, "plain", "2024-04-01", "type: artcle").rename(seeds / "a\n🚢\x1b[31m.md")
    done = run("validate")
    assert done.stdout.startswith("seeds/a\\n🚢\\x1b[31m.md:5:7: type is ")
    assert done.stdout.count("\n") == 1


def test_output_in_an_ascii_locale_does_not_fail(run: Run, seeds: Path) -> None:
    record(seeds, "港", "2024-04-01", "type: artcle")
    done = run("validate", PYTHONUTF8="0", PYTHONIOENCODING="ascii:strict", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 1
    assert ":5:7: type is " in done.stdout


def test_hidden_files_and_other_suffixes_are_no_records(run: Run, seeds: Path) -> None:
    for name in (".hidden.md", "notes.rst", "README"):
        (seeds / name).write_text("no record", encoding="utf-8")
    (seeds / ".git").mkdir()
    (seeds / ".git" / "x.md").write_text("no record", encoding="utf-8")
    assert run("validate").returncode == 0


def test_only_feeds_of_a_changed_record_are_written(run: Run, seeds: Path) -> None:
    run("build", *BASE, *NOW)
    record(seeds, "new", "2024-04-03", "topics: [Ships]\nquality: 5", title="New title")
    done = run("build", *BASE, *NOW)
    assert done.stdout.splitlines() == [
        "all           3 items, rss atom json csv html",
        "topics/ships  2 items, rss atom json csv html",
        "and index.html",
        "next scheduled record: 2024-07-01T08:00:00Z",
        "11 files changed, 7 unchanged",
    ]


def test_output_that_cannot_be_written_exits_with_3_and_leaves_no_temporary_file(run: Run, seeds: Path) -> None:
    public = seeds.parent / "public"
    (public / "all.rss").mkdir(parents=True)
    done = run("build", *BASE, *NOW)
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith("feeds: public/all.rss: cannot be ")
    assert files_in(public) == []


def test_output_inside_the_source_is_not_read(run: Run, seeds: Path) -> None:
    run("build", *BASE, *NOW, "--output", seeds / "out")
    (seeds / "out" / "page.html").write_text("no record", encoding="utf-8")
    assert run("build", *BASE, *NOW, "--output", seeds / "out").returncode == 0
