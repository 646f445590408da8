"""The pages for people say what is there, escape what is put in, and load nothing but the items' images."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import feedparser
import pytest
from lxml import etree, html
from support import (
    BASE_URL,
    HOME_PAGE,
    NOW,
    REPOSITORY,
    config_for,
    outputs_of,
    record_bytes,
    run_feeds,
    tree,
)

import feeds
from feeds.config.settings import FeedConfig, TopicConfig
from feeds.formats import FORMATS
from feeds.formats.pages.site import weeks_until
from feeds.lint import lint
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.parts import Enclosure, Person, Related
from feeds.store.index_key import program_files

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> & {{ 7 * 7 }}"
SUBSCRIBED = ("rss", "atom", "json")
OWN = FeedConfig("best", "The <best>", "Only the best.")


def record(number: int, *topics: str, **keys: Any) -> bytes:
    known = {
        "title": f"Article {number}",
        "excerpt": f"What article {number} is about.",
        "publishedDateTime": f"2024-05-{number % 28 + 1:02}T08:00:00Z",
        "webUrl": f"https://example.org/{number}",
        "topics": list(topics),
    }
    return record_bytes(known | keys, "The body is for readers.")


RECORDS = {
    "1.md": record(1, "Ships", images=[{"url": "https://example.org/1.jpg", "width": 1200, "height": 630}]),
    "2.md": record(
        2,
        "Ships",
        "Sea & Sky",
        provider={"name": "Smith & Sons", "domain": "smith.example"},
        images=[{"url": "https://example.org/2.jpg", "title": "A ship", "attribution": "Ada"}],
        related=[{"title": "Another", "webUrl": "https://example.net/other", "provider": {"name": "Else"}}],
    ),
    "3.md": record(3, "Rare"),
}


@cache
def site() -> Mapping[str, bytes]:
    topics = TopicConfig(exclude=("Rare",))
    return outputs_of(RECORDS, feeds=(OWN,), topics=topics, title="Harbour & Sea", description="All of it.")


@cache
def page(name: str) -> html.HtmlElement:
    return html.fromstring(site()[name])


PAGES = ("all.html", "best.html", "index.html", "topics/sea-and-sky.html", "topics/ships.html")
of_every_page = pytest.mark.parametrize("name", PAGES)


def texts(root: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in root.xpath(path)]


def hash_of(element: html.HtmlElement) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()}'"


def context_for(root: html.HtmlElement) -> dict[str, list[str]]:
    (content,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return {name: sources for name, *sources in (part.split() for part in content.split(";"))}


def test_every_feed_has_a_page() -> None:
    assert sorted(name for name in site() if name.endswith(".html")) == list(PAGES)


@of_every_page
def test_a_page_allows_only_its_own_style_and_script(name: str) -> None:
    policy = context_for(page(name))
    (style,), (script,) = page(name).xpath("//style"), page(name).xpath("//script")
    assert policy["default-src"] == ["'none'"]
    assert (policy["style-src"], policy["script-src"]) == ([hash_of(style)], [hash_of(script)])
    assert not page(name).xpath("//@style") + page(name).xpath("//@*[starts-with(name(), 'on')]")


@of_every_page
def test_a_page_loads_nothing_but_images_of_items(name: str) -> None:
    root = page(name)
    loaded = root.xpath("//@src | //@srcset | //@poster | //@data | //@background")
    loaded += root.xpath("//link[@rel!='alternate']/@href")
    assert [address for address in loaded if not address.startswith("data:image/svg+xml,")] == [
        image.get("src") for image in root.xpath("//article//img")
    ]
    assert not root.xpath("//iframe | //object | //embed | //video | //audio | //form | //base")
    assert "url(" not in root.xpath("//style")[0].text
    assert "@import" not in root.xpath("//style")[0].text
    if name == "index.html":
        assert context_for(root)["img-src"] == ["data:"]


@of_every_page
def test_a_page_can_be_found_one_s_way_in_by_ear_and_by_keyboard(name: str) -> None:
    root = page(name)
    levels = [int(heading.tag[1]) for heading in root.xpath("//h1 | //h2 | //h3 | //h4")]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [len(root.xpath(f"//body/{landmark}")) for landmark in ("header", "main", "footer")] == [1, 1, 1]
    assert len(root.xpath("//nav[@aria-label]")) == len(root.xpath("//nav")) == 1
    skip = root.xpath("//body/*[1]/@href")[0]
    assert root.xpath(f"//*[@id='{skip[1:]}']/@tabindex") == ["-1"]
    ids = root.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert set(root.xpath("//@aria-labelledby | //@aria-describedby | //label/@for")) <= set(ids)
    assert all(image.get("alt") is not None for image in root.xpath("//img"))
    assert root.xpath("//*[@tabindex > 0]") == []


@of_every_page
def test_links_within_the_site_lead_to_files_that_are_there(name: str) -> None:
    links = [urljoin(BASE_URL + name, link) for link in page(name).xpath("//a/@href | //link[@rel='alternate']/@href")]
    inside = {unquote(link.removeprefix(BASE_URL)).partition("#")[0] for link in links if link.startswith(BASE_URL)}
    assert inside <= set(site())
    assert {"all.rss", "index.html"} & inside


def test_the_page_of_a_feed_offers_each_format_of_the_same_feed() -> None:
    root = page("topics/ships.html")
    addresses = [f"{BASE_URL}topics/ships.{kind}" for kind in SUBSCRIBED]
    alternates = root.xpath("//link[@rel='alternate']")
    assert [link.get("href") for link in alternates] == addresses
    assert [link.get("type") for link in alternates] == [FORMATS[kind].media_type for kind in SUBSCRIBED]
    assert len({link.get("title") for link in alternates}) == 3
    assert root.xpath("//input/@value") == root.xpath("//button/@data-address") == addresses
    assert texts(root, "//a[@class='button']") == ["RSS", "Atom", "JSON"]
    assert HOME_PAGE in root.xpath("//nav/a/@href")


def test_the_page_of_a_feed_shows_its_items_newest_first() -> None:
    root = page("all.html")
    assert texts(root, "//h1") == ["Harbour & Sea"]
    assert texts(root, "//header/p") == ["All of it."]
    assert texts(root, "//article//h3") == ["Article 3", "Article 2", "Article 1"]
    assert root.xpath("//article//h3/a/@href") == [f"https://example.org/{number}" for number in (3, 2, 1)]
    assert root.xpath("//article//time/@datetime") == [f"2024-05-0{day}T08:00:00Z" for day in (4, 3, 2)]
    assert texts(root, "//article//time") == ["4 May 2024", "3 May 2024", "2 May 2024"]
    second = root.xpath("//article")[1]
    assert texts(second, ".//p")[1:] == ["What article 2 is about."]
    assert second.xpath(".//p/a/@href") == ["https://smith.example/"]
    assert texts(second, ".//figcaption") == ["Ada"]
    assert texts(second, ".//details//li") == ["Another Else"]
    assert second.xpath(".//details//a/@href") == ["https://example.net/other"]


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        (Enclosure("https://a.example/1.mp3", "audio/mpeg", title="The bells"), "The bells"),
        (Enclosure("https://a.example/sp%C3%A4t%20%231.mp3?x=1/2"), "spät #1.mp3"),
        (Enclosure("https://a.example/a%00.mp3"), "a%00.mp3"),
        (Enclosure("https://a.example/"), "https://a.example/"),
    ],
)
def test_the_page_of_an_episode_leads_to_its_file(file: Enclosure, shown: str) -> None:
    scripted = Enclosure("javascript:alert(1)")
    feed = Feed("", (Item(enclosures=(file, scripted)),), is_foreign=True)
    root = html.document_fromstring(b"".join(FORMATS["html"].render(feed)))
    (link,) = root.xpath("//article//a")
    assert (link.get("href"), link.get("type") or "", link.text) == (file.url, file.type, shown)


def test_an_image_has_a_size_and_a_text_and_waits_until_it_is_seen() -> None:
    first, second = page("topics/ships.html").xpath("//img")
    assert {name: first.get(name) for name in ("alt", "loading")} == {"alt": "A ship", "loading": "lazy"}
    assert first.get("width") is None
    assert {name: second.get(name) for name in ("alt", "width", "height")} == {
        "alt": "",
        "width": "1200",
        "height": "630",
    }


def test_a_topic_leads_to_its_page_if_it_has_one() -> None:
    articles = page("all.html").xpath("//article")
    assert articles[1].xpath(".//ul[@class='topics']//a/@href") == ["topics/ships.html", "topics/sea-and-sky.html"]
    assert articles[0].xpath(".//ul[@class='topics']//a") == []
    assert texts(articles[0], ".//ul[@class='topics']/li") == ["Rare"]
    assert "../topics/ships.html" in page("topics/sea-and-sky.html").xpath("//article//a/@href")


def test_the_index_lists_every_feed_with_its_size_and_its_newest_item() -> None:
    root = page("index.html")
    assert texts(root, "//main//h2") == ["Everything 3 items", "Selections", "Topics 2"]
    assert texts(root, "//ul[@class='feeds']//h3") == ["The <best> 3 items", "Sea & Sky 1 item", "Ships 2 items"]
    assert root.xpath("//h2/a/@href | //ul//h3/a/@href") == [
        "all.html",
        "best.html",
        "topics/sea-and-sky.html",
        "topics/ships.html",
    ]
    assert texts(root, "//p[@class='newest']") == [
        "4 May 2024 Article 3",
        "4 May 2024 Article 3",
        "3 May 2024 Article 2",
        "3 May 2024 Article 2",
    ]
    assert root.xpath("//a[@download]/@href") == ["feeds.opml"]


def test_the_index_names_every_feed_to_browsers_by_a_title_of_its_own() -> None:
    duplicates = (FeedConfig("a", "Harbour"), FeedConfig("b", "Harbour: Ships"))
    root = html.fromstring(outputs_of(RECORDS, feeds=duplicates, title="Harbour")["index.html"])
    links = root.xpath("//link[@rel='alternate']")
    names = ("all", "topics/rare", "topics/sea-and-sky", "topics/ships", "a", "b")
    assert [link.get("href") for link in links] == [f"{BASE_URL}{name}.rss" for name in names]
    assert len({link.get("title") for link in links}) == len(names)


def test_the_index_counts_the_items_of_the_latest_weeks_up_to_that_of_the_newest() -> None:
    days = ["2024-05-12", "2024-05-06", "2024-05-05", "2023-11-13", "2023-11-12"]
    records = {f"{n}.md": record(n, publishedDateTime=f"{day}T12:00:00Z") for n, day in enumerate(days)}
    chart = html.fromstring(outputs_of(records)["index.html"]).xpath("//figure")[0]
    assert texts(chart, ".//rect/title") == [
        "Week of 13 November 2023: 1",
        "Week of 29 April 2024: 1",
        "Week of 6 May 2024: 2",
    ]
    assert texts(chart, "./figcaption") == [
        "4 items in 26 weeks; each bar is a week, the last one begins on 6 May 2024"
    ]


def test_weeks_begin_on_monday_and_stay_within_the_calendar() -> None:
    assert [str(day) for day in weeks_until(datetime(2024, 5, 12, 23, tzinfo=UTC), 2)] == ["2024-04-29", "2024-05-06"]
    assert [str(day) for day in weeks_until(datetime(1, 1, 9, tzinfo=UTC), 26)] == ["0001-01-01", "0001-01-08"]
    assert str(weeks_until(datetime(9999, 12, 31, tzinfo=UTC), 26)[-1]) == "9999-12-27"


@pytest.mark.parametrize("year", ["0001-01-02", "1969-12-31", "9999-12-30"])
def test_the_oldest_and_the_newest_dates_have_pages(year: str, tmp_path: Path) -> None:
    (tmp_path / "1.md").write_bytes(record(1, publishedDateTime=f"{year}T08:00:00Z"))
    feeds.build(config_for(tmp_path, tmp_path / "out"), datetime(9999, 12, 31, tzinfo=UTC))
    root = html.fromstring((tmp_path / "out" / "index.html").read_bytes())
    assert len(root.xpath("//figure//rect")) == 1


def test_few_topics_need_no_search_and_many_have_one_that_waits_for_its_script() -> None:
    assert page("index.html").xpath("//input[@type='search']") == []
    many = {f"{number}.md": record(number, f"Topic {number}") for number in range(13)}
    (search,) = html.fromstring(outputs_of(many)["index.html"]).xpath("//*[@role='search']")
    assert search.get("hidden") is not None
    assert texts(search, "./label") == ["Search topics"]


def test_nothing_that_is_put_in_is_taken_for_markup() -> None:
    evil = record(
        1,
        EVIL,
        title=EVIL,
        excerpt=EVIL,
        provider={"name": EVIL},
        images=[{"url": "https://example.org/a.jpg?'\"><script>", "title": EVIL, "attribution": EVIL}],
        related=[{"title": EVIL, "webUrl": "https://example.org/b", "provider": {"name": EVIL}}],
    )
    files = outputs_of({"1.md": evil}, title=EVIL, description=EVIL, feeds=(FeedConfig("a", EVIL, EVIL),))
    for name in (name for name in files if name.endswith(".html")):
        root = html.fromstring(files[name])
        assert len(root.xpath("//script")) == 1, name
        assert len(root.xpath("//img")) == (name != "index.html"), name
        assert not root.xpath("//b | //@*[starts-with(name(), 'on')]"), name
        assert "49" not in root.text_content(), name
        assert EVIL in texts(root, "//h1")[0], name
    assert EVIL in texts(html.fromstring(files["all.html"]), "//article//h3")
    for name in ("all.rss", "all.atom", "feeds.opml"):
        assert not any(problem.is_error for problem in lint(name, files[name])), name


@pytest.mark.parametrize("address", ["javascript:a", " JAVAscript:a", "java\tscript:a", "vbscript:a", "data:,a"])
def test_a_page_of_another_feed_leads_only_to_pages(address: str) -> None:
    def links_with(url: str) -> list[str]:
        item = Item(link=url, authors=(Person("Ann", url),), related=(Related(url),), title="A script")
        page = b"".join(FORMATS["html"].render(Feed(link=url, items=(item,), is_foreign=True)))
        assert html.fromstring(page).xpath("string(//h3)") == "A script"
        return [link for link in html.fromstring(page).xpath("//a/@href") if not link.startswith("#")]

    assert links_with(address) == []
    assert links_with("https://a.example/") == ["https://a.example/"] * 4


@pytest.mark.parametrize(("language", "around"), [("en-GB", []), ("de", ["en"]), ("", ["en"])])
def test_a_page_says_which_of_its_words_are_in_which_language(language: str, around: list[str]) -> None:
    root = html.fromstring(outputs_of(RECORDS, language=language)["all.html"])
    assert (root.get("lang") or "") == language
    assert sorted(set(root.xpath("//body//@lang"))) == around
    assert {title.get("dir") for title in root.xpath("//h1 | //h3")} == {"auto"}


def test_a_feed_without_items_has_a_page() -> None:
    files = outputs_of({})
    assert "Nothing has been published here yet." in html.fromstring(files["all.html"]).text_content()
    assert "0 items" in html.fromstring(files["index.html"]).text_content()


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        (("csv",), set()),
        (("json",), {"feeds.opml"}),
        (("html",), {"index.html"}),
        (("json", "html"), {"feeds.opml", "index.html"}),
        (("rss", "html"), {"feeds.opml", "index.html", "feed.css"}),
    ],
)
def test_only_what_is_of_use_is_written(formats: tuple[str, ...], expected: set[str]) -> None:
    files = outputs_of(RECORDS, formats=formats)
    assert {name for name in files if "/" not in name and not name.startswith("all.")} == expected


@pytest.mark.parametrize("name", ["all.rss", "topics/ships.atom"])
def test_raw_feeds_name_a_stylesheet_that_is_there(name: str) -> None:
    (sheet,) = etree.fromstring(site()[name]).xpath("/processing-instruction('xml-stylesheet')")
    assert (sheet.get("type"), sheet.get("href")) == ("text/css", "../" * name.count("/") + "feed.css")
    assert b"display: block" in site()["feed.css"]
    assert site()[name].startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<?xml-stylesheet ")
    parsed = feedparser.parse(site()[name])
    assert (parsed.bozo, len(parsed.entries) > 0) == (False, True)
    assert lint(name, site()[name]) == []


@pytest.mark.parametrize("formats", [("rss",), ("atom", "json")])
def test_without_pages_raw_feeds_name_no_stylesheet(formats: tuple[str, ...]) -> None:
    assert b"xml-stylesheet" not in outputs_of(RECORDS, formats=formats)[f"all.{formats[0]}"]


def test_a_page_that_is_converted_leads_to_what_is_published(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_bytes(RECORDS["1.md"])
    done = run_feeds("convert", "1.md", "--to", "html", "--base-url", BASE_URL, cwd=tmp_path)
    root = html.fromstring(done.stdout)
    assert done.returncode == 0
    assert root.xpath("//a[@class='button']/@href") == [f"{BASE_URL}all.{kind}" for kind in SUBSCRIBED]
    assert texts(root, "//ul[@class='topics']/li") == ["Ships"]
    assert root.xpath("//ul[@class='topics']//a") == []


def test_an_index_page_of_somebody_else_is_left_alone_until_it_is_gone(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "1.md").write_bytes(RECORDS["1.md"])
    (tmp_path / "public").mkdir()
    mine = tmp_path / "public" / "index.html"
    mine.write_bytes(b"<title>mine</title>")
    for _ in range(2):
        done = run_feeds("build", "--base-url", BASE_URL, cwd=tmp_path)
        assert b"skipped: public/index.html was not created by feeds" in done.stdout
        assert mine.read_bytes() == b"<title>mine</title>"
    mine.unlink()
    done = run_feeds("build", "--base-url", BASE_URL, cwd=tmp_path)
    assert b"and index.html\n" in done.stdout
    assert b"skipped" not in done.stdout


def test_files_of_a_run_that_was_killed_are_not_taken_for_those_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_bytes(RECORDS["1.md"])
    config = config_for(tmp_path, tmp_path / "out")
    feeds.build(config, NOW)
    (tmp_path / "out" / "manifest.json").unlink()
    (tmp_path / "out" / "feed.css").write_bytes(b"")
    (tmp_path / "2.md").write_bytes(RECORDS["2.md"])
    built = feeds.build(config, NOW)
    assert built.foreign == ()
    changed = {file.path.name for file in built.files if file.has_changed}
    assert {"index.html", "feeds.opml", "feed.css"} <= changed


def test_pages_that_are_no_longer_wanted_are_removed(tmp_path: Path) -> None:
    config = config_for(tmp_path / "records", tmp_path / "out")
    Path(config.source).mkdir()
    (tmp_path / "records" / "1.md").write_bytes(RECORDS["1.md"])
    feeds.build(config, NOW)
    without = config_for(tmp_path / "records", tmp_path / "out", formats=("rss",))
    gone = {path.name for path in feeds.build(without, NOW).removed}
    assert {"index.html", "feed.css", "all.html", "ships.html"} <= gone
    assert sorted(tree(tmp_path / "out")) == ["all.rss", "feeds.opml", "topics/ships.rss"]


def test_other_templates_are_another_program() -> None:
    looked_at = set(program_files())
    templates = set(map(str, (REPOSITORY / "feeds" / "formats" / "pages" / "templates").iterdir()))
    assert len(templates & looked_at) == len(templates) > 5


def test_pages_of_ours_are_not_taken_for_broken_feeds() -> None:
    assert {tuple(lint(name, content)) for name, content in site().items() if name.endswith((".html", ".css"))} == {()}
    assert [problem.rule for problem in lint("all.rss", b"<!doctype html><title>404</title>")] == ["unknown-format"]


def test_a_secret_on_a_page_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_bytes(record(1, secured="correct-horse-battery-staple"))
    config = config_for(tmp_path, tmp_path / "out", formats=("html",), title="correct-horse-battery-staple")
    (refusal,) = feeds.build(config, NOW).refusals
    assert refusal.startswith("all.html:")
    assert "holds a secret value" in refusal
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["index", "feeds", "topics", "all", "manifest"])
def test_a_feed_cannot_have_the_name_of_a_file_of_the_site(name: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nname = "{name}"\n', encoding="utf-8")
    assert run_feeds("build", cwd=tmp_path).returncode == 3


def test_pages_are_the_same_on_every_run() -> None:
    again = outputs_of(dict(reversed(RECORDS.items())), feeds=(OWN,), topics=TopicConfig(exclude=("Rare",)))
    first = outputs_of(RECORDS, feeds=(OWN,), topics=TopicConfig(exclude=("Rare",)))
    assert again == first
    assert not re.search(rb"20(2[5-9]|[3-9]\d)-", first["index.html"])
