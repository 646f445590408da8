"""What each parser makes of documents of its format: the documents and what is expected lie beside each other."""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from parsers.shown import shown

from feeds.model.item import Item, Text
from feeds.model.parts import Person
from feeds.parsers import parse
from feeds.parsers.namespaces import NAMESPACES

DOCUMENTS = Path(__file__).parent / "documents"
PATHS = [path for path in DOCUMENTS.iterdir() if path.suffix != ".expected"]
COLUMNS = {"title": "Headline"}
URL = "https://base.example/feeds/"


def in_two(data: bytes) -> bytes:
    """Return a gzip file of two members, which together are the data."""
    return gzip.compress(data[:50]) + gzip.compress(data[50:])


@pytest.mark.parametrize("path", sorted(PATHS), ids=lambda path: path.name)
def test_a_document_is_read_as_expected(path: Path) -> None:
    parsed = parse(path.read_bytes(), url=URL, columns=COLUMNS if path.name == "other.csv" else None, name=path.name)
    assert shown(parsed) == (DOCUMENTS / f"{path.name}.expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, brotli.compress, in_two])
def test_a_compressed_document_is_opened(pack: object) -> None:
    document = (DOCUMENTS / "rss-2.0.xml").read_bytes()
    assert callable(pack)
    assert parse(pack(document)) == parse(document)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, brotli.compress])
def test_what_unpacks_to_more_than_the_bound_is_refused(pack: object) -> None:
    assert callable(pack)
    parsed = parse(pack(b"<rss>" + b" " * 3_000_000), limit=1_000_000)
    assert [(p.rule, p.severity) for p in parsed.problems] == [("feed-too-large", "error")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize(
    "document",
    [
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "Ebb – flow", "title": "Ebb – flow"}]}',
        "title\tlink\r\nEbb – flow\thttps://example.org/\r\n",
    ],
)
def test_what_is_no_xml_may_have_wide_characters(document: str, encoding: str) -> None:
    assert [item.title for item in parse(document.encode(encoding)).feed.items] == ["Ebb – flow"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_document_in_unicode_is_read_in_any_of_its_encodings(encoding: str) -> None:
    document = "<rss><channel><title>Grüße – 水</title></channel></rss>"
    parsed = parse(document.encode(encoding))
    assert (parsed.feed.title, parsed.problems) == ("Grüße – 水", ())


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("cp1252", "Grüße"),
        ("cp1252", "“Café” – it’s open"),
        ("cp1252", "O não à intenção de voto; três índices"),
        ("cp1252", "El año que viene habrá más educación"),
        ("cp1252", "Rødgrød på Østlandet"),
        ("cp1250", "Lidé si stěžují že řešení přišlo pozdě"),
        ("cp1250", "Prezydent podpisał ustawę o ochronie środowiska"),
        ("iso8859-2", "Prezydent podpisał ustawę o ochronie środowiska"),
        ("cp1254", "Gelecek yıl için bütçe görüşmeleri başlıyor"),
        ("cp1251", "Президент подписал указ о новых мерах поддержки"),
        ("koi8-r", "Президент подписал указ о новых мерах поддержки"),
        ("gb18030", "政府宣布了新的经济措施，以支持明年的公共教育"),
        ("shift_jis", "政府は来年の公教育とインフラを支援するため"),
    ],
)
def test_an_encoding_that_is_not_declared_is_guessed_and_noted(encoding: str, title: str) -> None:
    table = parse(f"title,link\r\n{title},https://a.example/\r\n".encode(encoding))
    feed = parse(f"<rss><channel><title>{title}</title></channel></rss>".encode(encoding))
    json = parse(f'{{"title": "{title}", "items": []}}'.encode(encoding))
    assert [feed.feed.title, json.feed.title, table.feed.items[0].title] == [title, title, title]
    assert all([p.rule for p in each.problems] == ["bad-encoding"] for each in (table, feed, json))


@pytest.mark.parametrize(
    ("name", "codec", "title"),
    [
        ("windows-31J", "cp932", "日本①"),
        ("x-sjis", "cp932", "日本①"),
        ("ISO-8859-8-I", "iso8859-8", "חדשות"),
        ("ks_c_5601-1989", "cp949", "똠방각하"),
        ("euc-kr", "cp949", "똠방각하"),
        ("gb_2312-80", "gb18030", "新闻镕"),
        ("Big5", "cp950", "裏面"),
        ("csMacintosh", "mac-roman", "Ångström – neu"),
        ("iso-8859-9", "cp1254", "“İstanbul”"),
        ("tis-620", "cp874", "ข่าว…"),
    ],
)
def test_an_encoding_may_have_a_name_of_the_web(name: str, codec: str, title: str) -> None:
    document = f'<?xml version="1.0" encoding="{name}"?><rss><channel><title>{title}</title></channel></rss>'
    parsed = parse(document.encode(codec))
    assert (parsed.feed.title, parsed.problems) == (title, ())


