"""Commit with the real pre-commit in repositories that use our hooks."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import REPOSITORY

from feeds.sources.entry import SUFFIXES

SHIPPED = ".pre-commit-hooks.yaml"
OWN = ".pre-commit-config.yaml"
RECORD = """\
---
title: "Ferry sails again"
publishedDateTime: 2024-05-01T08:30:00Z
webUrl: https://example.org/ferry
type: article
---
"""
WRONG = RECORD.replace("/ferry", "/wrong").replace("article", "artcle")
NOT_COPIED = shutil.ignore_patterns(".git", ".hypothesis", ".*_cache", "__pycache__", "public", "dist")
SETTINGS_OF_OTHERS = ("GIT_", "GITHUB_", "PRE_COMMIT", "XDG_")
NO_NETWORK = re.compile("NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError")
PRE_COMMIT = (sys.executable, "-m", "pre_commit")


@dataclass(frozen=True)
class Checkout:
    """Write, stage and commit in one repository, untouched by any setting of the person who runs the tests."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stdout
        return done

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def stage(self, name: str, text: str) -> None:
        self.write(name, text)
        self.run("git", "add", "--", name)

    def commit(self) -> subprocess.CompletedProcess[str]:
        return self.run("git", "commit", "--message", "any", check=False)

    def commit_unchecked(self) -> None:
        self.run("git", "commit", "--quiet", "--no-verify", "--message", "any")


def left_out(folder: str, names: list[str]) -> set[str]:
    """Return what is not copied of a folder of the project: what git ignores, and environments by whatever name."""
    return NOT_COPIED(folder, names) | {name for name in names if Path(folder, name, "pyvenv.cfg").exists()}


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    if not importlib.util.find_spec("pre_commit"):
        pytest.skip("the Python package pre-commit is missing")
    if not shutil.which("git"):
        pytest.skip("the program git is missing")
    home = str(tmp_path_factory.mktemp("home"))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(SETTINGS_OF_OTHERS) and k != "SKIP"}
    homes = ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "PRE_COMMIT_HOME")
    people = ("GIT_AUTHOR", "GIT_COMMITTER")
    return {
        **kept,
        **dict.fromkeys(homes, home),
        **{f"{person}_NAME": "Somebody" for person in people},
        **{f"{person}_EMAIL": "somebody@example.org" for person in people},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), kept["PATH"]]),
    }


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Checkout:
    """Return the project as it is on disk, committed in a repository of its own."""
    folder = tmp_path_factory.mktemp("project") / "feeds"
    shutil.copytree(REPOSITORY, folder, ignore=left_out)
    checkout = Checkout(folder, environment)
    checkout.run("git", "init", "--quiet")
    checkout.run("git", "add", ".")
    checkout.commit_unchecked()
    return checkout


@pytest.fixture(scope="session")
def user(tmp_path_factory: pytest.TempPathFactory, project: Checkout) -> Checkout:
    """Return a repository that uses our hooks, which are installed with all that they need."""
    checkout = Checkout(tmp_path_factory.mktemp("user"), project.environment)
    checkout.run("git", "init", "--quiet")
    checkout.run(*PRE_COMMIT, "install")
    hooks = [{"id": "feeds-validate"}, {"id": "feeds-schema"}]
    revision = project.run("git", "rev-parse", "HEAD").stdout.strip()
    source = {"repo": project.folder.as_uri(), "rev": revision, "hooks": hooks}
    checkout.stage(OWN, yaml.safe_dump({"repos": [source]}))
    checkout.stage("README.md", "# Harbour news\n")
    checkout.commit_unchecked()
    done = checkout.run(*PRE_COMMIT, "install-hooks", check=False)
    if done.returncode and NO_NETWORK.search(done.stdout):
        pytest.skip("the package index, from which pre-commit installs our hooks, is missing")
    assert done.returncode == 0, done.stdout
    return checkout


@pytest.fixture
def checkout(user: Checkout, tmp_path: Path) -> Checkout:
    """Return a copy of the user's repository for one test, with one good record in it."""
    copy = Checkout(tmp_path / "news", user.environment)
    shutil.copytree(user.folder, copy.folder)
    copy.stage("seeds/ferry.md", RECORD)
    copy.commit_unchecked()
    return copy


