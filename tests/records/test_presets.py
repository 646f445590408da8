"""Posts of other generators become what the file beside them expects, whatever stands in their front matter."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import HOME_PAGE, NOW, REPOSITORY, need, run_feeds
from write_expected import POSTS, posts_as_json

import feeds
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.diagnostics.wording import quote
from feeds.markup.safe_html import safe_html
from feeds.model.selection import select
from feeds.records.posts.field_mapping import FIELDS, compile_mapping
from feeds.records.posts.presets import PRESETS
from feeds.validation import site_facts
from feeds.validation.check_file import CheckedFile, check_bytes, check_exactly
from feeds.validation.context import ValidationContext, context_for

of_every_preset = pytest.mark.parametrize("preset", PRESETS)
SITES = REPOSITORY.parent / "shared" / "sites"
SITE_PRESETS = {
    "astro": "astro",
    "eleventy": "eleventy",
    "hugo-yaml": "hugo",
    "jekyll": "jekyll",
    "mkdocs-material": "mkdocs",
    "pelican": "pelican",
    "zola-toml": "zola",
}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
GOOD = {"title": "Lamp lit", "date": "2024-05-01", "pubDate": "2024-05-01", "created": "2024-05-01"}


def context_of(preset: str = "hugo", **settings_: Any) -> ValidationContext:
    given_ = {"source": Path("site"), "home_page": HOME_PAGE, "preset": preset} | settings_
    return context_for(Config(**given_))


def checked(text: str, path: str = "site/_posts/2024-05-01-lamp.md", **settings_: Any) -> CheckedFile:
    return check_bytes(path, text.encode("utf-8", "surrogatepass"), context_of(**settings_))


def places(file: CheckedFile, rule: str) -> list[tuple[int, int]]:
    return [(problem.span.line, problem.span.column) for problem in file.problems if problem.rule == rule]


def the(file: CheckedFile, rule: str) -> Problem:
    (found,) = [problem for problem in file.problems if problem.rule == rule]
    return found


def test_every_preset_has_posts_to_test_it_with() -> None:
    assert {folder.name for folder in POSTS.iterdir()} == set(PRESETS)


@of_every_preset
def test_posts_become_what_is_expected_of_them(preset: str) -> None:
    assert posts_as_json(POSTS / preset) == json.loads((POSTS / preset / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("site", SITE_PRESETS)
def test_all_posts_of_a_real_site_are_accepted(site: str) -> None:
    folder = need(SITES / site)
    files = [path for path in folder.rglob("*") if path.is_file()]
    read = feeds.read(folder, config=Config(source=folder, preset=SITE_PRESETS[site], home_page=HOME_PAGE))
    assert [problem for problem in read.problems if problem.is_error or problem.rule == "not-a-record"] == []
    assert len(read.records) == len(files)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: A\ndate: soon\n---\n", (3, 7)),
        ("+++\ntitle = 'A'\ndate = 'soon'\n+++\n", (3, 8)),
        ('{\n "title": "A",\n "date": "soon"\n}\n', (3, 10)),
    ],
)
def test_a_problem_points_at_what_the_post_has(text: str, place: tuple[int, int]) -> None:
    assert places(checked(text, "site/a.md"), "bad-date") == [place]


def test_a_problem_of_header_lines_points_into_them() -> None:
    assert places(checked("Title: A\nDate: soon\n\nText\n", preset="pelican"), "bad-date") == [(2, 7)]


def test_a_problem_behind_a_title_in_the_body_points_at_its_line() -> None:
    body = "# Lamp lit\n\nIt burns.\n\n<script>x</script>\n"
    file = checked(f"---\ndate: 2024-05-01\n---\n{body}", preset="mkdocs")
    assert (places(file, "dropped-html"), file.record and file.record.body.count("Lamp lit")) == ([(8, 1)], 0)


@pytest.mark.parametrize(
    ("ending", "pages"), [("/", ("guide/setup/", "")), (".html", ("guide/setup.html", "index.html"))]
)
def test_pages_of_mkdocs_end_as_its_posts_do(ending: str, pages: tuple[str, str]) -> None:
    text = "---\ndate: 2024-05-01\n---\n# A\n\nSee [it](../../guide/setup.md) and [all](../../README.md).\n"
    fields = {"webUrl": ("{home_page}blog/{slug}" + ending,)}
    file = checked(text, "site/a.md", preset="mkdocs", fields=fields)
    assert file.record
    assert all(f"({HOME_PAGE}{page})" in file.record.body for page in pages)


def test_a_problem_names_the_key_that_the_post_has() -> None:
    file = checked("---\ntitle: 1\nslug: x\ndate: 2024-05-01\nlastmod: 2023-05-01\n---\n")
    assert the(file, "unlikely-date").message == "lastmod is before 2024-05-01T00:00:00Z, when the record was published"


@pytest.mark.parametrize(
    ("line", "rule"),
    [("lastmod: yesterday", "bad-date"), ("images: http://[x", "bad-url"), ("summary: {a: b}", "wrong-type")],
)
def test_a_useless_optional_value_costs_only_itself(line: str, rule: str) -> None:
    file = checked(f"---\ntitle: A\ndate: 2024-05-01\n{line}\n---\nText\n")
    assert file.record
    assert (the(file, rule).severity, places(file, rule)[0][0]) == ("warning", 4)
    assert (file.record.updated, file.record.images) == (file.record.published, ())


@pytest.mark.parametrize("line", ["title: {a: b}", "date: soon", "expirydate: soon"])
def test_a_useless_value_that_a_post_needs_keeps_it_out(line: str) -> None:
    key = line.partition(":")[0]
    kept = [each for each in ("title: A", "date: 2024-05-01") if not each.startswith(key)]
    assert checked("\n".join(["---", *kept, line, "---", "Text"])).record is None


@pytest.mark.parametrize(("folder", "is_post"), [("2024-05-03-lamp", True), ("lamps", False)])
def test_an_index_without_front_matter_is_a_post_if_its_folder_has_a_date(folder: str, *, is_post: bool) -> None:
    found = checked("# A lamp\n\nText\n", f"site/{folder}/index.md", preset="docusaurus")
    assert (found.record is not None) == is_post


def test_an_invalid_date_is_not_also_a_missing_link() -> None:
    found = checked("---\ntitle: A\ndate: 2024-13-01\n---\nText\n", "site/a.md", preset="hugo").problems
    assert [problem.rule for problem in found] == ["bad-date"]


def test_a_useless_optional_value_of_a_record_keeps_it_out() -> None:
    text = f"---\ntitle: A\npublishedDateTime: 2024-05-01T00:00:00Z\nwebUrl: {HOME_PAGE}a\nupdatedDateTime: soon\n---\n"
    assert checked(text, preset="", fields={"title": ("title",)}).record is None


def test_a_missing_date_says_what_would_give_one() -> None:
    remedy = the(checked("---\ntitle: A\n---\nText\n", "site/a.md", preset="hexo"), "missing-key").remedy
    ways = "the key date, a file name as in 2024-05-01-name.md or the first commit of the file"
    mended = "write date: 2024-05-01 08:30:00, or commit the file"
    assert remedy == f"the date of a post comes from {ways}; {mended}"


def test_a_page_without_a_date_is_no_error() -> None:
    file = checked("---\ntitle: About\n---\n", "site/about.md")
    assert [(problem.rule, problem.severity) for problem in file.problems] == [("not-a-record", "info")]


@pytest.mark.parametrize(
    "line",
    [
        *("draft: true", "draft: maybe", "published: false", "removed: true", "hidden: yes", "private: true"),
        *("drfat: true", "x-hiden: true", "drafts: yes", "unpublised: 1", "removed: yes", "status: draft"),
        *('published: "false"', "published: 0", "published: no", "publish: false", "visibility: private"),
        *("params: {draft: true}", "extra: {draft: true}", "meta: {published: false}", "password: hunter2"),
        *("veröffentlicht: nein", "status: {name: draft}", "type: draft", "x-exclude: true"),
        *("removed: 2024-05-02", "removed: at the request of the author", "removed: {reason: law}", "removed:"),
        *("params: {removed: by law}", 'x-exclude: "true\u200b"', 'show: "ｎｏ\u200b"', 'drfat: "\U000e0020yes"'),
    ],
)
@of_every_preset
def test_what_is_meant_to_hold_a_post_back_does(preset: str, line: str) -> None:
    date = "date" if preset != "astro" else "pubDate"  # to hold a date, published is no truth value
    file = checked(f"---\ntitle: A\n{date}: 2024-05-01\n{line}\n---\n", preset=preset)
    assert file.record is None or not file.record.is_published


@pytest.mark.parametrize(
    "line",
    [
        *("expires: 2024-06-01", "expiryDate: 2024-06-01", "unpublishDate: 2024-06-01", "expiration: 2024-06-01"),
        *("publishAt: 2035-01-01", "scheduled: 2035-01-01", "embargo: 2035-01-01", "publish: 2035-01-01"),
        "expires: later",
    ],
)
@of_every_preset
def test_a_date_of_other_programs_holds_a_post_back(preset: str, line: str) -> None:
    text = f"---\ntitle: A\npubDate: 2024-05-01\ndate: 2024-05-01\n{line}\n---\n"
    file = check_bytes("site/_posts/2024-05-01-lamp.md", text.encode(), context_of(preset)._replace(now=NOW))
    assert not file.record or select([file.record], now=NOW) == []
    rules = {problem.rule for problem in file.problems}
    is_own = line.startswith("expires: 2") or (preset == "hugo" and line.startswith(("expiryD", "unp")))
    assert rules == (set() if is_own else {"bad-date"} if line == "expires: later" else {"held-back"})


@pytest.mark.parametrize("line", ["draft: false", "drafts: false", "hidden-gem: true", "published: 2024-05-01"])
@of_every_preset
def test_what_only_looks_like_it_does_not_hold_a_post_back(preset: str, line: str) -> None:
    file = checked(f"---\ntitle: A\npubDate: 2024-05-01\ndate: 2024-05-01\n{line}\n---\n", preset=preset)
    assert file.record
    assert file.record.is_published


NOT_UNDERSTOOD = ("nope", '"not yet"', '"nein, noch nicht"', '"-"', '"()"', '"00"', '"false\u200b"', "2", "[x]")


@pytest.mark.parametrize(
    "key", ["published", "publish", "removed", "unpublished", "draft", "pub\u200blished", "ｒemoved"]
)
@pytest.mark.parametrize("value", NOT_UNDERSTOOD)
@of_every_preset
def test_a_key_about_publication_that_nobody_understands_holds_the_post_back(preset: str, value: str, key: str) -> None:
    file = checked(f'---\ntitle: A\npubDate: 2024-05-01\ndate: 2024-05-01\n"{key}": {value}\n---\n', preset=preset)
    message = the(file, "held-back").message
    assert message == f"{quote(key)} holds the post back, though its value is neither true nor false"
    assert not (file.record and file.record.is_published)


def test_an_unknown_key_is_a_warning_that_the_configuration_can_change() -> None:
    text = "---\ntitle: A\ndate: 2024-05-01\nlamp: 1\n---\n"
    assert the(checked(text), "unknown-key").severity == "warning"
    assert checked(text, rules={"unknown-key": "error"}).record is None
    assert checked(text, rules={"unknown-key": "off"}).problems == ()


def test_unknown_keys_are_told_once_a_key(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: A\ndate: 2024-05-01\nslug: {name}\nlamp: 1\n---\n")
    done = run_feeds("validate", "--preset", "hugo", ".", cwd=tmp_path)
    (line,) = done.stdout.decode().splitlines()
    assert line.startswith('a.md:5:1: warning: unknown key "lamp"')
    assert line.endswith("[unknown-key] and 2 more")


def test_unknown_keys_without_a_likely_meaning_are_told_in_one_line(tmp_path: Path) -> None:
    keys = {"a": "lamp: 1\nrope: 2\n", "b": "rope: 1\ndaet: 2\npath: 3\n"}
    for name, lines in keys.items():
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: A\ndate: 2024-05-01\nslug: {name}\n{lines}---\n")
    for command in ("validate", "build"):
        done = run_feeds(command, "--preset", "hugo", ".", cwd=tmp_path)
        one, other = (line for line in (done.stdout + done.stderr).decode().splitlines() if "[unknown-key]" in line)
        assert one.startswith('a.md:5:1: warning: unknown key "lamp"; it has no effect')
        assert one.endswith("[unknown-key] and 3 more: rope, path")
        assert other == 'b.md:6:1: warning: unknown key "daet"; did you mean "date"? [unknown-key]'


@pytest.mark.parametrize("preset", ["astro", "hugo", "obsidian"])
def test_a_published_that_is_true_is_no_date(preset: str) -> None:
    record = checked("---\ntitle: A\ndate: 2024-05-01\npublished: true\n---\n", preset=preset).record
    assert record
    assert record.is_published
    held = checked("---\ntitle: A\ndate: 2024-05-01\npublished: false\n---\n", preset=preset).record
    assert not (held and held.is_published)


def test_an_image_below_a_home_page_that_is_not_set_is_no_local_address() -> None:
    assert checked("---\ntitle: A\ndate: 2024-05-01\nimage: /a.png\n---\n", preset="jekyll").problems == ()
    written = checked("---\ntitle: A\ndate: 2024-05-01\nimage: http://localhost/a.png\n---\n", preset="jekyll")
    assert the(written, "local-url")


@pytest.mark.parametrize("preset", [name for name in PRESETS if PRESETS[name].templates in {"liquid", "nunjucks"}])
@pytest.mark.parametrize(
    "where", ["inline {%% link a.md %%} tag", "{%% include x %%}\n\n{%% y %%}", "a {{ site.x }} b"]
)
def test_no_template_tag_is_published_unasked(preset: str, where: str) -> None:
    front = "".join(f"{key}: {value}\n" for key, value in GOOD.items())
    record = checked(f"---\n{front}---\n{where % ()}\n\nReadable.\n", preset=preset).record
    assert record
    assert not any(tag in f"{record.title} {record.excerpt} {record.body}" for tag in ("{%", "{{"))


def test_a_body_goes_out_as_it_is_if_that_is_asked_for() -> None:
    text = "---\ntitle: A\ndate: 2024-05-01\n---\n{{< gallery >}}\n"
    bodies = {mode: checked(text, body=mode).record for mode in ("raw", "summary", "none", "html")}
    assert {mode: record and record.body for mode, record in bodies.items()} == {
        "raw": "{{< gallery >}}",
        "summary": "",
        "none": "",
        "html": "",
    }


def test_nothing_under_a_secret_key_gets_into_a_record() -> None:
    text = "---\ntitle: A\ndate: 2024-05-01\ndescription: qwertzuiop\nparams: {author: asdfghjkl}\n---\n"
    file = checked(text, secret=("description", "author"))
    assert file.secrets == ("qwertzuiop", "asdfghjkl")
    assert "qwertzuiop" not in repr(file.record)
    assert "asdfghjkl" not in repr(file.record)


@pytest.mark.parametrize("image", ["./lamp.png", "{url: lamp.png}", "{image: lamp.png}", "[{feature: lamp.png}]"])
def test_an_image_whose_address_only_the_generator_knows_is_skipped(image: str) -> None:
    file = checked(f"---\ntitle: A\npubDate: 2024-05-01\ncover: {image}\n---\n", preset="astro")
    assert [problem.span.line for problem in file.problems if problem.rule == "source-link"] == [4]
    assert file.record
    assert file.record.images == ()


@of_every_preset
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_value_of_any_key_crashes(preset: str, data: st.DataObject) -> None:
    texts = [text for sources in PRESETS[preset].fields.values() for text in sources if text.isidentifier()]
    keys = data.draw(st.lists(st.sampled_from(sorted({*texts, *PRESETS[preset].keys})), max_size=4, unique=True))
    front = GOOD | {key: data.draw(VALUES) for key in keys}
    file = checked(f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\nText\n", preset=preset)
    assert file.record or file.problems


def test_a_field_of_the_configuration_replaces_that_of_the_preset() -> None:
    fields = {"title": ("headline", "title"), "webUrl": ("{home_page}{date:%Y}/{slug}.html",)}
    record = checked("---\ntitle: A\nheadline: B\ndate: 2024-05-01\n---\n", "site/x/lamp.md", fields=fields).record
    assert record
    assert (record.title, record.link) == ("B", f"{HOME_PAGE}2024/lamp.html")


def test_fields_alone_leave_all_else_as_a_record_has_it() -> None:
    link = "publishedDateTime: 2024-05-01T08:30:00Z\nwebUrl: https://example.org/b"
    text = f"---\nheadline: B\n{link}\ntopics: [x]\nlamp: 1\n---\n"
    file = checked(text, preset="", fields={"title": ("headline",)})
    assert [(problem.rule, problem.severity) for problem in file.problems] == [("unknown-key", "error")]
    record = checked(text.replace("lamp: 1\n", ""), preset="", fields={"title": ("headline",)}).record
    assert record
    assert (record.title, record.topics) == ("B", ("x",))


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"preset": "hugu"}, 'unknown preset "hugu"; did you mean "hugo"?'),
        ({"fields": {"titel": ("x",)}}, 'unknown field "titel"; did you mean "title"?'),
        ({"fields": {"title": (":h2",)}}, 'unknown source ":h2"; did you mean ":h1"?'),
        ({"fields": {"webUrl": ("{slog}",)}}, 'unknown token {slog}; did you mean "{slug}"?'),
    ],
)
def test_a_mapping_that_means_nothing_is_refused_with_a_suggestion(setting: dict[str, Any], said: str) -> None:
    with pytest.raises(CouldNotRunError) as caught:
        context_for(Config(**setting))
    assert said in str(caught.value)


def test_dates_of_commits_come_from_one_look_at_the_history(tmp_path: Path) -> None:
    def git(*words: str, at: str = "") -> None:
        environment = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at} if at else {}
        names = {f"GIT_{role}_{what}": "a@b" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        subprocess.run(["git", *words], cwd=tmp_path, env=environment | names, check=True, capture_output=True)

    post = tmp_path / "posts" / "lamp ö.md"
    post.parent.mkdir()
    post.write_text("---\ntitle: A\n---\n")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one", at="2024-05-01T08:30:00+02:00")
    post.write_text("---\ntitle: B\n---\n")
    git("commit", "-qam", "two", at="2024-05-02T08:30:00+02:00")
    fields = {"publishedDateTime": ("date", ":git"), "updatedDateTime": (":git",)}
    config = Config(source=post.parent, preset="hugo", home_page=HOME_PAGE, fields=fields)
    (record,) = feeds.read(post.parent, config=config).records
    assert (record.published.isoformat(), record.updated - record.published) == (
        "2024-05-01T06:30:00+00:00",
        timedelta(days=1),
    )


def test_the_index_notices_a_changed_file_of_authors(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    post = site / "_posts" / "2024-05-01-lamp.md"
    post.parent.mkdir(parents=True)
    post.write_text("---\ntitle: A\nauthor: ada\n---\nText\n")
    config = Config(source=site, preset="jekyll", home_page=HOME_PAGE, cache=cache)
    authors = site / "_data" / "authors.yml"
    authors.parent.mkdir()
    found = []
    for name in ("Ada Keeper", "Ada Boat"):
        authors.write_text(f"ada: {{name: {name}}}\n")
        found.append(json.loads(feeds.convert(config, "json", NOW)[0])["items"][0]["authors"])
    assert found == [[{"name": "Ada Keeper"}], [{"name": "Ada Boat"}]]


def test_every_field_of_a_preset_is_one_of_a_record() -> None:
    assert {name for preset in PRESETS.values() for name in preset.fields} <= {*FIELDS}
    for name in PRESETS:
        assert compile_mapping(name, {}).keys


def test_a_source_that_is_the_folder_of_posts_itself_will_do() -> None:
    folder = POSTS / "jekyll" / "site" / "_posts"
    config = Config(source=folder, preset="jekyll", home_page=HOME_PAGE)
    inside = {record.link for record in feeds.read(folder, config=config).records}
    whole = {record.link for record in feeds.read(folder.parent, config=config._replace(source=folder.parent)).records}
    assert inside == whole


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("a/lamp.md", "A"), ("b/lamp.md", "B")),
        (("one.md", "The lamp's oil"), ("two.md", "The lamps oil")),
        (("one.md", "Größe"), ("two.md", "Groesse/../Größe")),
    ],
)
def test_one_post_alone_is_found_to_lead_where_another_does(
    first: tuple[str, str], second: tuple[str, str], tmp_path: Path
) -> None:
    pattern = "{home_page}{slug}/" if "/" in first[0] else "{home_page}{title}/"
    for name, title in (first, second):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(f"---\ntitle: {title.rpartition('/')[2]}\ndate: 2024-05-01\n---\nText\n")
    settings_ = f'preset = "hugo"\nsource = "site"\nhome_page = "{HOME_PAGE}"\n[fields]\nwebUrl = ["{pattern}"]\n'
    (tmp_path / "feeds.toml").write_text(settings_)
    done = run_feeds("validate", f"site/{second[0]}", cwd=tmp_path)
    assert f"duplicate id: already used by site/{first[0]}" in done.stdout.decode()


def test_validate_also_says_that_a_file_of_authors_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('preset = "docusaurus"\nsource = "."\nhome_page = "https://example.org/"\n')
    (tmp_path / "authors.yml").write_text("ada: [\n")
    (tmp_path / "2024-05-01-a.md").write_text("---\ntitle: A\n---\nText\n")
    said = [run_feeds(command, cwd=tmp_path).stderr.decode() for command in ("validate", "build")]
    assert ["authors.yml: the authors cannot be read" in text for text in said] == [True, True]
    quiet = run_feeds("validate", "--quiet", cwd=tmp_path)
    assert (quiet.stdout, quiet.stderr, quiet.returncode) == (b"", b"", 0)


@pytest.mark.parametrize(
    ("text", "path", "settings_", "place"),
    [
        ("#+TITLE: A\n#+DATE: soon\n\nText\n", "site/a.org", {"preset": "hugo"}, (2, 9)),
        (
            "<head><title>A</title>\n<meta name='date' content='soon'>\n</head>\n",
            "site/a.html",
            {"preset": "pelican"},
            (2, 28),
        ),
        ("title: A\ndate: soon\n---\nText\n", "site/_posts/a.md", {"preset": "hexo"}, (2, 7)),
    ],
)
def test_a_problem_points_into_front_matter_without_a_fence(
    text: str, path: str, settings_: dict[str, Any], place: tuple[int, int]
) -> None:
    assert places(checked(text, path, **settings_), "bad-date") == [place]


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("x/ => {home_page}x-{slug}/", "x-lamp/"),
        ("y/ => {home_page}y-{slug}/", ""),
        ("lang=de => {home_page}de/{slug}/", "de/lamp/"),
        ("lang=fr => {home_page}fr/{slug}/", ""),
        ("lang => {home_page}{language}/{slug}/", "de/lamp/"),
        ("{home_page}{folder:last}/{folder:1:}/{folder:0}/{slug:own}", "z/z/x/lamp/"),
        ("lang=de => {home_page}{slug:own}-{data.slug}/", ""),
        ("{home_page}{folder:last}/{folder:1:}/{folder:0}/{name:words}", "z/z/x/2024-05-01-lamp/"),
    ],
)
def test_a_source_may_hold_for_some_posts_only(source: str, link: str) -> None:
    fields = {"webUrl": (source, "{home_page}"), "slug": (":stem",)}
    text = "---\ntitle: A\ndate: 2024-05-01\nlang: de\n---\n"
    record = checked(text, "site/x/z/2024-05-01-lamp.md", fields=fields).record
    assert record
    assert record.link == HOME_PAGE + link


def test_an_image_whose_address_cannot_be_joined_is_refused_at_its_place() -> None:
    content = b"---\ntitle: A lamp\ndate: 2024-05-01\nimage: http://[x\n---\n"
    context = context_for(Config(preset="hugo", home_page="https://example.org/"))
    checked = check_exactly("a.md", content, context)
    assert [(problem.span.line, problem.rule) for problem in checked.problems] == [(4, "bad-url")]


def test_a_page_whose_address_cannot_be_taken_apart_is_refused_at_its_place() -> None:
    content = b"---\ntitle: A lamp\ndate: 2024-05-01\nurl: http://[\n---\n"
    context = context_for(Config(preset="pelican", home_page="https://example.org/"))
    checked = check_exactly("a.md", content, context)
    assert [(problem.span.line, problem.rule) for problem in checked.problems] == [(4, "bad-url")]


@pytest.mark.parametrize(
    ("preset", "body"),
    [
        ("quarto", "::: {.content-hidden}\nnever\n:::\n\nShown."),
        ("quarto", "```{python}\n#| include: false\nnever\n```\n\nShown."),
        ("myst", "```{code-cell}\n:tags: [remove-cell]\nnever\n```\n\nShown."),
        ("docusaurus", "{/*\n\nnever\n\n*/}\n\nShown."),
        ("mkdocs", "{% if later %}never{% endif %} Shown."),
        ("hugo", "{{< comment >}}never{{< /comment >}}\n\nShown."),
        ("jekyll", "<div hidden>\n\nnever\n\n</div>\n\nShown."),
        ("obsidian", "%%\n\nnever\n\n%%\n\nShown."),
    ],
)
def test_what_a_generator_does_not_show_is_not_in_the_summary(preset: str, body: str) -> None:
    record = checked(f"---\ntitle: A\ndate: 2024-05-01\n---\n{body}\n", preset=preset).record
    assert record
    assert record.excerpt == "Shown."


@pytest.mark.parametrize(
    ("url", "home_page", "is_told"),
    [
        ("/lamp/", "http://localhost:1313/", False),
        ("http://localhost:1313/lamp/", HOME_PAGE, True),
        ("/lamp/", HOME_PAGE, False),
    ],
)
def test_a_post_is_told_of_a_host_that_it_names_itself(url: str, home_page: str, *, is_told: bool) -> None:
    found = checked(f"---\ntitle: A\ndate: 2024-05-01\nurl: {url}\n---\nText\n", home_page=home_page)
    assert bool(places(found, "local-url")) == is_told


@pytest.mark.parametrize("preset", ["docusaurus", "eleventy", "quarto"])
def test_links_of_a_site_in_a_folder_are_below_its_home_page(preset: str) -> None:
    body = "[a](/a) ![b](/b.png) [c](//c.example/c) [d](/site/d) [e][e] `[f](/f)`\n\n[e]: /e"
    context = context_for(Config(preset=preset, home_page="https://example.org/site/"))
    record = check_bytes("blog/a.md", f"---\ntitle: A\ndate: 2024-05-01\n---\n{body}".encode(), context).record
    assert record
    below = "[a](/site/a) ![b](/site/b.png) [c](//c.example/c) [d](/site/d) [e][e] `[f](/f)`\n\n[e]: /site/e"
    assert record.body == below


@of_every_preset
def test_a_title_and_a_summary_that_speak_of_html_say_what_the_body_says(preset: str) -> None:
    body = "# The `<b>` tag\n\nUse `__init__`, `<figure>` and *no* `*args`.\n"
    file = checked(f"---\ndate: 2024-05-01\n---\n{body}", preset=preset, home_page="https://example.org/")
    assert file.problems == ()
    assert file.record
    assert file.record.excerpt == "Use __init__, <figure> and no *args."
    if ":h1" in PRESETS[preset].fields["title"]:
        assert file.record.title == "The <b> tag"


@pytest.mark.parametrize(
    ("date", "hour"),
    [
        *(("2024-05-01 23:05:00", 23), ("2024-05-01T9:05:00", 9), ("2024-05-01 20:05", 18), ("2024-05-01T20:05", 18)),
        *(("'2024-05-01 20:05:00'", 18), ('"2024-05-01 20:05:00 +0100"', 19)),
    ],
)
def test_times_of_jekyll_are_utc_only_if_yaml_has_them_as_instants(date: str, hour: int) -> None:
    record = checked(f"---\ntitle: A\ndate: {date}\n---\n", preset="jekyll", zone=ZoneInfo("Europe/Berlin")).record
    assert record
    assert record.published.hour == hour


@pytest.mark.parametrize("key", ["header: {overlay_image: a.png}", "header-img: a.png", "cover-img: /a.png"])
def test_themes_of_jekyll_have_images(key: str) -> None:
    front = f"title: A\ndate: 2024-05-01\nauthor: {{login: ann, display_name: Ann}}\n{key}\n"
    record = checked(f"---\n{front}---\n", preset="jekyll", home_page="https://example.org/").record
    assert record
    assert [image.url for image in record.images] == ["https://example.org/a.png"]
    assert [author.name for author in record.authors] == ["Ann"]


@pytest.mark.parametrize("line", ["-----", "+++++", "====="])
@pytest.mark.parametrize("preset", ["pelican", "hugo"])
def test_a_title_of_restructuredtext_with_a_line_above_opens_no_front_matter(line: str, preset: str) -> None:
    file = checked(f"{line}\nLamp\n{line}\n:date: 2024-05-01\n:lang: en\n\nText.\n", path="lamp.rst", preset=preset)
    assert file.record
    assert (file.record.title, file.record.language, file.record.body) == ("Lamp", "en", "<p>Text.</p>\n")


def test_markup_that_cannot_be_rendered_is_told_where_it_is_written() -> None:
    body = "[a](../../index.md) ![b](../c.png)\n\n++ctrl++ ==mark==\n\n--8<-- 'd.md'\n"
    path, front = "site/blog/posts/e.md", "---\ntitle: A\ndate: 2024-05-01\n---\n"
    file = checked(front + body, path, preset="mkdocs", home_page="https://example.org/")
    assert places(file, "unrendered-body") == [(9, 1)]


def test_a_link_that_is_missing_names_the_key_that_its_pattern_needs() -> None:
    fields = {"webUrl": ("permalink", "{home_page}posts/{data.abbrlink}/")}
    file = checked("---\ntitle: A\ndate: 2024-05-01\n---\n", preset="hexo", fields=fields)
    assert the(file, "missing-key").remedy == "the link of a post comes from the key permalink or the key abbrlink"


@pytest.mark.parametrize("date", ["last-modified", "today", "'`r Sys.Date()`'"])
def test_a_date_of_change_that_only_quarto_knows_is_none(date: str) -> None:
    file = checked(f"---\ntitle: A\ndate: 2024-05-01\ndate-modified: {date}\n---\n", preset="quarto")
    assert file.problems == ()
    assert file.record
    assert file.record.updated == file.record.published


@pytest.mark.parametrize(
    ("categories", "path", "topics"),
    [("x, Y", "x,/y/", ("x", "Y")), ("x Y", "x/y/", ("x", "Y")), ("[x, Y Z]", "x/y%20z/", ("x", "Y Z"))],
)
def test_commas_between_categories_of_jekyll_are_in_the_address(
    categories: str, path: str, topics: tuple[str, ...]
) -> None:
    text = f"---\ntitle: A\ncategories: {categories}\n---\n"
    record = checked(text, preset="jekyll", home_page="https://example.org/").record
    assert record
    assert record.web_url == f"https://example.org/{path}2024/05/01/lamp.html"
    assert record.topics == topics


@pytest.mark.parametrize(
    ("preset", "date", "day"),
    [
        *(
            ("jekyll", "01/02/2024", "2024/02/01"),
            ("hexo", "01/02/2024", "2024/01/02"),
            ("hexo", "1-2-2024", "2024/01/02"),
        ),
        *(("hugo", "29/02/2024", "2024/02/29"), ("eleventy", "02/29/2024", "2024/02/29"), ("hugo", "01/02/2024", "")),
        *(("pelican", "'2024-02-01 10:00'", "2024/02/01"), ("jekyll", "20240201", "2024/02/01")),
    ],
)
def test_a_day_with_its_year_at_the_end_is_what_its_generator_reads(preset: str, date: str, day: str) -> None:
    fields = {"webUrl": ("https://example.org/{date:%Y/%m/%d}/",)}
    record = checked(f"---\ntitle: A\ndate: {date}\n---\n", "site/lamp.md", preset=preset, fields=fields).record
    assert (record.web_url if record else "") == (day and f"https://example.org/{day}/")


def test_a_time_in_a_file_name_is_no_part_of_the_slug() -> None:
    text, path = "+++\ntitle = 'A'\n+++\n", "site/log/2024-02-02T10:20:30+01:00-lamp.md"
    record = checked(text, path, preset="zola", home_page="https://example.org/").record
    assert record
    assert (record.web_url, record.published.hour) == ("https://example.org/log/lamp/", 9)


def test_the_last_of_equal_keys_of_jekyll_counts_unless_the_post_has_a_secret() -> None:
    file = checked("---\ntitle: A\ntags: [x]\ntags: [y]\n---\n", preset="jekyll")
    assert file.record
    assert file.record.topics == ("y",)
    assert [(problem.rule, problem.severity, problem.span.line) for problem in file.problems] == [
        ("duplicate-key", "warning", 4)
    ]
    assert not checked("---\ntitle: A\ntags: [x]\ntags: [y]\n---\n", preset="hugo").record
    hidden = checked("---\ntitle: A\nsecured: never-shown\nsecured: b\n---\nnever-shown\n", preset="jekyll")
    assert not hidden.record
    assert "never-shown" in hidden.secrets


def test_codes_are_emoji_where_the_site_says_so() -> None:
    pytest.importorskip("emoji")
    text = "---\ntitle: A\ndate: 2024-05-01\n---\nLit :tada: at 10:30:15 :nope: `:tada:`\n"
    file, plain = checked(text, emoji=True), checked(text)
    assert file.record
    assert plain.record
    assert (file.record.excerpt, file.record.body) == (
        "Lit 🎉 at 10:30:15 :nope: :tada:",
        "Lit 🎉 at 10:30:15 :nope: `:tada:`",
    )
    assert ":tada: at" in plain.record.excerpt


def test_emoji_without_their_names_are_refused_with_what_installs_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_facts, "find_spec", lambda _: None)
    with pytest.raises(CouldNotRunError, match=r"emoji = true needs the names of emoji: .*pip install .*emoji"):
        context_of(emoji=True)


@pytest.mark.parametrize(("key", "path"), [("8e32", "8e+32"), ("12e3", "12000"), ("1e-7", "1e-7"), ("4a17", "4a17")])
def test_a_key_that_yaml_reads_as_a_number_is_in_the_address_as_javascript_writes_it(key: str, path: str) -> None:
    fields = {"webUrl": ("https://example.org/{data.abbrlink}/",)}
    record = checked(f"---\ntitle: A\nabbrlink: {key}\n---\n", preset="hexo", fields=fields).record
    assert record
    assert record.web_url == f"https://example.org/{path}/"


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("categories", "Front-End/C++"), ("categories:words", "front-end/c"), ("categories:1", "Front-End")],
)
def test_categories_of_an_address_may_be_words_or_some(pattern: str, path: str) -> None:
    fields = {"webUrl": (f"https://example.org/{{{pattern}}}/",)}
    text = "---\ntitle: A\ncategories: [Front End, C++]\n---\n"
    record = checked(text, preset="jekyll", fields=fields).record
    assert record
    assert record.web_url == f"https://example.org/{path}/"


@pytest.mark.parametrize("preset", ["jekyll", "quarto", "myst", "obsidian", "docusaurus", "mkdocs", "pelican"])
def test_formulas_are_shown_as_they_are_written(preset: str) -> None:
    formula = r"$$\{a\, b_1*c_2*d\} \\ <e [f](g) $$"
    suffix = {"quarto": "qmd", "docusaurus": "mdx"}.get(preset, "md")
    text = f"---\ntitle: A\ndate: 2024-05-01\n---\nSee {formula} and `{formula}`.\n\n$$\na\n* b\n$$\n"
    file = checked(text, f"site/_posts/2024-05-01-a.{suffix}", preset=preset, home_page="https://example.org/")
    assert file.problems == ()
    assert file.record
    assert formula in file.record.excerpt
    shown = unescape(safe_html(file.record.body, "https://example.org/a", is_markdown=True))
    assert f"See {formula} and <code>{formula}</code>." in shown
    assert "$$\na\n* b\n$$" in shown