@pytest.mark.parametrize("image", ["https://a.example/1.jpg", "<url>https://a.example/1.jpg</url><title>T</title>"])
def test_an_image_of_an_item_is_read_if_there_is_no_other(image: str) -> None:
    other = '<media:content url="https://a.example/2.jpg" xmlns:media="http://search.yahoo.com/mrss/"/>'
    items = f"<item><image>{image}</image></item><item><image>{image}</image>{other}</item>"
    read = parse(f"<rss><channel>{items}</channel></rss>".encode()).feed.items
    assert [[each.url for each in item.images] for item in read] == [
        ["https://a.example/1.jpg"],
        ["https://a.example/2.jpg"],
    ]
    assert all("<image>" in item.extensions[0].xml for item in read)


def test_a_less_than_sign_that_begins_no_tag_is_kept_and_noted() -> None:
    title = "5 < 6, I <3 you <= <![CDATA[a < b]]><!-- < -->"
    parsed = parse(f"<rss><channel>\n<title>{title}</title></channel></rss>".encode())
    assert parsed.feed.title == "5 < 6, I <3 you <= a < b"
    assert {(problem.rule, problem.span.line) for problem in parsed.problems} == {("not-well-formed", 2)}


def test_a_page_with_entries_says_which_package_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mf2py", None)
    (problem,) = parse((DOCUMENTS / "hfeed.html").read_bytes()).problems
    assert problem.rule == "not-a-feed"
    assert "pip install" in problem.remedy
    assert "[hfeed]" in problem.remedy


def test_a_page_that_is_nested_deep_or_large_is_a_problem() -> None:
    start = b'<!doctype html><html><body><div class="h-entry">'
    assert parse(start + b"<div>" * 50_000).format in {"", "hfeed"}
    assert {problem.rule for problem in parse(start + b" " * 9_000_000).problems} == {"feed-too-large"}


def test_a_key_of_json_with_characters_that_are_left_out_does_not_stand_for_another_one() -> None:
    parsed = parse(b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [], "title\\u0000": "U"}')
    assert (parsed.feed.title, parsed.feed.extensions) == ("T", ())
    assert [problem.rule for problem in parsed.problems] == ["not-kept"]


def test_a_key_of_json_that_is_given_twice_is_told_where_it_is_first_unless_both_say_the_same() -> None:
    head = b'{"items": [{"id": "1", "id": "1", "tags": ["a"],\n "tags": ["b"], "_x": {"y": 1, "y": 2}},\n'
    parsed = parse(head + b'{"id": "2", "tags": [], "tags": ["a"]}],\n "title": "A", "title": "B", "items": []}')
    assert [(each.span.line, each.span.column, each.message) for each in parsed.problems] == [
        (1, 35, "there are several 'tags' in one object; the last is read"),
        (2, 24, "there are several 'y' in one object; the last is read"),
        (4, 2, "there are several 'title' in one object; the last is read"),
    ]
    assert {problem.rule for problem in parsed.problems} == {"not-kept"}


@pytest.mark.parametrize(("cell", "value"), [("7", "7"), ("²", '"²"'), ("9" * 5000, f'"{"9" * 5000}"')])
def test_a_number_in_a_table_is_one_that_python_reads(cell: str, value: str) -> None:
    (extension,) = parse(f"title,link,quality\nA,https://a.example/,{cell}\n".encode()).feed.items[0].extensions
    assert extension.json == f'{{"quality": {value}}}'


DC = "http://purl.org/dc/elements/1.1/"


def test_what_is_said_twice_with_other_words_is_kept() -> None:
    dates = "<pubDate>Wed, 01 May 2024 08:00:00 GMT</pubDate><dc:date>2024-04-30T00:00:00Z</dc:date>"
    head = "<copyright>A</copyright><dc:rights>B</dc:rights>"
    document = f"<rss version='2.0' xmlns:dc='{DC}'><channel>{head}<item><title>T</title>{dates}</item></channel></rss>"
    feed = parse(document.encode()).feed
    assert [each.name for each in (*feed.extensions, *feed.items[0].extensions)] == ["rights", "date"]
    assert feed.items[0].published == datetime(2024, 5, 1, 8, tzinfo=UTC)


def test_a_date_that_is_said_twice_in_the_format_itself_is_told() -> None:
    dates = "<pubDate>Wed, 01 May 2024 08:00:00 GMT</pubDate><pubDate>Wed, 01 May 2024 09:00:00 GMT</pubDate>"
    document = f"<rss version='2.0'><channel><item><title>T</title>{dates}</item></channel></rss>"
    assert [problem.message for problem in parse(document.encode()).problems] == [
        "pubDate is not kept, as there is another date of its kind"
    ]


