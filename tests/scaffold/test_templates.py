"""Put what `feeds init` writes to use: as cron, systemd, a runner of GitHub and pre-commit would."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import RawConfigParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import REPOSITORY, SEEDS, run_feeds, tree
from test_hooks import (
    PRE_COMMIT,
    SHIPPED,
    Checkout,
    environment,  # noqa: F401 - a fixture, asked for by its name
    hooks_in,
    outcome,
)
from typer.testing import CliRunner

from feeds.cli.app import app
from feeds.scaffold.templates import TemplateName

# What pip makes of the entry point, but for this checkout, whatever is installed and whatever PYTHONPATH says.
PROGRAM = f"""\
#!{sys.executable}
import sys
if __name__ == "__main__":
    sys.path.insert(0, {str(REPOSITORY)!r})
    from feeds.cli.main import main
    main()
"""
EVERYTHING = [word for name in TemplateName for word in ("--template", str(name))]
BASE_URL = "https://somebody.github.io/news"
ALL_FEEDS = {"all.rss", "all.atom", "all.json", "all.csv"}
RECORD = """\
---
title: "Ferry sails again"
publishedDateTime: 2024-05-01T08:30:00Z
webUrl: https://example.org/ferry
---
"""
WRONG = RECORD.replace("/ferry", "/wrong").replace("title", "titel")
ODD = RECORD.replace("/ferry", "/odd").replace("webUrl", "heat:\nwebUrl")


@dataclass(frozen=True)
class Repository:
    """Hold a folder of five records with all templates written, and the program in an environment in it or beside."""

    folder: Path

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def unit(self, name: str) -> RawConfigParser:
        parser = RawConfigParser(delimiters=("=",), comment_prefixes=("#",))
        parser.optionxform = str  # type: ignore[method-assign,assignment]
        parser.read_string(self.text(name))
        return parser

    def workflow(self) -> Any:
        return yaml.safe_load(self.text(".github/workflows/feeds.yml"))

    def built(self, output: str = "public") -> set[str]:
        return {name for name in tree(self.folder / output) if "/" not in name}


def install(program: Path) -> Path:
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(PROGRAM, encoding="utf-8")
    program.chmod(0o755)
    return program


def set_up(folder: Path, program: Path) -> Repository:
    shutil.copytree(SEEDS, folder / "records")
    install(program)
    (folder / "feeds.toml").write_text(f'source = "records"\nbase_url = "{BASE_URL}"\n', encoding="utf-8")
    subprocess.run([program, "init", *EVERYTHING], cwd=folder, check=True, capture_output=True, timeout=60)
    return Repository(folder)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return set_up(tmp_path / "news", tmp_path / "news" / ".venv" / "bin" / "feeds")


@pytest.fixture(params=["news", "100% of the news & more", 'the "news"'])
def named(request: pytest.FixtureRequest, tmp_path: Path) -> Repository:
    """Return a repository of any name, beside the program where systemd would refuse to start one in it."""
    folder = tmp_path / request.param
    return set_up(folder, (tmp_path if '"' in request.param else folder) / ".venv" / "bin" / "feeds")


def run_as_a_daemon(cwd: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command with the little that cron and systemd put into its environment."""
    little = {"HOME": cwd, "PATH": "/usr/bin:/bin", "LOGNAME": "somebody", "SHELL": "/bin/sh"}
    return subprocess.run(command, cwd=cwd, env=little, capture_output=True, encoding="utf-8", timeout=60, check=False)


