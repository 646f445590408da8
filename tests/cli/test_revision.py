"""`feeds ids --base` says what to do where git cannot tell what was there, in whatever kind of clone."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support import record_bytes, run_feeds

RECORD = {"title": "Ferry", "publishedDateTime": "2024-05-01T08:30:00Z"}
AUTHOR = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
LOCAL = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow", "GIT_CONFIG_VALUE_0": "always"}


def git(folder: Path, *arguments: str) -> None:
    environment = os.environ | AUTHOR | LOCAL
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=environment)


def write(folder: Path, url: str) -> None:
    (folder / "records").mkdir(exist_ok=True)
    (folder / "records" / "a.md").write_bytes(record_bytes({**RECORD, "webUrl": url}))


def said(folder: Path, revision: str) -> str:
    done = run_feeds("ids", "--base", revision, cwd=folder)
    assert done.returncode == 3
    return " ".join(done.stderr.decode().split())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a repository of two commits."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "feeds.toml").write_text('source = "records"\nbase_url = "https://example.org/"\n', encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    for number in (1, 2):
        write(folder, f"https://example.org/{number}")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "records")
    return folder


def test_a_folder_in_no_repository_is_told_so(tmp_path: Path) -> None:
    write(tmp_path, "https://example.org/1")
    (tmp_path / "feeds.toml").write_text('source = "records"\n', encoding="utf-8")
    assert "not in a git repository" in said(tmp_path, "HEAD")


def test_an_unknown_revision_is_told_with_how_to_list_them(site: Path) -> None:
    assert "unknown revision nowhere: this repository does not have it; git branch --all" in said(site, "nowhere")


def test_what_looks_like_an_option_is_a_revision(site: Path) -> None:
    assert "unknown revision --output=x" in said(site, "--output=x")


def test_the_command_that_a_shallow_clone_is_told_makes_the_check_work(site: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", site.as_uri(), "clone")
    clone = tmp_path / "clone"
    assert "this clone is shallow" in said(clone, "HEAD~1")
    assert "git fetch --unshallow" in said(clone, "HEAD~1")
    git(clone, "fetch", "-q", "--unshallow")
    assert run_feeds("ids", "--base", "HEAD~1", cwd=clone).returncode == 1


def test_the_command_for_a_branch_that_is_not_fetched_makes_the_check_work(site: Path, tmp_path: Path) -> None:
    git(site, "branch", "next", "HEAD~1")
    git(tmp_path, "clone", "-q", "--depth=1", site.as_uri(), "clone")
    clone = tmp_path / "clone"
    command = said(clone, "origin/next").partition("fetch it with git ")[2]
    git(clone, *command.split())
    assert run_feeds("ids", "--base", "origin/next", cwd=clone).returncode == 1


def test_records_in_a_submodule_are_those_of_its_commit(site: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    git(whole, "init", "-q", "-b", "main")
    git(whole, "submodule", "add", "-q", site.as_uri(), "site")
    (whole / "feeds.toml").write_text('source = "site/records"\nbase_url = "https://example.org/"\n', encoding="utf-8")
    git(whole, "add", "-A")
    git(whole, "commit", "-q", "-m", "site")
    assert run_feeds("ids", "--base", "HEAD", cwd=whole).returncode == 0
    write(whole / "site", "https://example.org/3")
    assert run_feeds("ids", "--base", "HEAD", cwd=whole).returncode == 1
    assert run_feeds("ids", "--base", "HEAD", cwd=whole / "site").returncode == 1


def test_records_elsewhere_are_not_compared_with_themselves(site: Path, tmp_path: Path) -> None:
    write(tmp_path, "https://example.org/4")
    source = (tmp_path / "records").as_posix()
    (site / "feeds.toml").write_text(f'source = "{source}"\n', encoding="utf-8")
    git(site, "commit", "-q", "-a", "-m", "elsewhere")
    assert "the records are not in this folder" in said(site, "HEAD")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_another_user_is_told_with_how_to_trust_it(site: Path) -> None:
    for path in (site, *site.rglob("*")):
        os.chown(path, 65534, -1)
    told = said(site, "HEAD")
    assert "another user owns this git repository" in told
    assert f"git config --global --add safe.directory {site}" in told
