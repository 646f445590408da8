"""What stands under a secret key gets out by no way: no output, message, excerpt, diff, report or log shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import NOW, config_for, record_bytes, run_feeds, tree

import feeds
from feeds.cli.display import read_lines
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError, WrongUsageError
from feeds.secrets.scanner import SecretScanner
from feeds.validation.fixes.fix import fix_files
from feeds.validation.fixes.patch import patch_of
from feeds.validation.redaction import masked_text

VALUE = "k9Qz7LmP2xVt4RbN8sWd"
GOOD = 'title: "Bridge"\nwebUrl: "https://a.example/{name}"\npublishedDateTime: 2020-01-01T00:00:00Z\n'


def write(source: Path, name: str, front_matter: str = "", body: str = "", **more: object) -> Path:
    source.mkdir(exist_ok=True)
    path = source / f"{name}.md"
    data = {
        "title": f"Bridge {name}",
        "webUrl": f"https://a.example/{name}",
        "publishedDateTime": "2020-01-01T00:00:00Z",
    }
    path.write_bytes(record_bytes(data | more, body).replace(b"---\n", b"---\n" + front_matter.encode(), 1))
    return path


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write(tmp_path / "seeds", "a", title=f"Key {VALUE.upper()} here", **{"x-token": VALUE})
    return config_for(
        tmp_path / "seeds", tmp_path / "public", cache=tmp_path / "cache", base_url="https://a.example/f/"
    )


def leaks(config: Config) -> list[str]:
    return [refusal for refusal in feeds.build(config, NOW).refusals if "holds a secret value of" in refusal]


@pytest.mark.parametrize("lost", ["nothing", "cache", "cache in use", "manifest"])
def test_what_is_published_is_searched_when_a_key_becomes_secret(config: Config, lost: str) -> None:
    assert feeds.build(config, NOW).refusals == ()
    stricter = config._replace(secret=("secured", "x-token"), cache=None if lost == "cache in use" else config.cache)
    if lost == "cache" and config.cache:
        shutil.rmtree(config.cache)
    if lost == "manifest":
        (config.output / "manifest.json").unlink()
    for _ in range(2):
        found = leaks(stricter)
        assert found[0].startswith("all.atom:")
        assert all(
            "a.md, and is published; change the record" in one for one in found if not one.startswith("manifest.json")
        ), found


def test_what_is_published_is_searched_when_a_record_keeps_something_secret(config: Config) -> None:
    assert feeds.build(config, NOW).refusals == ()
    write(config.source, "b", secured=VALUE, published=False)
    assert any(refusal.startswith("all.atom:") and "is published" in refusal for refusal in leaks(config))
    (config.source / "b.md").unlink()
    assert leaks(config) == []


@pytest.mark.parametrize("name", ["archive/old.rss", "topics/gone.json", "copy.csv"])
def test_a_feed_that_is_left_behind_is_searched(config: Config, name: str) -> None:
    assert feeds.build(config, NOW).refusals == ()
    (config.output / "list.json").write_text("[1]", encoding="utf-8")
    old = config.output / name
    old.parent.mkdir(exist_ok=True)
    old.write_bytes((config.output / f"all{old.suffix}").read_bytes())
    write(config.source, "a", published=False)
    refusals = feeds.build(config, NOW, force=True).refusals
    assert [refusal.partition(";")[0] for refusal in refusals if refusal.startswith(name)] == [
        f"{name} holds the item {refusals[0].split()[4].rstrip(',')}, whose record is not published"
    ]
    old.unlink()
    assert feeds.build(config, NOW, force=True).refusals == ()


def test_what_was_searched_is_not_searched_again(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    write(config.source, "b", secured="something else that is secret")
    assert feeds.build(config, NOW).refusals == ()
    searched: list[str] = []
    monkeypatch.setattr(SecretScanner, "inspect", lambda _, output, __: searched.append(output))
    assert feeds.build(config, NOW).refusals == ()
    assert set(searched) <= {"manifest.json"}  # of which only new entries are read
    write(config.source, "b", secured="something else that is secret", title="Another title", published=False)
    assert feeds.build(config, NOW).refusals == ()
    assert "feed.css" not in searched
    write(config.source, "c", secured="something new that is secret", published=False)
    assert feeds.build(config, NOW).refusals == ()
    assert "feed.css" in searched


@pytest.mark.parametrize("is_cached", [True, False])
@pytest.mark.parametrize("broken", [f'secured: "{VALUE}" and\n', f"secured: '{VALUE}\n", f"secured: {VALUE}\n a: [\n"])
def test_secrets_stay_known_while_their_file_cannot_be_read(config: Config, broken: str, *, is_cached: bool) -> None:
    config = config if is_cached else config._replace(cache=None)
    owner = write(config.source, "owner", secured=VALUE, published=False)
    assert leaks(config)
    owner.write_text(f"---\n{broken}{GOOD}---\n", encoding="utf-8")
    assert leaks(config)


def test_the_last_known_secrets_count_when_nothing_can_be_read(config: Config) -> None:
    write(config.source, "a")
    owner = write(config.source, "owner", secured=VALUE, published=False)
    assert feeds.build(config, NOW).refusals == ()
    owner.write_bytes(b"\0")
    write(config.source, "a", title=f"See {VALUE}")
    assert leaks(config)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("zq_7Kp_9xLm", "See zq_7Kp_9xLm and zq_7Kp_9xLm."),
        ("My   secret    phrase", "See My   secret    phrase there."),
        (1234567890, "Call 1234567890."),
        ({"k9Qz7LmP2xVt": 1}, "See k9Qz7LmP2xVt."),
        ([{"a": ["nested deep down"]}], "It is nested deep down."),
    ],
)
def test_a_value_is_found_in_a_body(tmp_path: Path, value: object, shown: str) -> None:
    write(tmp_path / "seeds", "owner", secured=value, published=False)
    write(tmp_path / "seeds", "a", body=f"{shown}\n")
    assert leaks(config_for(tmp_path / "seeds", tmp_path / "public"))


def test_names_of_fields_under_a_secret_key_are_no_secrets(tmp_path: Path) -> None:
    related = [{"title": "Another", "webUrl": "https://b.example/", "publishedDateTime": "2019-01-01T00:00:00Z"}]
    write(tmp_path / "seeds", "a", related=related)
    config = config_for(tmp_path / "seeds", tmp_path / "public", secret=("related",))
    assert feeds.build(config, NOW).refusals == ()


@pytest.mark.parametrize("output", [None, "feed.rss"])
def test_a_conversion_is_searched(config: Config, output: str | None) -> None:
    config = config._replace(secret=("x-token",))
    place = config.output.parent / output if output else None
    with pytest.raises(CouldNotRunError, match=r"nothing written: .+:\d+ holds a secret value of .+a\.md"):
        feeds.convert(config, "rss", NOW, output=place)
    assert not place or not place.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["build", "--diff"],
        ["build", "--dry-run", "--no-cache"],
        ["build", "--report", "run.json", "--log-format", "json"],
        ["convert", "seeds", "--to", "csv"],
        ["health", "--report", "page.html"],
        ["ids", "--base", "HEAD"],
    ],
    ids=" ".join,
)
def test_no_command_prints_or_writes_a_secret(tmp_path: Path, words: list[str]) -> None:
    write(tmp_path / "seeds", "owner", secured=VALUE, published=False)
    write(tmp_path / "seeds", "a", title=f"Key {VALUE}", topics=[VALUE])
    (tmp_path / "feeds.toml").write_text('base_url = "https://a.example/"\n', encoding="utf-8")
    done = run_feeds(*words, cwd=tmp_path)
    assert done.returncode == 3
    assert VALUE.encode() not in done.stdout + done.stderr
    written = {name: content for name, content in tree(tmp_path).items() if not name.startswith("seeds/")}
    assert [name for name, content in written.items() if VALUE.encode() in content] == []


BAD_SECRETS = {
    "list": f'secured: ["{VALUE}"]\n',
    "number": "secured: 1234567890123\n",
    "unknown tag": f'secured: !vault "{VALUE}"\n',
    "wrong tag": f'secured: !!int "{VALUE}"\n',
    "duplicate": f'secured: "{VALUE}"\nsecured: "{VALUE}"\n',
    "inner duplicate": f"secured:\n  {VALUE}: 1\n  {VALUE}: 2\n",
    "inner key": f"secured:\n  {VALUE}: 1\n",
    "bad quote": f'secured: "{VALUE}" and "more"\n',
    "block": f"secured: |\n  {VALUE}\nprovider: {{name: [}}\n",
    "in a wrong mapping": f"provider:\n  name: 7\n  secured: {VALUE}\n",
    "in a mapping of the wrong kind": f"topics:\n  a: 1\n  secured: {VALUE}\n",
    "in a flow": f"topics: {{a: 1, secured: {VALUE}}}\n",
    "an alias": f"topics: &s {VALUE}\nsecured: *s\n",
    "an escaped key": f'"sec\\u0075red": ["{VALUE}"]\n',
    "not finite": "secured: .inf\n",
    "a tab": f"secured:\n\t{VALUE}\n",
    "a value with a colon": f"secured: a: {VALUE}\n",
}


@pytest.mark.parametrize("style", ["text", "json", "github", "sarif"])
@pytest.mark.parametrize("front_matter", BAD_SECRETS.values(), ids=BAD_SECRETS)
def test_no_report_of_problems_shows_a_secret(tmp_path: Path, front_matter: str, style: str) -> None:
    from typer.testing import CliRunner  # noqa: PLC0415

    from feeds.cli.app import app  # noqa: PLC0415

    path = tmp_path / "a.md"
    path.write_text(f"---\n{GOOD}{front_matter}---\nText.\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["validate", str(path), "--format", style], catch_exceptions=False)
    for value in (VALUE, "1234567890123"):
        assert value not in done.output
        assert not any(value in line for line in read_lines(("secured",), str(path)))


def test_a_problem_of_a_secret_says_what_it_can(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f'---\n{GOOD}secured: ["{VALUE}"]\n---\n', encoding="utf-8")
    (problem,) = feeds.validate(path)
    assert (problem.span.line, problem.rule, problem.route) == (5, "wrong-type", ("secured",))
    assert problem.message.startswith("secured: a value has the wrong type for its key (value of a secret key")


def test_a_file_without_a_fence_does_not_show_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"secured: {VALUE[:12]}\n", encoding="utf-8")
    (problem,) = feeds.validate(path)
    assert VALUE[:6] not in problem.message


def test_a_diff_of_fixes_shows_no_secret_and_still_can_be_applied(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f'---\n{GOOD}publised: true\nsecured: "{VALUE}"\n---\n', encoding="utf-8")
    mended = [*fix_files([tmp_path], Config())]
    old = path.read_bytes()
    new = mended[0].new if mended else old.replace(b"publised", b"published")
    diff = b"".join(patch_of("a.md", old, new, lambda content: masked_text("a.md", content, ("secured",))))
    assert VALUE.encode() not in diff
    assert diff.splitlines()[3:] == [b"-publised: true", b"+published: true"]
    assert VALUE.encode() in b"".join(patch_of("a.md", old, new, bytes.decode))


@pytest.mark.parametrize("output", [".", "seeds", "seeds/..", ".."])
def test_an_output_that_holds_what_is_not_to_be_served_is_refused(tmp_path: Path, output: str) -> None:
    write(tmp_path / "seeds", "a")
    config = config_for(tmp_path / "seeds", tmp_path / output, ledger=tmp_path / "feeds.lock")
    before = tree(tmp_path)
    with pytest.raises(WrongUsageError, match=r"the output holds the records .+, which would be served"):
        feeds.build(config, NOW)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("key", ["ledger", "cache"])
def test_an_output_that_holds_the_ledger_or_the_cache_is_refused(tmp_path: Path, key: str) -> None:
    write(tmp_path / "seeds", "a")
    config = config_for(tmp_path / "seeds", tmp_path / "out", **{key: tmp_path / "out" / "x" / "y"})
    with pytest.raises(WrongUsageError):
        feeds.build(config, NOW)


def test_an_output_in_the_source_is_not_refused_and_the_command_line_ends_with_2(tmp_path: Path) -> None:
    write(tmp_path / "seeds", "a")
    assert feeds.build(config_for(tmp_path / "seeds", tmp_path / "seeds" / "public"), NOW).refusals == ()
    done = run_feeds("build", "--output", ".", cwd=tmp_path)
    assert (done.returncode, b"which would be served" in done.stderr) == (2, True)


def test_values_that_are_too_short_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f'---\n{GOOD}secured: "k9Qz"\n---\n', encoding="utf-8")
    (problem,) = feeds.validate(path)
    assert (problem.rule, problem.severity, "k9Qz" in problem.message) == ("short-secret", "warning", False)
    assert feeds.validate(path, config=Config(rules={"short-secret": "off"})) == []
    path.write_text(f"---\n{GOOD}secured: 12\nx-n: [true]\n---\n", encoding="utf-8")
    assert [problem.rule for problem in feeds.validate(path)] in ([], ["wrong-type"])


NAME = "Project Falcon 77"


QUOTED = [
    f"id: {NAME}",
    f"type: {NAME}",
    f"{NAME}: x",
    f"topics: [{NAME}, {NAME}]",
    f"topics: {{a: {NAME}}}",
    f"webUrl: 'x {NAME}'",
    f"images: [{{url: https://a.example/x, {NAME}: 1}}]",
    f"draft: {NAME}",
]


@pytest.mark.parametrize("words", [("validate",), ("build", "--output", "out")])
def test_no_message_quotes_the_secret_value_of_another_record(words: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path / "r", "a", secured=NAME)
    for number, line in enumerate(QUOTED):
        write(tmp_path / "r", f"b{number}", front_matter=f"{line}\n")
    done = run_feeds(words[0], "r", *words[1:], cwd=tmp_path)
    assert all(f"r/b{number}.md:".encode() in done.stdout + done.stderr for number, _ in enumerate(QUOTED))
    assert b"falcon" not in (done.stdout + done.stderr).lower()


def test_a_file_that_a_secret_topic_names_is_not_named(tmp_path: Path) -> None:
    write(tmp_path / "r", "a", secured=NAME)
    write(tmp_path / "r", "b", topics=["project-falcon 77"])
    for more in ((), ("--dry-run",), ("--diff",)):
        done = run_feeds("build", "r", "--output", "out", *more, cwd=tmp_path)
        assert done.returncode == 3
        assert b"holds a secret value of r/a.md" in done.stderr
        assert b"falcon" not in (done.stdout + done.stderr).lower()
    assert not (tmp_path / "out").exists()


def test_a_difference_does_not_show_the_secrets_of_the_records_compared(tmp_path: Path) -> None:
    write(tmp_path / "r", "a", secured=NAME)
    write(tmp_path / "s", "b", title=NAME)
    write(tmp_path / "r", "c", front_matter=f"publised: true\nexcerpt: {NAME}\n")
    done = run_feeds("validate", "r", "--diff", cwd=tmp_path)
    assert (done.returncode, b"holds a secret value of r/a.md" in done.stderr, b"Falcon" in done.stdout) == (
        3,
        True,
        False,
    )
    (tmp_path / "r" / "c.md").unlink()
    for words in (("r", "s"), ("s", "r"), ("r", "s", "--format", "json")):
        done = run_feeds("diff", *words, cwd=tmp_path)
        assert (done.returncode, b"Falcon" in done.stdout) == (3, False)