def item_of(*parts: str, root: str = "<rss>") -> Item:
    return parse(f"{root}<channel><item>{''.join(parts)}</item></channel></rss>".encode()).feed.items[0]


def test_markup_in_the_name_of_an_author_is_left_out_and_noted() -> None:
    name = '&lt;a href="https://a.example/"&gt;Ann&lt;/a&gt; (Port), Bob &amp;amp; Co'
    document = f'<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><item><dc:creator>{name}</dc:creator></item></rss>'
    parsed = parse(document.encode())
    assert [each.name for each in parsed.feed.items[0].authors] == ["Ann (Port), Bob & Co"]
    assert [problem.message for problem in parsed.problems] == ["the markup of <dc:creator> is not kept"]


def test_a_body_of_xhtml_that_is_escaped_is_html() -> None:
    content = item_of('<body xmlns="http://www.w3.org/1999/xhtml"><![CDATA[<p>Hello</p>]]></body>').content
    assert content == Text("<p>Hello</p>", "html")


def test_dublin_core_is_kept_only_if_it_says_something_else() -> None:
    root = '<rss xmlns:dc="http://purl.org/dc/elements/1.1/">'
    same = item_of("<dc:title>One</dc:title><title>One</title><dc:description>Text</dc:description>", root=root)
    assert (same.title, same.summary, same.extensions) == ("One", Text("Text"), ())
    other = item_of("<dc:title>One</dc:title><title>Two</title>", root=root)
    assert [each.xml for each in other.extensions] == [
        '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">One</dc:title>'
    ]


@pytest.mark.parametrize(
    ("declared", "element", "kept"),
    [
        ('xmlns:m="http://search.yahoo.com/mrss"', "<m:credit a='1'>A</m:credit>", "media:credit"),
        ('xmlns:i="https://www.itunes.com/DTDs/Podcast-1.0.dtd"', "<i:x><i:y i:z=''/></i:x>", "itunes:x"),
        ('xmlns:r="http://backend.userland.com/rss2"', "<r:ttl>60</r:ttl>", "ttl"),
    ],
)
def test_an_element_of_a_known_vocabulary_is_kept_as_that_spells_it(declared: str, element: str, kept: str) -> None:
    (extension,) = item_of(element, root=f"<rss {declared}>").extensions
    assert extension.namespace == NAMESPACES.get(kept.partition(":")[0], "")
    assert extension.xml.startswith(f"<{kept}")


@pytest.mark.parametrize("name", ["textinput", "textInput"])
def test_a_text_input_is_that_of_rss_2(name: str) -> None:
    rdf, rss = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://purl.org/rss/1.0/"
    named, own = f'<{name} rdf:resource="urn:s"/>', f'<{name} rdf:about="urn:s"><name>q</name></{name}>'
    document = f'<r:RDF xmlns:r="{rdf}" xmlns:rdf="{rdf}" xmlns="{rss}"><channel>{named}</channel>{own}</r:RDF>'
    assert [each.xml for each in parse(document.encode()).feed.extensions] == ["<textInput><name>q</name></textInput>"]


def test_blanks_in_a_web_address_are_encoded_as_browsers_do() -> None:
    link = "<link>https://a.example/a b\n.html</link>"
    assert item_of(link, "<guid>https://a.example/c d</guid>").link == "https://a.example/a%20b.html"
    assert item_of("<guid>https://a.example/c d</guid>").link == "https://a.example/c%20d"
    (item,) = parse(b'{"items": [{"id": "1", "url": "https://a.example/a b"}]}').feed.items
    assert item.link == "https://a.example/a%20b"


def test_an_address_and_a_name_are_of_one_author() -> None:
    creator = '<creator xmlns="http://purl.org/dc/elements/1.1/">Ann</creator>'
    assert item_of("<author>ann@a.example</author>", creator).authors == (Person("Ann", email="ann@a.example"),)
    assert len(item_of("<author>ann@a.example</author><author>bob@a.example</author>", creator).authors) == 3


def test_all_addresses_in_xhtml_are_resolved_against_the_base_of_the_text() -> None:
    image = '<img xmlns="http://www.w3.org/1999/xhtml" src="p.png" srcset="q.png 2x"/>'
    content = f'<content type="xhtml" xml:base="https://a.example/b/">{image}</content>'
    document = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{content}</entry></feed>'
    (item,) = parse(document.encode()).feed.items
    assert item.content == Text('<img src="https://a.example/b/p.png" srcset="https://a.example/b/q.png 2x"/>', "xhtml")


