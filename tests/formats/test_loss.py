"""What a format says that it loses is what does not come back from it, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.formats import FORMATS, render
from feeds.formats.additions import additions_of
from feeds.formats.loss import Loss, facts_of, losses_of
from feeds.lint import lint
from feeds.model.feed import Feed, Generator
from feeds.model.item import Category, Extension, Item, Link, Person, Player, Source, Text
from feeds.model.markup_text import as_blocks, as_html, as_plain, content_of
from feeds.model.parts import Enclosure, Image, Related
from feeds.parsers import parse
from feeds.xml_namespaces import ATOM

MODULES = Path(__file__).parents[1] / "parsers" / "documents" / "rss-modules.xml"
WORD = re.compile(r"\b(?:head|item)-[a-z-]+|\b(?:4711|4712|12345|urn:item:\w+)|\b\w+(?=@a\.example)")
READ_BACK = ("rss", "atom", "json", "csv")
DAY = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
TIDE = Extension("tide", "low", "https://t.example/", '<tide:low xmlns:tide="https://t.example/">3</tide:low>')
STATION = Extension("station", "_station", json='{"name": "H7"}')
HEADING = Extension(
    "atom", "title", ATOM, '<atom:title xmlns:atom="http://www.w3.org/2005/Atom">Another title</atom:title>'
)
CORE = Extension("", "rating", "", "<rating>5</rating>")
PEOPLE = (
    Person("Ann", "https://ann.example/", "ann@a.example", "https://ann.example/a.png"),
    Person("Bob", "https://bob.example/", "bob@b.example"),
)
CATEGORIES = (Category("a", "https://s.example/", "A"), Category("b"))
LINKS = (
    Link("https://a.example/fr", "alternate", "text/html", "Fr", "fr", "12"),
    Link("https://a.example/pdf", "alternate", "application/pdf", "Pdf", "es", "13"),
)
ITEM = Item(
    id="urn:x:1",
    title="A title",
    link="https://a.example/1",
    published=DAY,
    updated=DAY + timedelta(days=1),
    summary=Text("<p>The <b>sum</b></p>", "html", "de"),
    content=Text("<p>The <i>body</i></p>", "html", "fr"),
    authors=PEOPLE,
    contributors=PEOPLE,
    categories=CATEGORIES,
    enclosures=(
        Enclosure("https://a.example/1.mp3", "audio/mpeg", 123, 61.0, "Song"),
        Enclosure("https://a.example/2.mp3", "audio/mpeg", 124, 62.0, "Another"),
    ),
    images=(
        Image("https://a.example/1.jpg", 100, 50, "Pic", "Eve", link="https://a.example/l", description="Of it"),
        Image("https://a.example/2.jpg", 101, 51, "Pic", "Eve"),
    ),
    player=Player("https://a.example/play", 61, Image("https://a.example/poster.jpg", 10, 20)),
    related=(
        Related("https://a.example/r", "Rel", "About it", DAY, PEOPLE[0], "text/html", "en"),
        Related("https://a.example/r2"),
    ),
    links=LINKS,
    via="https://via.example/",
    comments="https://a.example/comments",
    source=Source("Of", "https://s.example/feed", "https://s.example/", "urn:s", DAY, (TIDE,)),
    rights="(c)",
    language="en",
    title_markup=Text("A <b>title</b>", "html", "en"),
    plain_content="The body",
    extensions=(TIDE, STATION, CORE, HEADING),
)
FULL = Feed(
    title="All of it",
    items=(ITEM,),
    id="urn:feed",
    link="https://a.example/",
    url="https://a.example/feed",
    description="About",
    language="en",
    published=DAY,
    updated=DAY,
    authors=PEOPLE,
    contributors=PEOPLE,
    categories=CATEGORIES,
    rights="(c)",
    generator=Generator("Press", "https://press.example/", "6.1"),
    icon="https://a.example/icon.png",
    logo=Image("https://a.example/logo.png", 88, 31, "Logo", link="https://a.example/about", description="A logo"),
    hubs=("https://hub.example/", "https://hub2.example/"),
    current_url="https://a.example/current",
    previous_url="https://a.example/previous",
    next_url="https://a.example/next",
    links=LINKS,
    extensions=(TIDE, STATION, CORE, HEADING),
    is_archive=True,
    is_complete=True,
    is_expired=True,
    is_foreign=True,
)
NOT_SAID = {"items", "is_foreign", "stylesheet", "page_links"}
# A feed without a permalink, and one with, cannot be the same feed.
NOT_AT_ONCE = {"is_permalink"}
# What is read back of something else, or cannot come back at all: that all is there is told by more than a field.
MORE_THAN_WRITTEN = {
    ("json", "item.enclosures.url"),  # images after the first are attachments
    ("json", "item.enclosures.type"),
    ("json", "item.enclosures.more"),
    ("rss", "item.extensions.xml"),  # Media RSS stands for images and files, and is kept besides
    ("atom", "item.extensions.xml"),
}


READ_AS_ENCLOSURES = {("json", "item.images.url"), ("json", "item.images.more")}

TRIED_BELOW = (
    *(".own", ".domain", ".id_local", ".scheme_local", ".email_alone", ".untyped", ".fraction", "is_permalink"),
    *(".summary_alone.language", ".summary_alone.markup"),
)


def said(feed: Feed) -> dict[str, list[Any]]:
    """Return what a feed says by its path, texts as what a reader sees."""
    found: dict[str, list[Any]] = {}
    for path, value in _facts(feed):
        shown = as_plain(value) if path.endswith("value") and isinstance(value, Text) else value
        path = path.replace("_alone", "")  # noqa: PLW2901 - it is where it was, but for content beside it
        found.setdefault(path, []).append(as_html(shown) if isinstance(shown, Text) else shown)
    return found


def _facts(feed: Feed) -> Iterator[tuple[str, Any]]:
    yield from facts_of(feed, "feed")
    for item in feed.items:
        yield from facts_of(item, "item")


BEFORE = said(FULL)


def is_declared(path: str, name: str) -> bool:
    return any(f"{path}.".startswith(f"{lost}.") for lost in FORMATS[name].losses)


def comes_back(path: str, name: str, after: dict[str, list[Any]]) -> bool:
    before = BEFORE[path]
    if (name, path) in READ_AS_ENCLOSURES:
        return ITEM.images[1].url in after["item.enclosures.url"]
    if (name, path) in MORE_THAN_WRITTEN:
        return all(value in after.get(path, ()) for value in before)
    if is_declared(f"{path.rpartition('.')[0]}.more", name):  # all but the first is lost, and declared
        return after.get(path, [])[:1] == before[:1]
    return after.get(path) == before


@pytest.fixture(scope="module")
def read_back() -> dict[str, dict[str, list[Any]]]:
    return {name: said(parse(render(FULL, name)).feed) for name in READ_BACK}


@pytest.mark.parametrize("kind", [Feed, Generator, Item, Person, Image, Enclosure, Link, Related, Source, Player])
def test_every_field_is_tried(kind: Any) -> None:
    paths = {step for path in BEFORE for step in path.split(".")}
    assert set(kind._fields) - NOT_SAID - NOT_AT_ONCE - {"caption"} <= paths


@pytest.mark.parametrize("path", BEFORE)
@pytest.mark.parametrize("name", READ_BACK)
def test_what_is_declared_lost_and_nothing_else_is_lost(
    name: str, path: str, read_back: dict[str, dict[str, list[Any]]]
) -> None:
    assert comes_back(path, name, read_back[name]) is not is_declared(path, name)


@pytest.mark.parametrize("name", FORMATS)
def test_every_declared_loss_is_of_something_that_there_is(name: str) -> None:
    lost = {loss.path for loss in losses_of(FULL, FORMATS[name].losses)}
    assert lost == {path for path in FORMATS[name].losses if not path.endswith(TRIED_BELOW)}


def test_what_does_not_come_back_of_a_document_of_many_vocabularies_is_told() -> None:
    """Each text and address of the document is of a word of its own."""
    document = MODULES.read_bytes()
    feed, shown = parse(document).feed, list[str]()
    for name in READ_BACK:
        after = repr(parse(render(feed, name)).feed)
        gone = sorted({word for word in WORD.findall(document.decode()) if word not in after})
        told = [f"{loss.name} x{loss.times}" for loss in losses_of(feed, FORMATS[name].losses)]
        shown += [name, *(f"  gone {word}" for word in gone), *(f"  told {loss}" for loss in told)]
    assert "\n".join(shown) + "\n" == Path(__file__).with_name("rss-modules.lost").read_text(encoding="utf-8")


def test_a_feed_that_loses_nothing_has_no_losses() -> None:
    feed = Feed("T", (Item("urn:x:1", "One", "https://a.example/1", DAY, content=Text("<p>x</p>")),), is_foreign=True)
    assert losses_of(feed, FORMATS["rss"].losses | FORMATS["atom"].losses | FORMATS["json"].losses) == []


def test_losses_are_counted_from_the_first_item_that_has_them() -> None:
    plain, told = Item("urn:x:1", "One"), Item("urn:x:2", "Two", comments="https://a.example/c")
    feed = Feed("T", (plain, told, told._replace(id="urn:x:3")), is_foreign=True)
    assert losses_of(feed, FORMATS["json"].losses) == [Loss("item.comments", "comments", 2, 1)]


def test_elements_are_named_as_they_are_written_with_those_inside() -> None:
    media = "http://search.yahoo.com/mrss/"
    written = f'<media:content xmlns:media="{media}" url="u"><media:credit>Eve</media:credit></media:content>'
    element = Extension("media", "content", media, written)
    item = Item("urn:x:1", "One", images=(Image("u", credit="Eve"),), extensions=(element,))
    feed = Feed("T", (item, item), is_foreign=True)
    named = [(loss.name, loss.times) for loss in losses_of(feed, FORMATS["csv"].losses) if loss.item is not None]
    assert named == [("media:content", 2), ("media:credit", 2)]
    assert losses_of(feed, FORMATS["json"].losses) == []  # which has the elements under _media


def test_an_item_of_json_always_has_content() -> None:
    items = (Item("urn:x:1", "One", content=Text("")), Item("urn:x:2", "Two", content=Text(""), summary=Text("Sum")))
    contents = [item.content for item in parse(render(Feed("F", items, is_foreign=True), "json")).feed.items]
    assert contents == [Text("One", "text"), Text("Sum")]


ALONE = {"json": [], "rss": [], "atom": [], "csv": ["summary markup"]}


@pytest.mark.parametrize(("name", "names"), ALONE.items())
def test_a_summary_that_stands_alone_can_be_the_content(name: str, names: list[str]) -> None:
    feed = Feed("", (Item("urn:x:1", "One", summary=Text("<p>The <b>sum</b></p>")),), is_foreign=True)
    assert [loss.name for loss in losses_of(feed, FORMATS[name].losses)] == names
    assert b"The" in render(feed, name)


def names_lost(item: Item, name: str) -> list[str]:
    return [loss.name for loss in losses_of(Feed("", (item,), is_foreign=True), FORMATS[name].losses)]


def test_an_address_that_has_another_place_is_not_lost() -> None:
    mail, site = Person("Ann", email="a@a.example"), Person("Ann", "https://ann.example/")
    assert names_lost(Item("urn:x:1", "One", authors=(mail,)), "json") == []
    assert names_lost(Item("urn:x:1", "One", authors=(mail,)), "csv") == ["author email"]
    assert names_lost(Item("urn:x:1", "One", authors=(Person(email="a@a.example"),)), "csv") == []
    assert names_lost(Item("urn:x:1", "One", authors=(site,)), "csv") == []
    assert names_lost(Item("urn:x:1", "One", authors=(Person(url="https://a.example/ann"),)), "csv") == []
    assert names_lost(Item("urn:x:1", "One", authors=(site, site)), "csv") == ["author url"]


def test_an_image_that_can_be_no_attachment_is_lost() -> None:
    first, typed = Image("https://a.example/1.jpg"), Image("https://a.example/2.jpg")
    untyped = Image("https://a.example/3")
    assert names_lost(Item("urn:x:1", "One", images=(first, typed)), "json") == []
    assert names_lost(Item("urn:x:1", "One", images=(first, untyped)), "json") == ["image after the first"]
    banner = Extension("banner_image", "banner_image", json=f'"{untyped.url}"')
    assert names_lost(Item("urn:x:1", "One", images=(first, untyped), extensions=(banner,)), "json") == []


def test_an_element_of_rss_itself_has_one_name() -> None:
    box = Extension("", "textInput", "", "<textInput><title>T</title></textInput>")
    assert names_lost(Item("urn:x:1", "One", extensions=(box,)), "atom") == ["textInput"]


MRSS = "http://search.yahoo.com/mrss/"
PODCAST = "http://www.itunes.com/dtds/podcast-1.0.dtd"


def media(name: str, attributes: str, text: str = "") -> Extension:
    return Extension("media", name, MRSS, f'<media:{name} xmlns:media="{MRSS}" {attributes}>{text}</media:{name}>')


ARTS = Extension("itunes", "category", PODCAST, f'<itunes:category xmlns:itunes="{PODCAST}" text="Arts &amp; Crafts"/>')
WORDS = Extension(
    "itunes", "keywords", PODCAST, f'<itunes:keywords xmlns:itunes="{PODCAST}">sea, tide</itunes:keywords>'
)
LOGO = Image("https://a.example/l.png", 88, 31)
SAID_VERBATIM = [
    (Feed(categories=(Category("Arts & Crafts"),), extensions=(ARTS,)), []),
    (Feed(categories=(Category("sea"), Category("tide")), extensions=(WORDS,)), []),
    (Feed(categories=(Category("sea"), Category("art")), extensions=(ARTS, WORDS)), ["feed category"]),
    (Feed(categories=(Category("sea", "https://s.example/"),), extensions=(WORDS,)), ["feed category"]),
    (Feed(categories=(Category("sea"),), extensions=(TIDE,)), ["feed category"]),
    (Feed(logo=LOGO, extensions=(media("thumbnail", f'url="{LOGO.url}" width="88" height="31"'),)), []),
    (
        Feed(logo=LOGO, extensions=(media("thumbnail", f'url="{LOGO.url}" width="88"'),)),
        ["feed logo width", "feed logo height"],
    ),
    (
        Feed(
            items=(
                Item(
                    categories=(Category("t", "urn:s", "L"),),
                    extensions=(media("category", 'scheme="urn:s" label="L"', "t"),),
                ),
            )
        ),
        [],
    ),
    (
        Feed(
            items=(Item(categories=(Category("t", "urn:s"),), extensions=(media("category", 'scheme="urn:o"', "t"),)),)
        ),
        ["category scheme"],
    ),
]


@pytest.mark.parametrize(("feed", "names"), SAID_VERBATIM)
def test_what_an_element_says_that_is_kept_is_not_lost(feed: Feed, names: list[str]) -> None:
    assert [loss.name for loss in losses_of(feed, FORMATS["json"].losses)] == names
    lost = {loss.path.removesuffix(".scheme") for loss in losses_of(feed, FORMATS["csv"].losses)}
    assert lost & {"feed.categories", "feed.logo", "item.categories"}  # where elements are lost as well


def test_files_beside_media_rss_are_kept() -> None:
    media = "http://search.yahoo.com/mrss/"
    title = Extension("media", "title", media, f'<media:title xmlns:media="{media}">T</media:title>')
    files = (Enclosure("https://a.example/1.mp3", "audio/mpeg"), Enclosure("https://a.example/2.mp3", "audio/mpeg"))
    feed = Feed("", (Item("urn:x:1", "One", enclosures=files, extensions=(title,)),), is_foreign=True)
    assert b"https://a.example/2.mp3" in render(feed, "rss")


def test_a_duration_keeps_its_fraction_where_podcasts_must_not_have_one() -> None:
    file = Enclosure("https://a.example/1.mp3", "audio/mpeg", 5, 61.5)
    document = render(Feed("", (Item("urn:x:1", "One", enclosures=(file,)),), is_foreign=True), "rss")
    assert b">62</itunes:duration>" in document
    assert b"<media:content" in document
    assert parse(document).feed.items[0].enclosures == (file,)


def test_an_id_that_is_no_uri_is_made_one_in_atom_and_told() -> None:
    item = Item("abc-1", "One", "https://a.example/1")
    assert names_lost(item, "atom") == ["id that is no URI"]
    assert names_lost(item, "rss") == names_lost(item, "json") == []
    feed = Feed("T", (item,), link="https://a.example/", is_foreign=True)
    other = feed._replace(link="https://b.example/")
    ids = [parse(render(each, "atom")).feed.items[0].id for each in (feed, feed, other)]
    assert ids[0].startswith("urn:uuid:")
    assert ids[0] == ids[1] != ids[2]


def test_the_scheme_of_a_category_that_is_no_uri_is_left_out_of_atom_and_told() -> None:
    item = Item("urn:x:1", "One", categories=(Category("a", "Syndic8"), Category("b", "https://s.example/")))
    feed = Feed("T", (item,), categories=(Category("c", "Syndic8"),), is_foreign=True)
    told = ["feed category scheme that is no URI", "category scheme that is no URI"]
    assert [loss.name for loss in losses_of(feed, FORMATS["atom"].losses)] == told
    assert losses_of(feed, FORMATS["rss"].losses) == []
    assert parse(render(feed, "atom")).feed.items[0].categories == (Category("a"), item.categories[1])


@pytest.mark.parametrize(
    ("name", "title"), [("rss", b"<title/>"), ("atom", b'<title type="text"/>'), ("json", b'"title": ""')]
)
def test_a_feed_without_a_title_has_the_part_that_every_format_requires(name: str, title: bytes) -> None:
    assert title in render(Feed("", (Item("urn:x:1", "One"),), is_foreign=True), name)


def test_an_item_without_a_date_of_publication_has_in_rss_that_of_its_change() -> None:
    changed = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
    feed = Feed("T", (Item("urn:x:1", "One", updated=changed),), is_foreign=True)
    assert b"<pubDate>Wed, 01 May 2024 08:30:00 GMT</pubDate>" in render(feed, "rss")
    assert [each.name for each in additions_of(feed, FORMATS["rss"].required)] == ["published"]


def test_a_table_has_no_date_of_change_that_an_item_does_not_have() -> None:
    feed = Feed("T", (Item("urn:x:1", "One", published=DAY),), is_foreign=True)
    assert parse(render(feed, "csv")).feed.items == feed.items


def test_in_rss_the_enclosure_is_the_one_that_players_play() -> None:
    picture = Enclosure("https://a.example/1.png", "image/png", 5)
    audio = Enclosure("https://a.example/1.mp3", "audio/mpeg", 6, 60)
    document = render(Feed("", (Item("urn:x:1", "One", enclosures=(picture, audio)),), is_foreign=True), "rss")
    assert b'<enclosure url="https://a.example/1.mp3" length="6" type="audio/mpeg"/>' in document
    assert b'<media:content url="https://a.example/1.png"' in document
    assert parse(document).feed.items[0].enclosures[0] == audio


def test_the_id_of_a_feed_that_is_no_uri_gives_way_to_its_address_in_atom_and_is_told() -> None:
    feed = Feed("T", (Item("urn:x:1", "One"),), id="/r/all/.rss", url="https://a.example/r/all/.rss", is_foreign=True)
    assert [loss.name for loss in losses_of(feed, FORMATS["atom"].losses)] == ["feed id that is no URI"]
    assert parse(render(feed, "atom")).feed.id == feed.url


def test_an_id_that_is_not_the_link_but_leads_somewhere_is_told() -> None:
    item = Item("https://a.example/guid", "One", "https://a.example/1", is_permalink=True)
    feed = Feed("", (item, item._replace(id="https://a.example/1")), is_foreign=True)
    assert [(loss.name, loss.times) for loss in losses_of(feed, FORMATS["atom"].losses)] == [("permalink", 1)]


def test_an_id_that_is_no_address_is_not_called_one() -> None:
    feed = Feed("T", (Item("lamp-1", "One", "https://a.example/1", is_permalink=True),), link="https://a.example/")
    assert b'<guid isPermaLink="false">lamp-1</guid>' in render(feed, "rss")


def test_parts_of_seconds_are_lost_in_rss_alone() -> None:
    feed = Feed("", (Item("urn:x:1", "One", published=DAY.replace(microsecond=5000)),), is_foreign=True)
    assert [loss.name for loss in losses_of(feed, FORMATS["rss"].losses)] == ["published fraction"]
    assert all(losses_of(feed, FORMATS[name].losses) == [] for name in ("atom", "json", "csv"))


def test_what_this_program_says_of_items_is_no_loss_in_a_table() -> None:
    own = Extension("feeds", "_feeds", json='{"quality": 9}')
    feed = Feed(items=(Item("urn:x:1", "One", extensions=(own,)),), is_foreign=True)
    assert losses_of(feed, FORMATS["csv"].losses) == []
    assert [loss.name for loss in losses_of(feed, FORMATS["rss"].losses)] == ["quality"]


def test_a_feed_without_items_declares_no_namespace_that_lint_would_object_to() -> None:
    feed = Feed("T", (), link="https://a.example/", description="D", updated=DAY)
    document = b"".join(FORMATS["rss"].render(feed))
    assert [each for each in lint("a.rss", document) if each.rule == "unused-namespace"] == []


def test_an_item_of_rss_has_one_author_of_atom_and_keeps_what_is_known_of_the_others() -> None:
    authors = tuple(Person(name, f"https://a.example/{name}") for name in ("Ann", "Bob", "Cy"))
    feed = Feed("F", is_foreign=True, items=(Item("urn:x:1", "A", authors=authors),))
    document = b"".join(FORMATS["rss"].render(feed))
    assert document.count(b"<atom:author>") == 1
    assert parse(document).feed.items[0].authors == authors


@pytest.mark.parametrize(
    ("feed", "is_declared"),
    [
        (Feed("F", (Item("urn:x:1", "A", authors=PEOPLE[:1]),)), False),
        (Feed("F", (Item("urn:x:1", "A", authors=PEOPLE[:1], language="de"),), language="de"), False),
        (Feed("F", (Item("urn:x:1", "A", authors=PEOPLE[:1]),), authors=PEOPLE[:1], is_foreign=True), False),
        (Feed("F", (Item("urn:x:1", "A"),), is_foreign=True), False),
        (Feed("F", (Item("urn:x:1", "A", authors=PEOPLE),)), True),
        (Feed("F", (Item("urn:x:1", "A", authors=PEOPLE[:1], language="fr"),), language="de"), True),
        (Feed("F", (Item("urn:x:1", "A", rights="R"),), is_foreign=True), True),
        (Feed("F", (Item("urn:x:1", "A"),), contributors=(Person("Cy"),), is_foreign=True), True),
        (Feed("F", (Item("urn:x:1", "A"),), authors=(Person("Cy"),), is_foreign=True), True),
    ],
)
def test_rss_declares_dublin_core_where_it_is_used(feed: Feed, *, is_declared: bool) -> None:
    document = b"".join(FORMATS["rss"].render(feed))
    head = document.partition(b">")[2].partition(b"<channel>")[0]
    assert (b"xmlns:dc=" in head, b"<dc:" in document) == (is_declared, is_declared)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (Text("a < b", "text"), "a &lt; b"),
        (Text("One\n \n\nTwo\r\n\r\nThree\n", "text"), "<p>One</p>\n<p>Two</p>\n<p>Three</p>"),
        (Text("One \ntwo", "text"), "<p>One<br>\ntwo</p>"),
        (Text("<p>One</p>\n\nTwo", "html"), "<p>One</p>\n\nTwo"),
        (None, ""),
    ],
)
def test_plain_content_keeps_its_paragraphs_and_lines_in_html(text: Text | None, html: str) -> None:
    assert as_blocks(text) == html


@pytest.mark.parametrize("name", ["rss", "atom", "json"])
def test_lines_of_a_plain_summary_are_the_same_in_each_format(name: str) -> None:
    feed = Feed("T", (Item("urn:x:1", "One", summary=Text("Water\nrises", "text")),), is_foreign=True)
    (item,) = parse(render(feed, name)).feed.items
    assert content_of(item) == content_of(feed.items[0]) == "<p>Water<br>\nrises</p>"


def test_a_feed_without_an_id_has_its_address_in_the_usual_spelling() -> None:
    feed = Feed("T", (Item("urn:x:1", "One"),), link="http://A.example", is_foreign=True)
    assert parse(render(feed, "atom")).feed.id == "http://a.example/"
