"""An import keeps what a feed says, serves its ids, and never writes over what a person has written."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from support import REPOSITORY, all_files, run_feeds
from typer.testing import CliRunner

from feeds.cli.app import app
from feeds.frontmatter.document import Document, parse_document
from feeds.markup.safe_html import safe_html
from feeds.markup.to_markdown import to_markdown
from feeds.markup.visible_text import visible_text
from feeds.parsers import parse
from feeds.records.posts.field_mapping import compile_mapping
from feeds.records.posts.map_post import map_post
from feeds.records.posts.post import Post
from feeds.records.posts.preset_keys import first_key, preset_losses
from feeds.records.posts.presets import PRESETS

IMPORTS = Path(__file__).parent / "imports"
CLEAN = REPOSITORY / "tests" / "lint" / "clean"
PLAIN = IMPORTS / "plain.atom"
PODCAST = IMPORTS / "podcast.rss"
FEEDS = [CLEAN / "all.rss", CLEAN / "all.atom", CLEAN / "all.json", CLEAN / "all.csv", PLAIN, PODCAST]
BUILD = ("build", "--base-url", "https://b.example/")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Run(NamedTuple):
    stdout: str
    stderr: str
    returncode: int


def run(*arguments: str) -> Run:
    done = CliRunner().invoke(app, arguments)
    return Run(done.stdout, done.stderr, done.exit_code)


def import_(feed: Path, *options: str) -> Run:
    return run("import", str(feed), "--into", "seeds", *options)


def document(name: str) -> Document:
    found = parse_document(name, Path("seeds", name).read_bytes())
    assert isinstance(found, Document)
    return found


def records(suffix: str = ".html") -> list[str]:
    return sorted(path.name for path in Path("seeds").glob(f"*{suffix}"))


@pytest.mark.parametrize("feed", FEEDS, ids=lambda path: path.name)
@pytest.mark.parametrize("options", [(), ("--markdown",)], ids=["html", "markdown"])
def test_what_is_imported_is_served_as_it_was(feed: Path, options: tuple[str, ...]) -> None:
    assert import_(feed, *options, "--documents", "1").returncode == 0
    assert run(*BUILD).returncode == 0
    for name in ("rss", "atom", "json"):
        compared = run("diff", str(feed), f"public/all.{name}")
        assert (compared.stdout, compared.returncode) == ("no difference\n", 0)


@pytest.mark.parametrize("feed", [*FEEDS, IMPORTS / "odd.rss"], ids=lambda path: path.name)
def test_the_same_feed_again_changes_nothing(feed: Path, folder: Path) -> None:
    import_(feed)
    before = all_files(folder)
    again = import_(feed)
    assert again.stdout.startswith("0 new records")
    assert all_files(folder) == before


def test_a_record_has_its_keys_in_the_order_of_the_schema_and_every_text_in_quotes() -> None:
    import_(PLAIN)
    order = list(json.loads((REPOSITORY / "schema" / "record.schema.json").read_bytes())["properties"])
    for name in records():
        keys = list(document(name).data)
        assert keys == sorted(keys, key=order.index)
    text = Path("seeds/2024-05-03-high-tide-careful.html").read_text(encoding="utf-8")
    assert 'title: "High tide: “careful”"\n' in text
    assert 'publishedDateTime: "2024-05-03T07:30:00+02:00"\n' in text


def test_names_of_files_lead_nowhere_else_and_no_two_are_the_same() -> None:
    import_(IMPORTS / "odd.rss")
    names = records()
    assert "2024-05-02-etc-passwd.html" in names
    assert len([name for name in names if name.startswith("2024-05-01-why-b-is-fine-and-good")]) == 2


def test_the_history_of_a_feed_on_disk_is_followed_and_a_circle_is_told() -> None:
    done = import_(PLAIN)
    assert "2024-05-01-old-lamp.html" in records()
    assert "the documents lead in a circle" in done.stderr


def test_a_file_names_nothing_outside_of_its_folder(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "other.json").write_bytes((CLEAN / "all.json").read_bytes())
    feed = json.loads((CLEAN / "all.json").read_bytes()) | {"next_url": "../other.json"}
    (inside / "feed.json").write_text(json.dumps(feed), encoding="utf-8")
    assert "it is not below the folder of the feed" in import_(inside / "feed.json").stderr


def test_a_changed_item_updates_its_file_but_not_one_that_a_person_has_edited(tmp_path: Path) -> None:
    feed = tmp_path / "feed.atom"
    feed.write_bytes(PLAIN.read_bytes())
    import_(feed)
    edited = Path("seeds/2024-05-02-two-at-the-helm.html")
    edited.write_text(edited.read_text(encoding="utf-8").replace("No markup", "My words"), encoding="utf-8")
    feed.write_bytes(feed.read_bytes().replace(b"No markup", b"New words").replace(b"See the", b"Look at the"))
    done = import_(feed)
    assert "updated seeds/2024-05-03-high-tide-careful.html" in done.stdout
    assert "seeds/2024-05-02-two-at-the-helm.html: edited, so not updated" in done.stdout
    assert "My words" in edited.read_text(encoding="utf-8")
    assert "Look at the" in Path("seeds/2024-05-03-high-tide-careful.html").read_text(encoding="utf-8")


# A table may be cut off in a last cell that then seems to be whole.
@pytest.mark.parametrize("feed", [each for each in FEEDS if each.suffix != ".csv"], ids=lambda path: path.name)
def test_a_feed_that_is_cut_off_changes_nothing(feed: Path, tmp_path: Path) -> None:
    whole, cut = feed.read_bytes(), tmp_path / feed.name
    import_(feed)
    before = all_files(Path("seeds"))
    for ninths in range(1, 9):
        cut.write_bytes(whole[: len(whole) * ninths // 9])
        done = import_(cut, "--documents", "1")
        assert done.returncode or done.stdout.startswith("0 new records")
        assert all_files(Path("seeds")) == before


def test_a_document_that_ends_before_its_root_does_is_refused_with_its_place(tmp_path: Path) -> None:
    cut = tmp_path / "cut.atom"
    cut.write_bytes(PLAIN.read_bytes().partition(b"<author><name>Bo")[0])
    for command in (("import", cut.name, "--into", "seeds"), ("diff", cut.name, str(PLAIN))):
        done = run_feeds(*command, cwd=tmp_path)
        message = f"feeds: {cut.name}: the document is cut off before </feed>; get the whole document\n"
        assert (done.stdout, done.stderr.decode(), done.returncode) == (b"", message, 3)


def test_items_whose_ids_change_and_change_back_keep_their_records(tmp_path: Path) -> None:
    feed, first = tmp_path / "feed.atom", PLAIN.read_bytes()
    other_ids = first.replace(b"tag:harbour.example,2024:", b"urn:harbour:")
    for content in (first, other_ids, first.replace(b"harbour.example/", b"harbour.example/new/")):
        feed.write_bytes(content)
        done = import_(feed)
    assert done.stdout.endswith("0 new records, 2 updated\n")
    assert len(records()) == 2
    assert run("ids", "--against", str(feed)).returncode == 0


def test_a_title_that_is_made_of_the_text_names_no_addresses(tmp_path: Path) -> None:
    text = "&lt;p&gt;Hello &lt;a href='https://a.example/t'&gt;#tides&lt;/a&gt;!&lt;/p&gt;"
    (tmp_path / "feed.rss").write_text(
        f"<rss><channel><item><guid>https://a.example/1</guid><description>{text}</description></item></channel></rss>"
    )
    import_(tmp_path / "feed.rss")
    (record,) = records()
    assert 'title: "Hello #tides!"\n' in Path("seeds", record).read_text(encoding="utf-8")


def test_what_a_record_says_and_its_item_does_not_is_told() -> None:
    told = import_(IMPORTS / "odd.rss").stderr
    for added in ("7:1: warning: added address from the feed x1", "added date from the feed x3", "title from the text"):
        assert added in told


def test_an_item_of_no_id_no_date_and_no_address_stays_the_same_when_the_feed_goes_on(tmp_path: Path) -> None:
    item, feed = "<item><title>Tide</title><description>Low</description></item>", tmp_path / "feed.rss"
    newer = "<item><title>New</title><guid>urn:x:2</guid><pubDate>Thu, 02 May 2024 08:00:00 GMT</pubDate></item>"
    for items in (item, newer + item):
        feed.write_text(f"<rss><channel><link>https://a.example/</link>{items}</channel></rss>", encoding="utf-8")
        done = import_(feed)
    assert done.stdout.endswith("1 new record, 1 unchanged\n")


def test_the_head_of_a_feed_is_offered_as_settings_and_what_no_setting_holds_is_lost(tmp_path: Path) -> None:
    entry = "<entry><id>urn:x:1</id><title>T</title><link href='https://a.example/1'/><updated>2024-05-01T08:00:00Z</updated></entry>"
    head = "<id>urn:x:0</id><title>Tides</title><rights>Mine</rights><logo>https://a.example/l.png</logo>"
    feed = tmp_path / "feed.atom"
    feed.write_text(f"<feed xmlns='http://www.w3.org/2005/Atom'>{head}{entry}</feed>", encoding="utf-8")
    told = import_(feed).stderr
    assert 'set title = "Tides", icon = "https://a.example/l.png"' in told
    assert "lost feed rights x1 [lost]" in told
    feed.write_text(
        f"<feed xmlns='http://www.w3.org/2005/Atom'>{head}{entry.replace('x:1', 'x:2')}</feed>", encoding="utf-8"
    )
    assert "feed rights" not in import_(feed).stderr


def test_a_file_that_a_person_has_removed_stays_away() -> None:
    import_(PLAIN)
    Path("seeds/2024-05-02-two-at-the-helm.html").unlink()
    assert "1 removed here and not written again" in import_(PLAIN).stdout
    assert "2024-05-02-two-at-the-helm.html" not in records()


@pytest.mark.parametrize("into", ["first", "second"])
def test_a_feed_is_imported_anew_after_its_records_are_gone_and_into_another_folder(into: str) -> None:
    run("import", str(PLAIN), "--into", "first")
    names = sorted(path.name for path in Path("first").glob("*.html"))
    if into == "first":
        shutil.rmtree(into)
    run("import", str(PLAIN), "--into", into)
    assert sorted(path.name for path in Path(into).glob("*.html")) == names


def test_an_item_that_another_record_is_about_is_not_written() -> None:
    Path("seeds").mkdir()
    mine = 'title: "Mine"\npublishedDateTime: "2024-05-03T00:00:00Z"\nwebUrl: "HTTPS://harbour.example:443/tide"'
    Path("seeds/mine.md").write_text(f"---\n{mine}\n---\n", encoding="utf-8")
    assert "1 in other records" in import_(PLAIN).stdout


def test_an_id_is_the_one_that_the_ledger_has_after_the_title_was_edited() -> None:
    import_(PLAIN)
    edited = Path("seeds/2024-05-02-two-at-the-helm.html")
    edited.write_text(edited.read_text(encoding="utf-8").replace("Two at", "Both at"), encoding="utf-8")
    run(*BUILD)
    items = json.loads(Path("public/all.json").read_bytes())["items"]
    assert {item["id"] for item in items if item["title"] == "Both at the helm"} == {"tag:harbour.example,2024:both"}


def test_what_a_record_cannot_hold_is_told_with_its_place() -> None:
    told = import_(IMPORTS / "odd.rss").stderr
    for lost in ("enclosure type", "slash:comments", "category scheme", "<script> in the content"):
        assert f"lost {lost} x1 [lost]" in told
    assert "odd.rss:3:462: lost slash:comments" in told


def test_of_an_element_that_a_record_holds_in_part_the_rest_is_lost_and_of_a_head_what_no_setting_has() -> None:
    told = import_(IMPORTS / "media.rss").stderr
    head = ["feed author email", "feed logo link", "feed logo title", "feed logo width"]
    of_media = ["bitrate", "width"]
    others = ["media:credit role", "media:keywords", "media:thumbnail", "itunes:season"]
    lost = re.findall(r"media\.rss:\d+:\d+: lost (.*) x1 \[lost\]", told)
    assert sorted(lost) == sorted([*head, *(f"media:content {each}" for each in of_media), *others])


def test_what_has_no_address_at_all_is_told_and_the_rest_is_imported() -> None:
    done = import_(IMPORTS / "no-address.json")
    assert done.returncode == 1
    assert "no-address.json:2:1: the item has no web address, nor has its feed" in done.stderr
    assert "lost image without a whole address x1" in done.stderr
    assert len(records()) == 1


MARKUP = (IMPORTS / "bodies.html").read_text(encoding="utf-8").split("\n\n\n")


@pytest.mark.parametrize("markup", MARKUP)
def test_text_stays_text_in_markdown(markup: str) -> None:
    clean = safe_html(markup, "https://a.example/", is_markdown=False)
    written = to_markdown(clean)
    assert visible_text(safe_html(written, "https://a.example/", is_markdown=True)) == visible_text(clean)


def test_pelican_gets_lines_of_keys_without_a_fence() -> None:
    import_(PLAIN, "--preset", "pelican", "--markdown")
    head = Path("seeds/2024-05-03-high-tide-careful.md").read_text(encoding="utf-8").partition("\n\n")[0]
    assert head.splitlines()[:3] == [
        "Title: High tide: “careful”",
        "Date: 2024-05-03T07:30:00+02:00",
        "Modified: 2024-05-03T09:00:00+02:00",
    ]


@pytest.mark.parametrize("preset", [name for name, preset in PRESETS.items() if not preset.dialect.has_headers])
def test_a_preset_reads_back_what_was_written_for_it(preset: str) -> None:
    assert import_(PLAIN, "--preset", preset, "--markdown").returncode == 0
    found = document("2024-05-03-high-tide-careful.md")
    in_any_case = PRESETS[preset].has_any_case
    post = Post(path="posts/2024-05-03-x.md", data=found.data, body=found.body, has_any_case=in_any_case)
    values = map_post(post, compile_mapping(preset, {})).data
    assert values["title"] == "High tide: “careful”"
    assert values["publishedDateTime"] == "2024-05-03T05:30:00Z"
    assert values["topics"] == ["The sea"]
    assert first_key(PRESETS[preset].fields["title"]) == "title"


@pytest.mark.parametrize("preset", ["jekyll", "hugo", "eleventy", "zola", "hexo", "pelican", "obsidian"])
def test_a_page_of_the_site_keeps_its_address(preset: str) -> None:
    Path("feeds.toml").write_text(f'source = "seeds"\npreset = "{preset}"\nhome_page = "https://harbour.example/"\n')
    page = {"url": "https://harbour.example/old/tide/", "title": "Tide", "content_text": "x", "id": "urn:x:1"}
    elsewhere = {"url": "https://c.example/a", "title": "Else", "content_text": "x", "id": "urn:x:2"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [page, elsewhere]}
    Path("feed.json").write_text(json.dumps(feed), encoding="utf-8")
    told = import_(Path("feed.json"), "--markdown").stderr
    assert "lost address of the page x1 [lost]" in told
    built = run(*BUILD)
    assert (built.returncode, "unknown-key" in built.stderr) == (0, False)
    items = json.loads(Path("public/all.json").read_bytes())["items"]
    assert page["url"] in {item["url"] for item in items}
    assert {item["id"] for item in items} == {"urn:x:1", "urn:x:2"}


@pytest.mark.parametrize(
    ("preset", "path", "is_lost"),
    [
        ("hugo", "tide", True),
        ("hugo", "tide.html", False),
        ("zola", "tide.html", True),
        ("eleventy", "tide/index.html", True),
        ("jekyll", "tide", False),
    ],
)
def test_an_address_that_a_generator_changes_is_told(preset: str, path: str, *, is_lost: bool) -> None:
    data = {"title": "Tide", "publishedDateTime": "2024-05-01T00:00:00Z", "webUrl": f"https://harbour.example/{path}"}
    losses = preset_losses(data, PRESETS[preset], "https://harbour.example/")
    assert ("address of the page" in losses) == is_lost


@pytest.mark.parametrize(("language", "is_told"), [("de", True), ("en-GB", False), ("", False)])
def test_a_feed_in_another_language_than_the_configured_one_is_told_with_the_first_records(
    language: str, *, is_told: bool
) -> None:
    item = {"id": "urn:x:1", "url": "https://harbour.example/1", "title": "Tide", "content_text": "x"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": language, "items": [item]}
    Path("feed.json").write_text(json.dumps(feed), encoding="utf-8")
    told = [f'language = "{language}"' in import_(Path("feed.json")).stderr for _ in range(2)]
    assert told == [is_told, False]


def test_columns_of_a_table_that_no_feed_has_become_keys(folder: Path) -> None:
    rows = ("title,webUrl,type,quality,heat,length", "Tide,https://h.example/1,video,55,7,PT3M")
    (folder / "t.csv").write_text("\n".join([*rows, "Ebb,https://h.example/2,odd,best,,"]), encoding="utf-8")
    told = import_(folder / "t.csv").stderr
    names = ("type", "quality", "heat", "length")
    found = [[document(name).data.get(key) for key in names] for name in records()]
    assert found == [[None] * 4, ["video", 55, 7, "PT3M"]]
    assert [name for name in names if f"lost {name} that is not valid x1" in told] == ["type", "quality"]


def test_a_preset_without_html_asks_for_markdown() -> None:
    done = run_feeds("import", PLAIN, "--into", "seeds", "--preset", "zola", cwd=Path())
    assert done.returncode == 2
    assert b"add --markdown" in done.stderr


def site(host: str, title: str) -> bytes:
    item = f"<item><title>{title}</title><link>https://{host}/1</link><guid isPermaLink='false'>1</guid></item>"
    return f"<rss version='2.0'><channel><title>T</title><link>https://{host}/</link>{item}</channel></rss>".encode()


def test_ids_that_mean_something_in_their_feed_only_are_kept_apart(folder: Path) -> None:
    (folder / "a.rss").write_bytes(site("a.example", "First"))
    (folder / "b.rss").write_bytes(site("b.example", "Second"))
    for name in ("a.rss", "b.rss", "a.rss"):
        import_(folder / name)
    assert records() == ["1970-01-01-first.html", "1970-01-01-second.html"]


def test_an_article_that_two_feeds_have_is_that_of_the_first(folder: Path) -> None:
    (folder / "a.rss").write_bytes(site("a.example", "First"))
    planet = site("planet.example", "Once more").replace(b"https://planet.example/1", b"https://a.example/1")
    (folder / "b.rss").write_bytes(planet)
    import_(folder / "a.rss")
    before = all_files(folder)
    assert "1 in other records" in import_(folder / "b.rss").stdout
    assert all_files(folder) == before


def test_an_import_that_was_killed_is_finished_by_the_next(folder: Path) -> None:
    import_(PLAIN)
    before = all_files(folder)
    for name in ("seeds/.feeds-import", "feeds.ids", f"seeds/{records()[0]}"):  # the former two are written last
        Path(name).unlink()
    Path("seeds/.2024-05-01-old-lamp.html.4194305.tmp").write_text("cut o")
    Path("seeds/.my notes.tmp").write_text("mine")
    assert import_(PLAIN).stdout.endswith("1 new record, 2 unchanged\n")
    assert all_files(folder) == before | {"seeds/.my notes.tmp": b"mine"}


def test_a_record_that_a_killed_import_has_updated_is_not_taken_for_edited(tmp_path: Path) -> None:
    feed, state = tmp_path / "feed.atom", Path("seeds/.feeds-import")
    feed.write_bytes(PLAIN.read_bytes())
    import_(feed)
    former = state.read_bytes()
    feed.write_bytes(PLAIN.read_bytes().replace(b"No markup", b"New words"))
    import_(feed)
    state.write_bytes(former)  # as it is if that was killed before its end
    assert "edited" not in import_(feed).stdout
    feed.write_bytes(PLAIN.read_bytes().replace(b"No markup", b"Other words"))
    assert "0 new records, 1 updated" in import_(feed).stdout


def test_episodes_keep_their_files_languages_and_all_that_is_known_of_their_authors() -> None:
    assert "[" not in import_(PODCAST).stderr
    data = document("2024-05-01-the-lamp.html").data
    assert data["enclosures"] == [
        {"url": "https://foghorn.example/1.mp3", "type": "audio/mpeg", "length": 24986239, "duration": 1561},
        {"url": "https://foghorn.example/1.opus", "type": "audio/ogg", "length": 4567, "title": "Smaller"},
    ]
    assert data["authors"] == [
        {"name": "Ann", "url": "https://foghorn.example/ann"},
        {"name": "Bob", "email": "bob@foghorn.example"},
    ]
    assert data["language"] == "de"


def test_a_picture_is_a_file_only_if_more_is_known_of_it_than_of_an_image() -> None:
    import_(PODCAST)
    assert document("2024-05-02-a-picture.html").data["enclosures"][0]["length"] == 777
    import_(PLAIN)
    assert not any("enclosures" in document(name).data for name in records() if name.startswith("2024-05-03"))


@pytest.mark.parametrize("preset", ["jekyll", "hugo", "zola"])
def test_a_preset_keeps_the_files_of_episodes(preset: str) -> None:
    import_(PODCAST, "--preset", preset, "--markdown")
    found = document("2024-05-01-the-lamp.md")
    post = Post(path="posts/2024-05-01-x.md", data=found.data, body=found.body)
    read = map_post(post, compile_mapping(preset, {})).data["enclosures"]
    assert [(file["url"], file["length"]) for file in read] == [
        ("https://foghorn.example/1.mp3", 24986239),
        ("https://foghorn.example/1.opus", 4567),
    ]


def test_lines_of_keys_cannot_hold_files_and_that_is_told() -> None:
    assert "lost enclosures x2 [lost]" in import_(PODCAST, "--preset", "pelican", "--markdown").stderr


def test_a_text_that_is_too_long_for_any_record_is_told_before_it_is_filtered(folder: Path) -> None:
    long = {"id": "urn:a:1", "url": "https://a.example/1", "content_html": "<b>" * 3_000_000}
    short = {"id": "urn:a:2", "url": "https://a.example/2", "content_html": "<b>Text</b>"}
    (folder / "f.json").write_text(json.dumps({"title": "T", "items": [long, short]}), encoding="utf-8")
    assert "f.json:1:1: the item has more than 8 MiB of text" in import_(folder / "f.json").stderr
    assert len(records()) == 1


@pytest.mark.parametrize("preset", ["", "jekyll"])
def test_addresses_that_cannot_be_any_are_told_and_nothing_breaks(preset: str) -> None:
    done = import_(IMPORTS / "hostile.atom", *(("--preset", preset) if preset else ()))
    assert (done.returncode, len(records())) == (1, 1)
    assert "hostile.atom:6:1: the item has no web address" in done.stderr
    assert "lost author url x1" in done.stderr
    for target in ("rss", "atom", "json", "csv", "html"):
        assert run("convert", str(IMPORTS / "hostile.atom"), "--to", target).returncode == 0


def feed_of(folder: Path, *parts: str) -> Path:
    items = "".join(f"<item>{part}<description>Text</description></item>\n" for part in parts)
    feed = folder / "f.rss"
    feed.write_text(f"<rss><channel><title>T</title><link>https://a.example/</link>{items}</channel></rss>", "utf-8")
    return feed


@pytest.mark.parametrize("parts", [("<title>One</title>", "<title>Two</title>"), ("<title>One</title>",) * 2])
def test_items_without_ids_that_share_an_address_are_records_each(folder: Path, parts: tuple[str, str]) -> None:
    link = "<link>https://a.example/status</link>"
    feed = feed_of(folder, *(f"{part}{link}" for part in parts))
    feed.write_text(feed.read_text("utf-8").replace("Text", "Another text", 1), "utf-8")
    done = import_(feed)
    assert len(records()) == 2
    assert "2 items have no id, and an address that others have too" in done.stderr
    assert import_(feed).stdout.startswith("0 new records, 2 unchanged")
    assert run("diff", "f.rss", "f.rss").stdout == "no difference\n"


@pytest.mark.parametrize("head", ["", "<lastBuildDate>Tue, 03 Feb 2026 09:00:00 GMT</lastBuildDate>"])
def test_items_without_dates_keep_their_order(folder: Path, head: str) -> None:
    names = [f"n{number}" for number in (3, 1, 4, 2)]
    feed = feed_of(folder, *(f"<title>{name}</title><link>https://a.example/{name}</link>" for name in names))
    feed.write_text(feed.read_text("utf-8").replace("<item>", f"{head}<item>", 1), "utf-8")
    import_(feed)
    run(*BUILD)
    built = parse((folder / "public" / "all.rss").read_bytes()).feed.items
    assert [item.title for item in built] == names
    assert import_(feed).stdout.startswith("0 new records, 4 unchanged")


def test_an_item_that_has_the_id_of_another_is_told(folder: Path) -> None:
    guid = '<guid isPermaLink="false">urn:a:1</guid><link>https://a.example/1</link>'
    done = import_(feed_of(folder, f"{guid}<title>One</title>", f"{guid}<title>Two</title>"))
    assert len(records()) == 1
    assert "f.rss:2:1: warning: another item with the id of that on line 1 is left out" in done.stderr