def test_each_address_in_xhtml_is_resolved_against_the_base_of_its_own_element() -> None:
    link = 'xmlns:x="http://www.w3.org/1999/xlink" x:href'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><use {link}="#i"/><image {link}="i.png"/></svg>'
    part = f'<p xml:base="c/"><img srcset="q.png, r.png 2x" src="p.png"/>{drawing}</p>'
    content = f'<content type="xhtml" xml:base="https://a.example/b/"><div>{part}</div></content>'
    (item,) = parse(f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{content}</entry></feed>'.encode()).feed.items
    assert item.content
    addresses = ["https://a.example/b/c/q.png, https://a.example/b/c/r.png 2x", "https://a.example/b/c/p.png"]
    assert re.findall(r'(?:href|src|srcset)="([^"]*)', item.content.value) == [
        *addresses,
        "#i",
        "https://a.example/b/c/i.png",
    ]


def test_an_address_in_a_drawing_is_resolved_but_for_one_of_its_own_parts() -> None:
    drawing = '<svg><use xlink:href="#i"/><image xlink:href="i.png"/></svg>'
    (item,) = parse(json.dumps({"items": [{"content_html": drawing}]}).encode(), url="https://a.example/b").feed.items
    assert item.content == Text(drawing.replace("i.png", "https://a.example/i.png"), "html")


def test_the_web_master_of_a_channel_is_no_author() -> None:
    feed = parse(b"<rss><channel><webMaster>web@a.example</webMaster></channel></rss>").feed
    assert (feed.authors, [each.name for each in feed.extensions]) == ((), ["webMaster"])


def test_a_part_of_a_page_with_an_entry_is_read_as_a_page_is() -> None:
    parsed = parse(b'\n<article class="h-entry"><h1 class="p-name">One</h1></article>')
    assert (parsed.format, [item.title for item in parsed.feed.items]) == ("hfeed", ["One"])


def test_a_second_content_and_a_comment_that_is_no_address_are_told_and_left_out() -> None:
    entry = '<entry><content type="html">one</content><content type="html">two</content></entry>'
    parsed = parse(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode())
    assert parsed.feed.items[0].content == Text("one", "html")
    assert (parsed.feed.items[0].extensions, [p.message for p in parsed.problems]) == (
        (),
        ["another <content> is not kept"],
    )
    parsed = parse(b'<rss version="2.0"><channel><item><comments>Well said</comments></item></channel></rss>')
    assert parsed.feed.items[0].comments == ""
    assert [p.message for p in parsed.problems] == ["the text of <comments> is not kept"]


def test_microformats_in_json_are_no_json_feed() -> None:
    parsed = parse(b'{"items": [{"type": ["h-entry"], "properties": {"name": ["A"]}}], "rels": {}}')
    assert (parsed.format, [p.rule for p in parsed.problems]) == ("", ["not-a-feed"])


def test_characters_that_no_feed_can_have_are_left_out_of_json_and_tables_and_noted() -> None:
    item = {"id": "a\0b", "title": "x\ud800y", "content_text": "p", "tags": ["t\x07"]}
    parsed = parse(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}).encode())
    assert (parsed.feed.items[0].id, parsed.feed.items[0].title) == ("ab", "xy")
    assert [problem.rule for problem in parsed.problems] == ["left-out"] * 3
    (problem,) = parse(b"title,link\nOne,https://a.example/1\nT\0wo,https://a.example/2\n").problems
    assert (problem.rule, problem.span.line) == ("left-out", 3)


def test_a_content_of_rss_is_that_of_an_entry_which_has_no_other() -> None:
    encoded = '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;A&lt;/p&gt;</content:encoded>'
    own = '<content type="html">B</content>'
    entries = f"<entry><summary>S</summary>{encoded}</entry><entry>{own}{encoded}</entry>"
    read = parse(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()).feed.items
    assert [item.content and item.content.value for item in read] == ["<p>A</p>", "B"]
    assert [len(item.extensions) for item in read] == [0, 1]


@pytest.mark.parametrize("version", ["http://purl.org/atom/ns#", "http://www.w3.org/2005/Atom"])
def test_elements_of_atom_in_rss_may_be_those_of_version_0_3(version: str) -> None:
    parts = "<a:issued>2026-02-03T09:00:00Z</a:issued><a:modified>2026-02-04T09:00:00Z</a:modified>"
    head = "<a:tagline>Of ships</a:tagline><a:copyright>Ann</a:copyright>"
    document = f'<rss xmlns:a="{version}"><channel>{head}<item><title>One</title>{parts}</item></channel></rss>'
    feed = parse(document.encode()).feed
    dates = [date and date.day for date in (feed.items[0].published, feed.items[0].updated)]
    assert (feed.description, feed.rights, dates) == ("Of ships", "Ann", [3, 4])
