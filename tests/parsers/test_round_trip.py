"""Whatever a feed says comes back from each format that can hold it, and from one format to another and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.formats import FORMATS, render
from feeds.formats.loss import losses_of
from feeds.lint import lint
from feeds.model.feed import Feed
from feeds.model.item import Category, Extension, Item, Source, Text
from feeds.model.parts import Enclosure, Image, Person, Related
from feeds.parsers import parse

DOCUMENTS = Path(__file__).parent / "documents"
SOURCES = ["rss-2.0.xml", "rss-persons.xml", "rss-variants.xml", "atom-1.0.xml", "atom-xhtml.xml", "json-1.1.json"]


def made(kind: Any, *values: Any) -> Any:
    """Return values of a type, its first fields being drawn; its others are as they are by themselves."""
    return st.tuples(*values).map(lambda drawn: kind(*drawn))


def made_of(kind: Any, **values: Any) -> Any:
    """Return values of a type of which some fields are drawn."""
    return st.fixed_dictionaries(values).map(lambda drawn: kind(**drawn))


WORDS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=12).filter(
    lambda text: not set("<>&@();|'") & set(text)
)
LINES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
TITLES = st.one_of(LINES, st.sampled_from(["Why <b> is fine", "Write <i>so</i>", "Write &amp; for &"]))
URLS = st.integers(0, 10**6).map(lambda number: f"https://site.example/{number}?a=1&b=2")
ZONES = [UTC, timezone(timedelta(hours=-5, minutes=-30))]
INSTANTS = st.builds(datetime.fromtimestamp, st.integers(10**7, 4 * 10**9), st.sampled_from(ZONES))
HTML = LINES.map(lambda words: f'<p>{words} &amp; <a href="https://a.example/?x=1&amp;y=2">more</a><br/></p>')
CATEGORIES = st.lists(made(Category, LINES), max_size=3, unique=True).map(tuple)
MP3 = st.just("audio/mpeg")
LOW = '<tide:low xmlns:tide="https://tides.example/ns" at="3">x</tide:low>'
TIDE = Extension("tide", "low", "https://tides.example/ns", LOW)
STATION = Extension("tides", "_tides", json='{"station": "H7"}')


def tuples(values: Any, most: int = 2, least: int = 0) -> Any:
    """Return values of which no two have the same address or name, as one file is said of once."""
    return st.lists(values, min_size=least, max_size=most, unique_by=_first).map(tuple)


def _first(value: Any) -> Any:
    return value if isinstance(value, str) else value[0]


def items(**fields: Any) -> Any:
    shared = {
        "id": st.uuids().map(lambda identity: identity.urn),
        "title": TITLES,
        "link": URLS,
        "published": INSTANTS,
        "content": HTML.map(Text),
        "authors": tuples(made(Person, LINES)),
        "categories": CATEGORIES,
        "language": st.sampled_from(["", "de", "pt-BR"]),
    }
    return made_of(Item, **(shared | fields))


def feeds_of(item: Any, **fields: Any) -> Any:
    shared = {
        "title": TITLES,
        "link": URLS,
        "url": URLS,
        "description": LINES,
        "language": st.sampled_from(["", "en"]),
        "authors": tuples(made(Person, LINES)),
        "hubs": tuples(URLS),
        "next_url": st.just("https://site.example/page/2"),
        "is_foreign": st.just(value=True),
        "items": st.lists(item, max_size=3).map(tuple),
    }
    return made_of(Feed, **(shared | fields))


ATOM_ITEMS = items(
    updated=INSTANTS,
    summary=st.one_of(st.none(), LINES.map(lambda text: Text(text, "text")), HTML.map(Text)),
    content=st.one_of(HTML.map(lambda html: Text(html, "xhtml")), LINES.map(lambda text: Text(text, "text"))),
    authors=tuples(made(Person, LINES, URLS, st.just("a@b.example"), URLS)),
    contributors=tuples(made(Person, LINES, URLS, st.just(""), URLS)),
    categories=tuples(made(Category, LINES, URLS, LINES)),
    enclosures=tuples(made(Enclosure, URLS, MP3, st.integers(1, 10**9), st.none(), LINES)),
    related=tuples(made(Related, URLS, LINES)),
    via=st.just("https://via.example/"),
    source=made(Source, LINES, URLS, URLS, st.just("tag:s,1:1"), INSTANTS),
    rights=LINES,
    extensions=st.just((TIDE,)),
)
RSS_ITEMS = items(
    updated=st.none(),
    summary=st.one_of(st.none(), made(Text, HTML, st.just("html"), st.sampled_from(["", "fr"]))),
    content=made(Text, HTML, st.just("html"), st.sampled_from(["", "fr"])),
    authors=tuples(made(Person, LINES, URLS, st.sampled_from(["", "a@b.example"]), URLS)),
    categories=tuples(made(Category, LINES, URLS)),
    enclosures=tuples(made(Enclosure, URLS, MP3, st.integers(1, 10**9)), 1),
    contributors=tuples(made(Person, LINES, URLS)),
    source=made(Source, LINES, URLS, URLS, st.just("tag:s,1:1"), INSTANTS),
    comments=URLS,
    rights=LINES,
    extensions=st.just((TIDE,)),
)
JSON_ITEMS = items(
    updated=INSTANTS,
    summary=LINES.map(lambda text: Text(text, "text")),
    authors=tuples(made(Person, LINES, URLS, st.just(""), URLS)),
    enclosures=tuples(made(Enclosure, URLS, MP3, st.integers(1, 10**9), st.integers(1, 9999), LINES)),
    images=st.lists(made(Image, URLS), max_size=1).map(tuple),
    via=st.just("https://via.example/"),
    plain_content=LINES,
    extensions=st.just((TIDE, STATION)),
)
EACH = {
    "atom": feeds_of(
        ATOM_ITEMS,
        id=st.just("tag:site.example,2026:feed"),
        authors=tuples(made(Person, LINES), least=1),  # else the title is one
        updated=INSTANTS,
        rights=LINES,
        icon=URLS,
        logo=URLS.map(Image),
        contributors=tuples(made(Person, LINES)),
        previous_url=URLS,
    ),
    "rss": feeds_of(RSS_ITEMS, updated=INSTANTS, rights=LINES, categories=CATEGORIES, previous_url=URLS, icon=URLS),
    "json": feeds_of(JSON_ITEMS, icon=URLS, logo=st.just(Image("https://site.example/512.png"))),
}


@pytest.mark.parametrize("name", EACH)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_feed_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    feed = data.draw(EACH[name])
    parsed = parse(render(feed, name))
    assert (parsed.feed, parsed.problems) == (feed, ())


@given(st.lists(st.text("ab;|\"', ").map(str.strip).filter(bool), unique=True))
def test_names_come_back_from_a_table_whatever_signs_they_have(names: list[str]) -> None:
    item = Item("urn:x:1", "One", authors=tuple(map(Person, names)), categories=tuple(map(Category, names)))
    (back,) = parse(render(Feed("Tides", items=(item,), is_foreign=True), "csv")).feed.items
    assert (back.authors, back.categories) == (item.authors, item.categories)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ('"Best" of;Sea', ['"Best" of', "Sea"]),
        ('"Best of;Sea', ['"Best of', "Sea"]),
        ('"tea; coffee" ; a|b', ["tea; coffee", "a|b"]),
        ("B" * 140_000, ["B" * 140_000]),
    ],
)
def test_only_marks_around_a_whole_name_of_a_table_are_quotation_marks(cell: str, names: list[str]) -> None:
    quoted = cell.replace('"', '""')
    (item,) = parse(f'title,webUrl,topics,relatedUrls\nOne,https://a.example/1,"{quoted}",'.encode()).feed.items
    assert [category.name for category in item.categories] == names


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("target", ["rss", "atom", "json"])
def test_a_second_conversion_changes_nothing(name: str, target: str) -> None:
    document = (DOCUMENTS / name).read_bytes()
    once = parse(render(parse(document, url="https://base.example/").feed, target)).feed
    assert parse(render(once, target)).feed == once


@pytest.mark.parametrize("way", ["rss atom rss", "rss json rss", "atom rss atom", "atom json atom", "json atom json"])
def test_unknown_elements_come_back_from_another_format(way: str) -> None:
    first, second, last = way.split()
    name = {"rss": "rss-2.0.xml", "atom": "atom-1.0.xml", "json": "json-1.1.json"}[first]
    feed = parse((DOCUMENTS / name).read_bytes()).feed
    there = parse(render(feed, second)).feed
    back = parse(render(there, last)).feed
    kept = {extension for extension in feed.items[0].extensions if extension.xml}
    assert kept <= set(back.items[0].extensions)


@pytest.mark.parametrize("name", ["rss", "atom", "json"])
def test_a_date_keeps_its_own_offset(name: str) -> None:
    written = {"rss": b"+0530", "atom": b"+05:30", "json": b"+05:30"}
    instant = datetime(2026, 2, 3, 9, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    feed = Feed("T", (Item("urn:x:1", "One", "https://a.example/", instant),), is_foreign=True)
    assert b"09:00:00" in (document := render(feed, name))
    assert written[name] in document.replace(b"09:00:00 ", b"09:00:00")


def test_elements_whose_names_json_needs_itself_come_back_too() -> None:
    namespace = "https://tides.example/ns"
    elements = [f'<tide:{name} xmlns:tide="{namespace}">x</tide:{name}>' for name in ("xml", "about", "low", "low")]
    kept = [Extension("tide", element[6 : element.index(" ")], namespace, element) for element in elements]
    said = Extension("tide", "_tide", json='"a text"')
    feed = Feed("T", (Item("urn:x:1", "One", extensions=(said, *kept)),), is_foreign=True)
    assert parse(render(feed, "json")).feed.items[0].extensions == (said, *kept)


def test_the_content_of_an_item_without_a_title_is_its_description_in_rss() -> None:
    content = Text("<p>Ebb at six.</p>", "html", "en")
    (item,) = parse(render(Feed("Tides", items=(Item("1", content=content),), is_foreign=True), "rss")).feed.items
    assert (item.summary, item.content) == (content, None)


@pytest.mark.parametrize("name", ["rss-modules.xml", "rss-persons.xml", "atom-1.0.xml", "json-1.1.json"])
def test_a_document_comes_back_in_its_own_format(name: str) -> None:
    feed = parse((DOCUMENTS / name).read_bytes()).feed
    assert parse(render(feed, name.partition("-")[0])).feed == feed


def test_a_file_that_is_the_image_too_is_an_attachment_where_it_was_one() -> None:
    image, bare = Image("https://a.example/1.jpg"), Enclosure("https://a.example/1.jpg", "image/jpeg")
    for is_foreign, file in ((True, bare), (False, bare), (False, bare._replace(title="Map"))):
        feed = Feed("T", (Item("urn:x:1", "One", enclosures=(file,), images=(image,)),), is_foreign=is_foreign)
        read = parse(render(feed, "json")).feed.items[0].enclosures
        assert read == (() if not is_foreign and file is bare else (file,))


def test_files_that_share_an_address_are_all_kept() -> None:
    files = Enclosure("https://a.example/1.mp3", "audio/mpeg"), Enclosure("https://a.example/1.mp3", "audio/ogg")
    feed = Feed("T", (Item("urn:x:1", "One", enclosures=files),), is_foreign=True)
    assert parse(render(feed, "json")).feed.items[0].enclosures == files
    assert all(render(feed, name).count(b"1.mp3") == len(files) for name in ("rss", "atom"))


def test_nothing_is_said_of_the_images_of_others_that_they_do_not_say() -> None:
    image = Image("https://a.example/1.jpg", 640, 480)
    feed = Feed("T", (Item("urn:x:1", "One", images=(image,)),), authors=(Person("Ann"),), is_foreign=True)
    for name in ("rss", "atom"):
        assert parse(render(feed, name)).feed.items[0].images == (image,)


def test_names_without_a_prefix_stay_in_no_namespace_in_atom() -> None:
    item = '<item><title>A</title><g:Point xmlns:g="https://g.example/"><x/></g:Point></item>'
    feed = parse(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode()).feed
    point = etree.fromstring(render(feed, "atom")).find(".//{https://g.example/}Point")
    assert [child.tag for child in point] == ["x"]


def test_a_content_that_is_kept_as_it_is_written_is_the_only_one() -> None:
    entry = '<entry><id>urn:e</id><title>A</title><content type="image/png">iVBORw0KGgo=</content></entry>'
    document = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>{entry}</feed>'.encode()
    assert render(parse(document).feed, "atom").count(b"<content") == 1


def test_links_of_a_head_that_say_more_are_no_more_with_each_conversion() -> None:
    links = [
        f'<link rel="{rel}" title="T" href="https://a.example/{rel}"/>'
        for rel in ("hub", "next", "prev-archive", "current")
    ]
    document = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>{"".join(links)}</feed>'.encode()
    for name in ("atom", "rss", "atom"):
        document = render(parse(document).feed, name)
        assert document.count(b' rel="') == document.count(b' title="T"') == len(links)


def test_the_own_date_of_an_entry_is_not_that_of_a_module() -> None:
    dates = "<updated>2024-05-01T00:00:00Z</updated><t:modified>2020-01-01T00:00:00Z</t:modified>"
    names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/dc/terms/"'
    parsed = parse(f"<feed {names}><title>A</title>{dates}<entry><id>urn:a</id>{dates}</entry></feed>".encode())
    (item,) = parsed.feed.items
    assert (parsed.feed.updated, item.updated, parsed.problems) == (day := datetime(2024, 5, 1, tzinfo=UTC), day, ())
    assert [each.name for each in (*parsed.feed.extensions, *item.extensions)] == ["modified", "modified"]


OF_ATOM = (
    "<a:title>Another</a:title><a:logo>https://a.example/logo.png</a:logo>"
    "<a:generator>Gen</a:generator><a:published>2024-01-01T00:00:00Z</a:published>"
)


def test_elements_of_atom_in_rss_are_fields_in_atom_or_lost() -> None:
    date = "<pubDate>Sat, 28 Sep 2024 21:00:02 GMT</pubDate>"
    item = f"<item><title>A</title><guid>urn:i</guid>{date}<a:title>B</a:title></item>"
    channel = f"<title>T</title><link>https://a.example/</link><description>D</description>{OF_ATOM}{item}"
    feed = parse(f'<rss xmlns:a="http://www.w3.org/2005/Atom"><channel>{channel}</channel></rss>'.encode()).feed
    atom = render(feed, "atom")
    assert not [problem for problem in lint("a.atom", atom) if problem.is_error]
    assert [loss.name for loss in losses_of(feed, FORMATS["atom"].losses)] == ["feed published", "a:title", "a:title"]
    assert (feed.title, feed.generator.name, feed.logo.url) == ("T", "Gen", "https://a.example/logo.png")
    assert parse(render(feed, "rss")).feed == feed


def test_a_link_that_counts_replies_is_the_page_of_comments_in_rss_and_one_link_in_atom() -> None:
    link = '<link rel="replies" xmlns:thr="http://purl.org/syndication/thread/1.0" thr:count="3" href="https://a.example/#c"/>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>{link}</entry></feed>'
    rss = render(parse(atom.encode()).feed, "rss")
    assert b"<comments>https://a.example/#c</comments>" in rss
    assert render(parse(rss).feed, "atom").count(b'rel="replies"') == 1
