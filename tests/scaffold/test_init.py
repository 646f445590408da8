"""Set feeds up in repositories: what is written, what is kept, and what is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from site_folder import write
from support import REPOSITORY, SEEDS, all_files, run_feeds

from feeds import Podcast
from feeds.config.config_file import load_config
from feeds.config.settings import Config
from feeds.scaffold.templates import TemplateName
from feeds.sources.detect import likely_source

TARGETS = (
    "feeds.toml",
    ".gitignore",
    "feeds.ids",
    ".pre-commit-config.yaml",
    ".github/workflows/feeds.yml",
    "feeds.cron",
    "feeds.service",
    "feeds.timer",
    ".vscode/tasks.json",
)
EVERYTHING = [word for name in TemplateName for word in ("--template", str(name))]
MINE = b"# mine, and not to be touched\n"
RECORD, OTHER = "---\ntitle: Ferry\n---\n", "# Read me\n"


def init(folder: Path, *words: str | Path) -> list[str]:
    done = run_feeds("init", *words, cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


def deeds(lines: list[str]) -> dict[str, list[str]]:
    """Return which files were written and which kept, by those words."""
    told = [line.partition(":")[0].split(" ", 1) for line in lines if line.startswith(("wrote ", "kept "))]
    return {deed: [name for word, name in told if word == deed] for deed in ("wrote", "kept")}


@pytest.mark.parametrize("settings", ["", 'preset = "hugo"'])
def test_whoever_has_a_site_is_told_that_the_workflow_publishes_the_feeds_alone(settings: str, tmp_path: Path) -> None:
    write(tmp_path, {"feeds.toml": settings})
    (told,) = init(tmp_path, "--template", "github")
    assert ("publishes the feeds alone" in told) == bool(settings)


def test_an_empty_folder_is_set_up_and_the_next_steps_are_told(tmp_path: Path) -> None:
    assert init(tmp_path) == [
        'wrote feeds.toml: the source is "seeds"; fill in base_url and title',
        "wrote .gitignore",
        "wrote feeds.ids: commit it: records keep the ids that it lists",
        "wrote .pre-commit-config.yaml: in each clone: pre-commit install",
        "next: put records into seeds/; feeds schema tells their keys",
        "next: feeds validate, then feeds build",
        "more: feeds init --template github --template cron --template systemd --template vscode",
        "more: feeds init --server, with one of nginx, apache, caddy, headers",
    ]


def test_the_next_steps_lead_to_feeds(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "content" / "news")
    assert not [line for line in init(tmp_path) if "put records" in line]
    assert run_feeds("validate", cwd=tmp_path).returncode == 0
    assert run_feeds("build", cwd=tmp_path).returncode == 0
    assert (tmp_path / "public" / "all.rss").is_file()


def test_a_folder_that_is_named_is_set_up(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    assert "next, in news: feeds validate, then feeds build" in init(tmp_path, "news")
    assert sorted(all_files(tmp_path)) == [
        "news/.gitignore",
        "news/.pre-commit-config.yaml",
        "news/feeds.ids",
        "news/feeds.toml",
    ]


def test_all_templates_write_all_files(tmp_path: Path) -> None:
    assert deeds(init(tmp_path, *EVERYTHING)) == {"wrote": list(TARGETS), "kept": []}
    assert sorted(all_files(tmp_path)) == sorted(TARGETS)


def test_only_the_templates_that_are_named_are_written_each_once(tmp_path: Path) -> None:
    lines = init(tmp_path, "--template", "cron", "--template", "cron")
    assert lines == [f"wrote feeds.cron: (crontab -l; cat {tmp_path}/feeds.cron) | crontab -"]
    assert sorted(all_files(tmp_path)) == ["feeds.cron"]


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    init(tmp_path, *EVERYTHING)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert deeds(init(tmp_path, *EVERYTHING)) == {"wrote": [], "kept": list(TARGETS)}
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def as_file(path: Path, _: Path) -> None:
    path.write_bytes(MINE)


def as_read_only_file(path: Path, _: Path) -> None:
    path.write_bytes(MINE)
    path.chmod(0o444)


def as_link(path: Path, elsewhere: Path) -> None:
    (elsewhere / path.name).write_bytes(MINE)
    path.symlink_to(elsewhere / path.name)


def as_link_to_nothing(path: Path, elsewhere: Path) -> None:
    path.symlink_to(elsewhere / path.name)


def as_folder(path: Path, _: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("put", [as_file, as_read_only_file, as_link, as_link_to_nothing, as_folder])
def test_whatever_is_there_stays(put: Callable[[Path, Path], None], tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "news", tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in TARGETS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        is_read = name == "feeds.toml" and put in {as_link_to_nothing, as_folder}  # a configuration must be readable
        (as_file if is_read else put)(folder / name, elsewhere)
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    content = all_files(tmp_path)
    assert deeds(init(folder, *EVERYTHING)) == {"wrote": [], "kept": list(TARGETS)}
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert all_files(tmp_path) == content


@pytest.mark.parametrize("name", TARGETS)
def test_one_file_that_is_there_keeps_no_other_from_being_written(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(MINE)
    assert deeds(init(tmp_path, *EVERYTHING)) == {"wrote": [one for one in TARGETS if one != name], "kept": [name]}
    assert (tmp_path / name).read_bytes() == MINE


def test_a_configuration_in_pyproject_is_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": '[tool.feeds]\nsource = "../records"\noutput = "out/feeds"\n'})
    lines = init(tmp_path)
    written = [".gitignore", "feeds.ids", ".pre-commit-config.yaml"]
    assert deeds(lines) == {"wrote": written, "kept": ["pyproject.toml"]}
    assert f"next: put records into {tmp_path.parent / 'records'}/; feeds schema tells their keys" in lines
    assert "/out/feeds/" in (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_a_pyproject_without_settings_of_feeds_is_none(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": '[project]\nname = "news"\n'})
    assert "feeds.toml" in deeds(init(tmp_path))["wrote"]


def test_the_former_name_of_an_option_still_works_and_says_so(tmp_path: Path) -> None:
    done = run_feeds("init", "--recipe", "vscode", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"feeds: --recipe has been renamed; use --template\n")
    assert list(all_files(tmp_path)) == [".vscode/tasks.json"]


@pytest.mark.parametrize(
    ("names", "source"),
    [
        (["news/a.md", "news/b.html", "docs/a.md"], "news"),
        (["content/news/a.md", "content/blog/a.md", "docs/a.md"], "content"),
        (["content/news/a.md", "content/news/2024/b.md"], "content"),
        (["src/content/a.md", "src/content/b.md", "-src/template.html"], "src/content"),
        (["docs/a.md", "-docs/b.md", "-docs/c.md", "news/a.md"], "news"),
        (["_posts/a.markdown", "-README.md"], "_posts"),
        (["a.md", "b.txt", "drafts/c.md", "-README.md"], "drafts"),
        (["a.md", "b.txt", "drafts/c.md"], "."),
        (["two/a.md", "one/a.md"], "one"),
        (["news/a.md", "public/a.md", "public/b.md", ".cache/a.md", ".cache/b.md", "x/a.doc", "x/b.doc"], "news"),
        (["-README.md", "-docs/a.md"], None),
        ([], None),
    ],
)
def test_the_source_is_the_folder_with_the_most_front_matter(
    names: list[str], source: str | None, tmp_path: Path
) -> None:
    write(tmp_path, {name.removeprefix("-"): OTHER if name.startswith("-") else RECORD for name in names})
    found = likely_source(tmp_path, tmp_path / "public")
    assert (found and found.as_posix()) == source


def test_the_source_that_was_found_is_configured(tmp_path: Path) -> None:
    write(tmp_path, {'the "news" \\ today/é.md': "\ufeff" + RECORD})
    init(tmp_path)
    assert load_config(folder=tmp_path).source == tmp_path / 'the "news" \\ today'


def test_the_configuration_says_what_the_defaults_say(tmp_path: Path) -> None:
    init(tmp_path)
    config = load_config(tmp_path / "feeds.toml")
    kept = {"cache": tmp_path / ".feeds_cache", "ledger": tmp_path / "feeds.ids"}
    expected = Config(source=tmp_path / "seeds", output=tmp_path / "public", title=tmp_path.name, **kept)
    assert config == expected


def test_every_setting_that_is_only_shown_would_load(tmp_path: Path) -> None:
    init(tmp_path)
    path = tmp_path / "feeds.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines.index(next(line for line in lines if line.startswith("source")))
    shown = [line.removeprefix("# ") if "=" in line or "[" in line else line for line in lines[head:]]
    path.write_text("\n".join(shown), encoding="utf-8")
    config = load_config(path)
    assert len(tomllib.loads(path.read_text(encoding="utf-8"))) == 14
    assert (config.feeds[0].min_quality, config.topics.exclude) == (50, ("Internal",))
    assert config.podcast == Podcast("https://example.org/cover.jpg", "Arts", owner="ada@example.org")


@pytest.mark.parametrize("output", ["public", "out/feeds", "new [draft]*?", "#feeds"])
def test_git_ignores_the_output_and_the_cache_and_nothing_else(output: str, tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("the program git is missing")
    write(tmp_path, {"feeds.toml": f'output = "{output}"\n'})
    init(tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    write(
        tmp_path, dict.fromkeys([f"{output}/a.rss", ".feeds_cache/a", "seeds/a.md", "new draft/a", "news/public/a"], "")
    )
    status = ["git", "-c", "core.quotePath=false", "status", "--porcelain", "--untracked-files=all"]
    listed = subprocess.run(status, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout
    others = [
        ".gitignore",
        ".pre-commit-config.yaml",
        "feeds.ids",
        "feeds.toml",
        "new draft/a",
        "news/public/a",
        "seeds/a.md",
    ]
    assert [line[3:].strip('"') for line in listed.splitlines()] == others


def test_a_gitignore_that_is_there_stays_and_its_missing_lines_are_told(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "*.bak\npublic\n"})
    assert "kept .gitignore: add /.feeds_cache/" in init(tmp_path)
    write(tmp_path, {".gitignore": "*.bak\n"})
    assert "kept .gitignore: add /public/ and /.feeds_cache/" in init(tmp_path)
    write(tmp_path, {".gitignore": "/public/\n.feeds_cache/\n"})
    assert "kept .gitignore" in init(tmp_path)


def test_an_output_beside_the_repository_is_nothing_for_its_gitignore(tmp_path: Path) -> None:
    write(tmp_path, {"feeds.toml": 'output = "../out"\n'})
    init(tmp_path)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()[1:] == ["/.feeds_cache/"]


def test_a_folder_that_cannot_be_written_to_is_a_message(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    command: list[str | Path] = [sys.executable, "-m", "feeds", "init", tmp_path]
    if os.access(tmp_path, os.W_OK):  # we are root, who is asked for no permission while these rights last
        if not shutil.which("setpriv"):
            pytest.skip("the program setpriv, by which root gives up the right to write anywhere, is missing")
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, timeout=60, check=False)
    remedy = "let the user who runs feeds write there, or name another place"
    message = f"feeds: {tmp_path / 'feeds.toml'}: cannot be written: Permission denied; {remedy}\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (3, b"", message)
    assert all_files(tmp_path) == {}


def test_a_file_in_the_place_of_a_folder_is_a_message(tmp_path: Path) -> None:
    (tmp_path / ".github").write_bytes(MINE)
    done = run_feeds("init", "--template", "github", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode().startswith(f"feeds: {tmp_path / '.github' / 'workflows'}: the folder cannot be made: ")
    assert all_files(tmp_path) == {".github": MINE}


@pytest.mark.parametrize("name", ["missing", "notes.txt"])
def test_what_is_no_folder_is_a_message(name: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(MINE)
    done = run_feeds("init", name, cwd=tmp_path)
    message = f"feeds: {name}: no such folder; name the folder of your repository\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (3, b"", message)
    assert all_files(tmp_path) == {"notes.txt": MINE}


def test_nothing_is_written_beside_a_configuration_that_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, {"feeds.toml": "sauce = 1\n"})
    done = run_feeds("init", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert b'unknown setting "sauce"; did you mean "source"?' in done.stderr
    assert list(all_files(tmp_path)) == ["feeds.toml"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        *(("--template cron", "a\nb"), ("--template cron", "a\\b"), ("--template systemd", "a\nb")),
        *(("--server nginx", "$a"), ("--server apache", "${a}"), ("--server apache", "a*")),
        *(("--server caddy", "a`"), ("--server caddy", "{a}")),
    ],
)
def test_nothing_is_written_for_a_path_that_no_file_can_hold(words: str, name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    done = run_feeds("init", "--template", "config", *words.split(), cwd=folder)
    assert (done.returncode, done.stdout, all_files(folder)) == (3, b"", {})
    assert b"cannot name this path" in done.stderr


def test_templates_are_written_for_object_storage_and_servers_need_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"feeds.toml": 'source = "s3://bucket/records"\noutput = "s3://bucket/public"\n'})
    told = init(tmp_path, "--template", "github", "--template", "cron", "--template", "systemd")
    assert "nothing to s3://bucket/public" in told[0]
    unit = (tmp_path / "feeds.service").read_text(encoding="utf-8")
    assert "PrivateNetwork=no" in unit
    assert f"ReadWritePaths={tmp_path}\n" in unit
    refused = run_feeds("init", "--server", "nginx", cwd=tmp_path)
    assert (refused.returncode, b"s3://bucket/public: a web server needs" in refused.stderr) == (3, True)


def test_the_workflow_tells_that_a_hub_knows_of_items_before_the_pages_are_there(tmp_path: Path) -> None:
    write(tmp_path, {"feeds.toml": 'hub = "https://hub.example/"\n'})
    (told,) = init(tmp_path, "--template", "github")
    assert told.endswith(
        "the hub is told before the pages are there, so subscribers of it get an item with the next one"
    )