def cron_lines(text: str) -> Iterator[tuple[list[str], str]]:
    """Yield the five fields and the command of each line of a crontab, read as crontab(5) says."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            *fields, command = line.split(maxsplit=5)
            before_input = re.split(r"(?<!\\)%", command)[0]
            yield fields, before_input.replace(r"\%", "%")


def unit_words(setting: str) -> list[str]:
    """Return the words of a setting of a unit, read as systemd.syntax(7) and systemd.unit(5) say."""
    return [word.replace("%%", "%") for word in shlex.split(setting)]


def test_the_line_for_cron_builds_the_feeds_and_mails_nothing_of_success(named: Repository) -> None:
    ((fields, command),) = cron_lines(named.text("feeds.cron"))
    done = run_as_a_daemon("/", "/bin/sh", "-c", command)
    assert fields == ["7", "3", "*", "*", "*"]
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert named.built() >= ALL_FEEDS


def test_the_line_for_cron_mails_errors_and_no_warnings(repository: Repository) -> None:
    (repository.folder / "records" / "wrong.md").write_text(WRONG, encoding="utf-8")
    (repository.folder / "records" / "odd.md").write_text(ODD, encoding="utf-8")
    ((_, command),) = cron_lines(repository.text("feeds.cron"))
    done = run_as_a_daemon("/", "/bin/sh", "-c", command)
    assert (done.returncode, done.stdout) == (1, "")
    assert {line.partition(": ")[0] for line in done.stderr.splitlines()} == {"records/wrong.md:2:1"}


def test_the_service_builds_the_feeds_and_writes_only_where_it_may(named: Repository) -> None:
    service = named.unit("feeds.service")["Service"]
    before = tree(named.folder)
    done = run_as_a_daemon(service["WorkingDirectory"].replace("%%", "%"), *unit_words(service["ExecStart"]))
    assert done.returncode == 0, done.stderr
    assert named.built() >= ALL_FEEDS
    written = {named.folder / name for name in tree(named.folder).keys() - before.keys()}
    assert unit_words(service["ReadWritePaths"]) == [str(named.folder)]
    for kept in unit_words(service["ReadOnlyPaths"]):
        assert not [path for path in written if path.is_relative_to(kept.removeprefix("-"))]


def test_the_service_cannot_change_records_history_or_itself(named: Repository) -> None:
    kept = unit_words(named.unit("feeds.service")["Service"]["ReadOnlyPaths"])
    within = [name for name in (".git", "records", ".venv") if name == ".git" or (named.folder / name).exists()]
    assert kept == [f"-{named.folder / name}" for name in within]


def test_a_program_that_systemd_would_not_start_is_a_message(tmp_path: Path) -> None:
    program = install(tmp_path / "somebody's" / "feeds")
    done = subprocess.run(
        [program, "init", "--template", "systemd"], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"a command of systemd cannot name this path" in done.stderr
    assert not list(tmp_path.glob("feeds.*"))


@pytest.mark.parametrize(
    ("settings", "writable", "kept"),
    [
        ('source = "news"\noutput = "../out"', [".", "../out"], [".git", "news"]),
        ('source = "."\noutput = "public"', ["."], [".git"]),
        ('source = "news"\noutput = "news/public"', ["."], [".git"]),
        ('source = "../news"', ["."], [".git", "../news"]),
    ],
)
def test_the_service_may_write_where_the_output_is(
    settings: str, writable: list[str], kept: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "feeds.toml").write_text(settings, encoding="utf-8")
    assert run_feeds("init", "--template", "systemd", cwd=folder).returncode == 0
    service = Repository(folder).unit("feeds.service")["Service"]
    assert unit_words(service["ReadWritePaths"]) == [os.path.normpath(folder / name) for name in writable]
    assert unit_words(service["ReadOnlyPaths"]) == [f"-{os.path.normpath(folder / name)}" for name in kept]
    assert service["User"] == folder.owner()


@pytest.mark.parametrize(("hub", "is_offline"), [("", "yes"), ('hub = "https://hub.example.org/"', "no")])
def test_the_service_has_a_network_only_if_there_is_a_hub(hub: str, is_offline: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(f'base_url = "https://example.org/feeds/"\n{hub}', encoding="utf-8")
    assert run_feeds("init", "--template", "systemd", cwd=tmp_path).returncode == 0
    service = Repository(tmp_path).unit("feeds.service")["Service"]
    assert service["PrivateNetwork"] == is_offline
    assert ("AF_INET6" in service["RestrictAddressFamilies"]) == bool(hub)


def verified(repository: Repository) -> subprocess.CompletedProcess[str]:
    if not shutil.which("systemd-analyze"):
        pytest.skip("the program systemd-analyze is missing")
    return subprocess.run(
        ["systemd-analyze", "verify", "./feeds.service", "./feeds.timer"],
        cwd=repository.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_systemd_finds_no_fault_in_the_units(named: Repository) -> None:
    done = verified(named)
    assert done.returncode == 0, done.stdout
    assert [line for line in done.stdout.splitlines() if "feeds" in line] == []


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("feeds.service", "ExecStart=", "ExecStart=/nowhere"),
        ("feeds.service", "PrivateTmp=", "PrivateTemp="),
        ("feeds.timer", "OnCalendar=", "OnCalendar=sometimes "),
    ],
)
def test_systemd_would_find_a_fault(name: str, right: str, wrong: str, repository: Repository) -> None:
    text = repository.text(name)
    assert right in text
    (repository.folder / name).write_text(text.replace(right, wrong), encoding="utf-8")
    assert [line for line in verified(repository).stdout.splitlines() if name in line] != []


def checked_workflow(path: Path) -> subprocess.CompletedProcess[bytes]:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", path]
    return subprocess.run(check, capture_output=True, timeout=60, check=False)


def test_the_workflow_is_one_for_its_schema(repository: Repository) -> None:
    path = repository.folder / ".github" / "workflows" / "feeds.yml"
    assert checked_workflow(path).returncode == 0
    path.write_text(repository.text(str(path)).replace("runs-on", "run-on"), encoding="utf-8")
    assert checked_workflow(path).returncode == 1


def run_job(repository: Repository, name: str) -> subprocess.CompletedProcess[str]:
    """Run the commands of a job one after the other, but for pip, which writes down what it is asked to install."""
    workflow = repository.workflow()
    tools = repository.folder.parent / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "python").write_text(f'#!/bin/sh\necho "$*" >>{shlex.quote(str(tools))}/asked\n', encoding="utf-8")
    (tools / "python").chmod(0o755)
    install(tools / "feeds")
    path = f"{tools}:{os.environ['PATH']}"
    runner = os.environ | workflow["env"] | {"GITHUB_ACTIONS": "true", "PATH": path}
    for step in workflow["jobs"][name]["steps"]:
        if "run" in step:
            known = {key: filled_in(value) for key, value in step.get("env", {}).items()}
            done = subprocess.run(
                ["sh", "-e", "-c", step["run"]],
                cwd=repository.folder,
                env=runner | known,
                capture_output=True,
                encoding="utf-8",
                timeout=60,
                check=False,
            )
            if done.returncode:
                break
    return done


def filled_in(value: str) -> str:
    value = value.replace("${{ steps.pages.outputs.base_url }}", BASE_URL)
    return value.replace("${{ inputs.force && '--force' || '' }}", "")


def test_the_workflow_builds_what_it_uploads_for_the_address_of_the_pages(repository: Repository) -> None:
    assert run_job(repository, "check").returncode == 0
    assert run_job(repository, "publish").returncode == 0
    uses = {step["uses"].partition("@")[0]: step.get("with") for step in steps(repository, "publish") if "uses" in step}
    assert repository.built(uses["actions/upload-pages-artifact"]["path"]) >= ALL_FEEDS
    feed = json.loads((repository.folder / "_site" / "all.json").read_bytes())
    assert feed["feed_url"] == f"{BASE_URL}/all.json"
    assert list(uses)[-2:] == ["actions/upload-pages-artifact", "actions/deploy-pages"]
    assert uses["actions/cache"]["path"].split("\n") == [".feeds_cache", "_site"]


def test_a_run_of_the_workflow_stops_if_a_feed_would_lose_its_items(repository: Repository) -> None:
    assert run_job(repository, "publish").returncode == 0
    published = (repository.folder / "_site" / "all.json").read_bytes()
    for path in (repository.folder / "records").rglob("*.md"):
        path.unlink()
    assert run_job(repository, "publish").returncode == 3
    assert (repository.folder / "_site" / "all.json").read_bytes() == published


def steps(repository: Repository, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = repository.workflow()["jobs"][job]["steps"]
    return found


def test_the_workflow_stops_at_a_bad_record_and_shows_it_beside_its_line(repository: Repository) -> None:
    (repository.folder / "records" / "wrong.md").write_text(WRONG, encoding="utf-8")
    done = run_job(repository, "check")
    assert done.returncode == 1
    assert "::error file=records/wrong.md,line=2," in done.stdout
    assert repository.workflow()["jobs"]["publish"]["needs"] == "check"


def test_the_workflow_installs_a_program_that_has_to_be_named_first(repository: Repository) -> None:
    run_job(repository, "check")
    asked = (repository.folder.parent / "tools" / "asked").read_text(encoding="utf-8")
    assert asked == "-m pip install --quiet git+https://git.example.org/feeds@v0.1.0\n"


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (
            {"url": "https://git.example.com/f.git", "vcs_info": {"vcs": "git", "commit_id": "0123abcd"}},
            "git+https://git.example.com/f.git@0123abcd",
        ),
        (
            {"url": "ssh://git@example.com/f", "vcs_info": {"vcs": "git", "commit_id": "0123abcd"}},
            "git+ssh://git@example.com/f@0123abcd",
        ),
        ({"url": "file:///srv/f", "vcs_info": {"vcs": "git", "commit_id": "0123abcd"}}, None),
        ({"url": "file:///srv/f", "dir_info": {"editable": True}}, None),
        (None, None),
    ],
)
def test_the_workflow_installs_what_is_installed_here_if_others_can_reach_it(
    told: dict[str, Any] | None, asked: str | None, tmp_path: Path
) -> None:
    installed = tmp_path / "feeds-0.1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: feeds\nVersion: 0.1.0\n", encoding="utf-8")
    if told:
        (installed / "direct_url.json").write_text(json.dumps(told), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", str(REPOSITORY))])
    done = run_feeds("init", "--template", "github", cwd=tmp_path, PYTHONPATH=path)
    assert Repository(tmp_path).workflow()["env"]["FEEDS"] == (asked or "git+https://git.example.org/feeds@v0.1.0")
    assert (b"replace https://git.example.org/feeds" in done.stdout) is (asked is None)


@pytest.fixture
def checkout(repository: Repository, request: pytest.FixtureRequest) -> Checkout:
    made = Checkout(repository.folder, request.getfixturevalue("environment"))
    made.run("git", "init", "--quiet")
    made.run("git", "add", "feeds.toml", ".gitignore", ".pre-commit-config.yaml", "records")
    made.commit_unchecked()
    made.run(*PRE_COMMIT, "install")
    return made


def test_the_hooks_stop_a_bad_record_and_let_a_good_one_in(checkout: Checkout) -> None:
    checkout.stage("records/wrong.md", WRONG)
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (1, ["Failed", "Skipped"]), done.stdout
    checkout.run("git", "rm", "--quiet", "--force", "records/wrong.md")
    checkout.stage("records/ferry.md", RECORD)
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (0, ["Passed", "Skipped"]), done.stdout


def test_the_hooks_are_those_that_we_ship(checkout: Checkout) -> None:
    written = yaml.safe_load((checkout.folder / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    shipped = [{key: hook[key] for key in hook if key != "description"} for hook in hooks_in(SHIPPED)]
    assert written["repos"][0]["hooks"] == [hook | {"language": "system"} for hook in shipped]


def test_the_hooks_that_are_only_shown_are_a_configuration_too(checkout: Checkout) -> None:
    lines = (checkout.folder / ".pre-commit-config.yaml").read_text(encoding="utf-8").splitlines()
    shown = "\n".join(["repos:", *(line.removeprefix("# ") for line in lines if line.startswith("#  "))])
    checkout.write("shown.yaml", shown)
    assert checkout.run(*PRE_COMMIT, "validate-config", "shown.yaml").stdout == ""
    ids = [hook["id"] for hook in yaml.safe_load(shown)["repos"][0]["hooks"]]
    assert ids == [hook["id"] for hook in hooks_in(SHIPPED)]


def test_without_an_installed_script_the_interpreter_runs_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SEEDS, tmp_path / "feeds")  # a folder that must not be taken for the package
    interpreter = tmp_path / "python"
    interpreter.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(REPOSITORY))} exec {shlex.quote(sys.executable)} "$@"\n',
        encoding="utf-8",
    )
    interpreter.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(interpreter))
    monkeypatch.setattr(sys, "argv", ["/nowhere/__main__.py"])
    CliRunner().invoke(app, ["init", str(tmp_path), *EVERYTHING], catch_exceptions=False)
    ((_, command),) = cron_lines((tmp_path / "feeds.cron").read_text(encoding="utf-8"))
    assert command == f"cd {tmp_path} && {interpreter} -P -m feeds build --quiet >/dev/null"
    assert run_as_a_daemon("/", "/bin/sh", "-c", command).returncode == 0
    assert Repository(tmp_path).built() >= ALL_FEEDS


def test_the_task_of_the_editor_finds_every_problem_in_its_place(tmp_path: Path) -> None:
    assert run_feeds("init", "--template", "vscode", cwd=tmp_path).returncode == 0
    (task,) = json.loads((tmp_path / ".vscode" / "tasks.json").read_bytes())["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    invalid = REPOSITORY / "tests" / "records" / "invalid"
    lines = run_feeds("validate", ".", cwd=invalid).stdout.decode().splitlines()
    problems = json.loads(run_feeds("validate", ".", "--format", "json", cwd=invalid).stdout)["problems"]
    assert len(lines) == len(problems) > 100
    for line, problem in zip(lines, problems, strict=True):
        match = re.fullmatch(pattern["regexp"], line)
        assert match, line
        keys = {"file": "path", "line": "line", "column": "column", "severity": "severity", "code": "rule"}
        found = {key: match[pattern[name]] or "error" for name, key in keys.items()}
        assert found == {key: str(problem[key]) for key in keys.values()}
