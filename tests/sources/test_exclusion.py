"""Only records are taken for records: what is excluded, what goes with any folder, and what links lead to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from support import NOW, REPOSITORY, record_bytes, run_feeds

import feeds
from feeds.config.config_file import load_config
from feeds.config.ignore_patterns import pattern_spec
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import Address
from feeds.sources.exclusion import Exclusion
from feeds.sources.files import find_files, find_folders

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: bytes | None = None) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        address = f"https://example.org/{name}"
        record = {"title": name, "publishedDateTime": "2024-05-01T08:30:00Z", "webUrl": address}
        path.write_bytes(record_bytes(record) if content is None else content)
        return path

    return write


def rules_of(*sources: str, config: Config | None = None) -> list[tuple[str, str]]:
    problems = feeds.validate(*map(Path, sources), config=config or Config(Path("seeds")))
    return [(problem.path, problem.rule) for problem in problems]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("README.md", ["a.md", "drafts/b.md", "drafts/deep/c.txt", "notes.txt"]),
        ("/README.md", ["a.md", "drafts/README.md", "drafts/b.md", "drafts/deep/c.txt", "notes.txt"]),
        ("drafts/**", ["README.md", "a.md", "notes.txt"]),
        ("drafts/", ["README.md", "a.md", "notes.txt"]),
        ("drafts/*.md", ["README.md", "a.md", "drafts/deep/c.txt", "notes.txt"]),
        ("*.txt", ["README.md", "a.md", "drafts/README.md", "drafts/b.md"]),
        ("**/deep/*", ["README.md", "a.md", "drafts/README.md", "drafts/b.md", "notes.txt"]),
    ],
)
def test_patterns_count_as_in_a_gitignore(write: Write, pattern: str, left: list[str]) -> None:
    for name in ("README.md", "a.md", "drafts/README.md", "drafts/b.md", "drafts/deep/c.txt", "notes.txt"):
        write(f"seeds/{name}")
    for source in (Path("seeds"), Path("seeds").resolve()):
        found = find_files([source], excluded=Exclusion(Path("seeds"), (pattern,)))
        assert [Path(str(entry)).relative_to(source).as_posix() for entry in found] == left


def test_a_later_pattern_can_take_a_file_back(write: Write) -> None:
    write("seeds/a.txt"), write("seeds/kept.txt")
    excluded = Exclusion(Path("seeds"), ("*.txt", "!kept.txt"))
    assert list(find_files([Path("seeds")], excluded=excluded)) == ["seeds/kept.txt"]


def test_an_excluded_folder_is_not_searched(write: Write) -> None:
    write("seeds/a.md"), write("seeds/drafts.md/b.md")
    excluded = Exclusion(Path("seeds"), ("drafts.md/",))
    assert list(find_files([Path("seeds")], excluded=excluded)) == ["seeds/a.md"]
    assert [folder.path for folder in find_folders(Path("seeds"), None, excluded)] == ["seeds"]


@pytest.mark.parametrize("name", ["seeds/drafts/bad.md", "./seeds/drafts/bad.md", "seeds/drafts", "{absolute}"])
def test_an_excluded_file_that_is_named_is_not_checked(write: Write, tmp_path: Path, name: str) -> None:
    write("feeds.toml", b'source = "seeds"\nexclude = ["drafts/**"]\n')
    write("seeds/drafts/bad.md", b"---\n---\n")
    given = name.format(absolute=tmp_path / "seeds/drafts/bad.md")
    for option in ("--in-source", "--fix"):
        done = run_feeds("validate", option, "--", given, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, b""), done


def test_what_is_excluded_is_not_published(write: Write) -> None:
    write("seeds/a.md"), write("seeds/drafts/b.md")
    config = Config(Path("seeds"), output=Path("out"), formats=("json",), exclude=("drafts/**",))
    (listed,) = [file for file in feeds.build(config, NOW).files if file.path.name == "all.json"]
    assert listed.items == 1


def test_a_duplicate_in_an_excluded_file_is_none(write: Write) -> None:
    content = write("seeds/a.md").read_bytes()
    write("seeds/drafts/a.md", content)
    config = Config(Path("seeds"), exclude=("drafts/",))
    assert feeds.validate(Path("seeds/a.md"), config=config, among=Path("seeds")) == []


def test_a_pattern_that_is_none_is_told_with_its_setting(write: Write) -> None:
    write("feeds.toml", b'exclude = ["!"]\n')
    with pytest.raises(CouldNotRunError, match='"exclude" contains'):
        load_config()


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "readme.txt", "README.de.md", "LICENSE.txt", "LICENCE.md", "CHANGELOG.md", "CONTRIBUTING.md"),
        *("sub/CODE_OF_CONDUCT.md", "index.md", "_index.md", "sub/index.html"),
    ],
)
def test_what_goes_with_any_folder_is_no_record_without_front_matter(write: Write, name: str) -> None:
    write(f"seeds/{name}", b"# Of this folder\n")
    assert rules_of("seeds") == [(f"seeds/{name}", "not-a-record")]


@pytest.mark.parametrize("name", ["readable.md", "licensed.md", "history.md", "indexes.md", "a.md"])
def test_any_other_file_without_front_matter_is_an_error(write: Write, name: str) -> None:
    write(f"seeds/{name}", b"# A text\n")
    assert rules_of("seeds") == [(f"seeds/{name}", "no-front-matter")]


def test_a_page_that_lists_others_is_no_record(write: Write) -> None:
    write("seeds/_index.md", b'---\ntitle: "Posts"\nsort: date\n---\n')
    assert rules_of("seeds") == [("seeds/_index.md", "not-a-record")]


@pytest.mark.parametrize("name", ["README.md", "index.md"])
def test_a_record_may_have_any_name(write: Write, name: str) -> None:
    write(f"seeds/{name}")
    assert rules_of("seeds") == []
    write(f"seeds/{name}", b"---\ntitle: A\nexcerpt: B\n---\n")
    assert {rule for _, rule in rules_of("seeds")} == {"missing-key"}


def test_a_linked_folder_is_searched(write: Write) -> None:
    write("seeds/a.md"), write("elsewhere/b.md"), write("elsewhere/deep/c.md")
    Path("seeds/old").symlink_to("../elsewhere")
    assert list(find_files([Path("seeds")])) == ["seeds/a.md", "seeds/old/b.md", "seeds/old/deep/c.md"]
    assert [folder.is_link for folder in find_folders(Path("seeds"))] == [False, True, False]


@pytest.mark.parametrize("target", [".", "..", "deep", "../seeds/deep", "{absolute}"])
def test_a_link_to_what_is_searched_anyway_is_skipped_and_told(write: Write, tmp_path: Path, target: str) -> None:
    write("seeds/a.md"), write("seeds/deep/b.md")
    Path("seeds/again").symlink_to(target.format(absolute=tmp_path / "seeds"))
    assert rules_of("seeds") == [("seeds/again", "linked-folder")]
    found = [entry for entry in find_files([Path("seeds")]) if isinstance(entry, str)]
    assert found == ["seeds/a.md", "seeds/deep/b.md"]


def test_two_links_to_one_folder_are_followed_once(write: Write) -> None:
    write("seeds/a.md"), write("elsewhere/b.md"), write("elsewhere/deep/c.md")
    Path("elsewhere/loop").symlink_to("../elsewhere")
    Path("seeds/one").symlink_to("../elsewhere/deep")
    Path("seeds/two").symlink_to("../elsewhere")
    found = [entry for entry in find_files([Path("seeds")]) if isinstance(entry, str)]
    assert found == ["seeds/a.md", "seeds/one/c.md", "seeds/two/b.md"]
    told = [path for path, rule in rules_of("seeds") if rule == "linked-folder"]
    assert told == ["seeds/two/deep", "seeds/two/loop"]


def test_a_hidden_link_and_one_to_the_output_are_not_followed(write: Write) -> None:
    write("seeds/a.md"), write("elsewhere/b.md"), write("out/c.html")
    Path("seeds/.old").symlink_to("../elsewhere")
    Path("seeds/feeds").symlink_to("../out")
    assert list(find_files([Path("seeds")], Path("out"))) == ["seeds/a.md"]


def test_a_named_file_of_a_linked_folder_is_one_of_the_source(write: Write, tmp_path: Path) -> None:
    content = write("seeds/a.md").read_bytes()
    write("elsewhere/b.md", content)
    Path("seeds/old").symlink_to("../elsewhere")
    done = run_feeds("validate", "seeds/old/b.md", cwd=tmp_path)
    assert b"[duplicate-id]" in done.stdout


@pytest.mark.parametrize("config", [".pre-commit-hooks.yaml", "feeds/scaffold/files/pre-commit-config.yaml"])
def test_hooks_take_names_that_begin_with_a_hyphen(write: Write, tmp_path: Path, config: str) -> None:
    loaded = yaml.safe_load((REPOSITORY / config).read_text(encoding="utf-8").replace("$$", "$"))
    hook = (loaded["repos"][0]["hooks"] if isinstance(loaded, dict) else loaded)[0]
    write("feeds.toml", b'source = "."\n')
    write("-draft.md"), write("--now.md", b"---\ntitle: A\n---\n")
    words = [*hook["entry"].split()[1:], *hook["args"]]
    assert run_feeds(*words, "-draft.md", cwd=tmp_path).returncode == 0
    assert b"--now.md:2:1: " in run_feeds(*words, "-draft.md", "--now.md", cwd=tmp_path).stdout


def test_what_is_excluded_in_storage_elsewhere_is_no_record() -> None:
    fsspec = pytest.importorskip("fsspec", reason="fsspec is missing: pip install 'feeds[s3]'")
    storage = fsspec.filesystem("memory")
    for name in ("a.md", "README.md", "drafts/b.md"):
        storage.pipe(f"/exclusion/records/{name}", b"")
    source = Address("memory://exclusion/records")
    found = find_files([source], excluded=Exclusion(source, ("/README.md", "drafts/**")))
    assert [str(entry) for entry in found] == ["memory://exclusion/records/a.md"]


def test_a_page_of_a_folder_takes_the_files_around_it_and_not_those_of_the_source(write: Write) -> None:
    pages = {"posts/boat/index.md", "posts/pier/index.en.md", "posts/rope.md", "posts/indexes/knot.md", "index.md"}
    for name in (*pages, "posts/boat/notes.md", "posts/boat/deep/log.md", "posts/pier/deep/index.md"):
        write(f"content/{name}")
    for source in (Path("content"), Path("content").resolve()):
        found = find_files([source], excluded=Exclusion(source, has_bundles=True))
        assert {Path(str(entry)).relative_to(source).as_posix() for entry in found} == pages


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("index.de", "index", "index.en"), "index"),
        (("index.en", "index.de"), "index.de"),
        (("a", "index.de"), "index.de"),
    ],
)
def test_of_a_page_in_two_languages_that_with_the_shortest_name_is_taken(names: tuple[str, ...], chosen: str) -> None:
    paths = [f"content/boat/{name}.md" for name in names]
    assert Exclusion(has_bundles=True).choose(paths, "content") == {f"content/boat/{chosen}.md"}


def test_many_stars_in_a_row_match_as_one_and_take_no_longer() -> None:
    matches = pattern_spec((f"{'*' * 3000}b.md",)).match_file
    assert matches(f"{'a' * 200}b.md")
    assert not matches("a" * 200)
    assert pattern_spec((r"\***",)).match_file("*a")