def outcome(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return how our two hooks ended, in their order: Passed, Failed or Skipped."""
    return re.findall(r"^feeds - .*(Passed|Failed|Skipped)$", done.stdout, re.MULTILINE)


def hooks_in(name: str) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((REPOSITORY / name).read_text(encoding="utf-8"))
    hooks: list[dict[str, Any]] = loaded["repos"][0]["hooks"] if isinstance(loaded, dict) else loaded
    return hooks


def test_a_bad_record_blocks_the_commit_and_its_place_is_told(checkout: Checkout) -> None:
    checkout.stage("seeds/wrong.md", WRONG)
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (1, ["Failed", "Skipped"]), done.stdout
    assert re.search(r'^seeds/wrong\.md:5:7: .*"artcle".*\[not-allowed\]$', done.stdout, re.MULTILINE)


def test_a_good_record_is_committed(checkout: Checkout) -> None:
    checkout.stage("seeds/piers/North pier.HTML", RECORD.replace("/ferry", "/pier"))
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (0, ["Passed", "Skipped"]), done.stdout


def test_the_staged_text_counts_and_not_what_was_written_since(checkout: Checkout) -> None:
    checkout.stage("seeds/pier.md", RECORD.replace("/ferry", "/pier"))
    checkout.write("seeds/pier.md", WRONG)
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (0, ["Passed", "Skipped"]), done.stdout


def test_a_bad_record_that_is_not_staged_blocks_nothing(checkout: Checkout) -> None:
    checkout.stage("seeds/wrong.md", WRONG)
    checkout.commit_unchecked()
    checkout.write("seeds/untracked.md", WRONG)
    checkout.stage("seeds/pier.md", RECORD.replace("/ferry", "/pier"))
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (0, ["Passed", "Skipped"]), done.stdout


def test_text_outside_of_the_source_is_no_record(checkout: Checkout) -> None:
    checkout.stage("README.md", "# No front matter\n")
    checkout.stage("docs/guide.md", "---\nlayout: page\n---\n")
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (0, ["Passed", "Skipped"]), done.stdout


def test_text_outside_of_the_source_does_not_hide_a_bad_record(checkout: Checkout) -> None:
    checkout.stage("README.md", "# No front matter\n")
    checkout.stage("seeds/wrong.md", WRONG)
    done = checkout.commit()
    assert done.returncode == 1
    assert re.findall(r"^[^:\s]+:\d+:\d+", done.stdout, re.MULTILINE) == ["seeds/wrong.md:5:7"]


def test_the_source_is_the_configured_one(checkout: Checkout) -> None:
    checkout.stage("feeds.toml", 'source = "news"\n')
    checkout.stage("news/harbour.md", RECORD)
    checkout.commit_unchecked()
    checkout.stage("seeds/wrong.md", WRONG)
    assert checkout.commit().returncode == 0
    checkout.stage("news/wrong.md", WRONG)
    assert "\nnews/wrong.md:5:7: " in checkout.commit().stdout


def test_a_duplicate_of_a_committed_record_is_found(checkout: Checkout) -> None:
    checkout.stage("seeds/again.md", RECORD)
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (1, ["Failed", "Skipped"]), done.stdout
    assert re.search(r"^seeds/again\.md:4:\d+: .*seeds/ferry\.md.*\[duplicate-id\]$", done.stdout, re.MULTILINE)


def test_a_link_to_a_record_is_a_duplicate_of_it(checkout: Checkout) -> None:
    (checkout.folder / "seeds" / "a.md").symlink_to("ferry.md")
    checkout.run("git", "add", "seeds/a.md")
    done = checkout.commit()
    assert outcome(done) == ["Failed", "Skipped"], done.stdout
    assert "\nseeds/a.md:4:9: duplicate id: already used by seeds/ferry.md" in done.stdout


def test_all_staged_records_are_checked_by_one_process(checkout: Checkout) -> None:
    for number in range(12):
        checkout.stage(f"seeds/wrong-{number}.md", WRONG.replace("/wrong", f"/wrong-{number}"))
    assert re.findall(r"^feeds: .*", checkout.commit().stdout, re.MULTILINE) == ["feeds: 12 errors, 0 warnings"]


def test_a_changed_schema_has_all_records_checked(checkout: Checkout) -> None:
    checkout.stage("feeds.toml", 'schema = "rules/own.schema.json"\n')
    checkout.stage("rules/own.schema.json", "{}")
    checkout.commit_unchecked()
    checkout.stage("rules/own.schema.json", '{"properties": {"title": {"maxLength": 9}}}')
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (1, ["Skipped", "Failed"]), done.stdout
    assert "\nseeds/ferry.md:2:8: " in done.stdout


@pytest.mark.parametrize(("name", "table"), [("feeds.toml", "topics"), ("pyproject.toml", "tool.feeds.topics")])
def test_a_changed_configuration_has_all_records_checked(checkout: Checkout, name: str, table: str) -> None:
    checkout.stage("seeds/ferry.md", RECORD.replace("type: article", "topics: [Ships]"))
    checkout.commit_unchecked()
    checkout.stage(name, f'[{table}]\nallowed = ["Sea"]\n')
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (1, ["Skipped", "Failed"]), done.stdout
    assert "\nseeds/ferry.md:5:10: " in done.stdout


def test_a_configuration_that_changes_nothing_for_the_records_is_committed(checkout: Checkout) -> None:
    checkout.stage("feeds.toml", 'title = "Harbour news"\n')
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (0, ["Skipped", "Passed"]), done.stdout


@pytest.mark.parametrize(("check", "name"), [("validate-manifest", SHIPPED), ("validate-config", OWN)])
def test_pre_commit_finds_no_fault_in_our_files(project: Checkout, check: str, name: str) -> None:
    assert project.run(*PRE_COMMIT, check, name).stdout == ""


def test_the_hook_is_given_what_a_folder_would_be_searched_for() -> None:
    pattern = hooks_in(SHIPPED)[0]["files"]
    names = [f"seeds/lighthouse{suffix}" for suffix in (*SUFFIXES, *map(str.upper, SUFFIXES), ".pdf", ".md.bak", "md")]
    assert [name for name in names if re.search(pattern, name)] == names[: 2 * len(SUFFIXES)]


def test_our_own_hooks_are_those_that_we_ship() -> None:
    assert hooks_in(OWN) == [hook | {"language": "system"} for hook in hooks_in(SHIPPED)]


def test_our_own_hooks_pass_on_our_own_records(project: Checkout) -> None:
    done = project.run(*PRE_COMMIT, "run", "--all-files", check=False)
    assert (done.returncode, outcome(done)) == (0, ["Passed", "Passed"]), done.stdout


def test_our_own_hooks_would_find_a_bad_record(project: Checkout, tmp_path: Path) -> None:
    clone = Checkout(tmp_path / "clone", project.environment)
    project.run("git", "clone", "--quiet", project.folder, clone.folder)
    clone.stage("seeds/wrong.md", WRONG)
    done = clone.run(*PRE_COMMIT, "run", check=False)
    assert (done.returncode, outcome(done)) == (1, ["Failed", "Skipped"]), done.stdout
    assert "\nseeds/wrong.md:5:7: " in done.stdout


def test_what_readme_shows_sets_up_a_hook_that_stops_bad_records(tmp_path: Path, environment: dict[str, str]) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```sh\n([^`]*pre-commit install\n)```", readme, re.MULTILINE)
    checkout = Checkout(tmp_path, environment)
    checkout.run("git", "init", "--quiet")
    checkout.stage("news/-wrong.md", WRONG)
    checkout.run("sh", "-ec", shown)
    checkout.stage(OWN, (tmp_path / OWN).read_text(encoding="utf-8"))
    done = checkout.commit()
    assert (done.returncode, outcome(done)) == (1, ["Failed", "Skipped"]), done.stdout
    assert "\nnews/-wrong.md:5:7: " in done.stdout
