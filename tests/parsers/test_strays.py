"""Whatever is in a document besides what its format knows is in the feed, or is told."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from feeds.formats import FORMATS, render
from feeds.formats.loss import losses_of
from feeds.parsers import parse

DOCUMENTS = Path(__file__).parent / "documents"
UNREAD = {"items", "Seq", "li"}  # the order of RSS 1.0, which is that of the items
FOREIGN = "{urn:other}"
WORD = "stray-4711"


def _add_child(element: Any) -> None:
    etree.SubElement(element, f"{FOREIGN}part").text = WORD


def _add_own_child(element: Any) -> None:
    etree.SubElement(element, f"{{{etree.QName(element).namespace or ''}}}part".removeprefix("{}")).text = WORD


def _add_attribute(element: Any) -> None:
    element.set("part", WORD)


def _add_foreign_attribute(element: Any) -> None:
    element.set(f"{FOREIGN}part", WORD)


def _add_text(element: Any) -> None:
    if not (element.text or "").strip():
        element.text = WORD


def _add_tail(element: Any) -> None:
    if element.getparent() is not None:
        element.tail = WORD


CHANGES = (_add_child, _add_own_child, _add_attribute, _add_foreign_attribute, _add_text, _add_tail)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", ["rss-modules.xml", "rss-persons.xml", "rdf-1.0.xml", "atom-1.0.xml"])
def test_what_is_added_to_any_element_is_kept_or_told(name: str, change: Callable[[Any], None]) -> None:
    document = etree.fromstring((DOCUMENTS / name).read_bytes())
    before = len(parse(etree.tostring(document)).problems)
    for number, element in enumerate(document.iter("*")):
        changed = deepcopy(document)
        change([*changed.iter("*")][number])
        written = etree.tostring(changed)
        parsed = parse(written)
        is_read = WORD.encode() not in written or etree.QName(element).localname in UNREAD
        assert is_read or WORD in repr(parsed.feed) or len(parsed.problems) > before, element.tag


REPEATED = {
    "title": "<title>One</title><title>Two</title>",
    "description": "<description>One</description><description>Two</description>",
    "copyright": "<copyright>One</copyright><copyright>Two</copyright>",
    "language": "<language>en</language><language>de</language>",
    "enclosure": '<item><enclosure url="https://a.example/1"/><enclosure url="https://a.example/1" type="a/b"/>'
    '<enclosure url="https://a.example/1" type="a/c"/></item>',
    "url": "<image><url>https://a.example/1</url><url>https://a.example/2</url></image>",
    "a:icon": "<a:icon>https://a.example/1</a:icon><a:icon>https://a.example/2</a:icon>",
    "a:generator": "<generator>One</generator><a:generator>Two</a:generator>",
    "description ": f"<item>{'<description>{}</description>' * 3}</item>".format(1, 2, 3),
}


@pytest.mark.parametrize("name", REPEATED)
def test_an_element_that_is_given_twice_with_two_values_is_told(name: str) -> None:
    channel = f"<channel>\n{REPEATED[name]}<link>https://a.example/</link></channel>"
    parsed = parse(f'<rss xmlns:a="http://www.w3.org/2005/Atom">{channel}</rss>'.encode())
    (problem,) = parsed.problems
    assert (problem.rule, problem.span.line) == ("not-kept", 2)
    assert f"another <{name.strip()}>" in problem.message


def test_what_is_told_names_the_part_and_where_it_is_first() -> None:
    items = '<item><title>T</title>\n<enclosure url="https://a.example/1" fit="x"><part/></enclosure></item>' * 2
    problems = parse(f"<rss><channel>{items}</channel></rss>".encode()).problems
    assert [(problem.span.line, problem.message) for problem in problems] == [
        (2, "<part> of <enclosure> is not kept"),
        (2, "the attribute fit of <enclosure> is not kept"),
    ]


NOT_READ = {
    "<image><title>T</title></image>": "a <image> without a url is not kept",
    '<item><title>T</title><category domain="urn:d"/></item>': "a <category> without a name is not kept",
    '<item><title>T</title><enclosure length="5"/></item>': "a <enclosure> without a url is not kept",
    "<title>A &lt;b&gt;T&lt;/b&gt;</title>": "the markup of <title> is not kept",
    '<image width="5"><url>https://a.example/</url></image>': "the attribute width of <image> is not kept",
    '<link rel="start">https://a.example/</link>': "the attribute rel of <link> is not kept",
    '<item><title>T</title><category label="L">C</category></item>': "the attribute label of <category> is not kept",
    "<link>https://a.example/</link><x/></channel><y/><channel>": "<y> of <rss> is not kept",
}


@pytest.mark.parametrize("written", NOT_READ)
def test_what_is_left_out_as_it_lacks_the_main_thing_is_told(written: str) -> None:
    messages = [problem.message for problem in parse(f"<rss><channel>{written}</channel></rss>".encode()).problems]
    assert NOT_READ[written] in messages


@pytest.mark.parametrize("attributes", ['src="https://a.example/1" type="a/b"', 'mode="base64"'])
def test_what_is_in_content_that_is_elsewhere_or_encoded_is_told(attributes: str) -> None:
    content = f"<content {attributes}>eA==<part/></content>"
    parsed = parse(f'<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:e</id>{content}</entry>'.encode())
    assert "<part> of <content> is not kept" in [problem.message for problem in parsed.problems]


OF_OURS = '"about": "https://feeds.example/schema/record.schema.json"'
UNREAD_JSON = {
    '"hubs": [{"type": "WebSub", "url": "https://h.example/", "x": 1}]': "x of a hub of the feed is not kept",
    '"hubs": [{"type": "WebSub"}]': "a hub of the feed is not kept, as it has no url",
    '"expired": "true"': "expired of the feed is not true or false, and not kept",
    '"author": {"name": "Old"}, "authors": [{"name": "New"}]': "author of the feed is not kept, as there are authors",
    '"items": [{"attachments": [{"title": "T"}]}]': "an attachment of item 1 is not kept, as it has no url",
    '"items": [{"attachments": [{"url": "urn:a", "size_in_bytes": 1.5}]}]': (
        "size_in_bytes of an attachment of item 1 is not a whole number, and not all kept"
    ),
    f'"items": [{{"_source": {{{OF_OURS}, "x": 1}}}}]': "x of _source of item 1 is not kept",
    f'"items": [{{"_related": {{{OF_OURS}, "items": [{{"x": 1}}]}}}}]': (
        "x of an article of _related of item 1 is not kept"
    ),
}


@pytest.mark.parametrize("written", UNREAD_JSON)
def test_what_is_not_read_of_json_is_told(written: str) -> None:
    head = '"version": "https://jsonfeed.org/version/1.1", "title": "T"'
    assert [problem.message for problem in parse(f"{{{head}, {written}}}".encode()).problems] == [UNREAD_JSON[written]]


def test_an_author_that_is_among_the_authors_is_not_told() -> None:
    authors = b'"authors": [{"name": "Ann", "url": "https://ann.example/"}, {"name": "Bob"}]'
    assert parse(b'{"items": [], "author": {"name": "Ann"}, %s}' % authors).problems == ()


@pytest.mark.parametrize("key", ["_related", "_source"])
def test_the_extension_of_another_program_is_kept(key: str) -> None:
    parsed = parse(
        f'{{"items": [{{"id": "urn:a", "{key}": {{"about": "https://b.example/", "items": [1]}}}}]}}'.encode()
    )
    ((extension,),) = [item.extensions for item in parsed.feed.items]
    assert (extension.name, parsed.problems) == (key, ())


NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:a="http://www.w3.org/2005/Atom" xmlns:d="http://purl.org/dc/elements/1.1/"'
    ' xmlns:t="http://purl.org/dc/terms/" xmlns:x="http://www.w3.org/1999/xhtml"'
    ' xmlns:p="https://podcastindex.org/namespace/1.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"'
)
RSS = f"<rss {NAMESPACES.partition(' ')[2]}><channel><title>T</title>{{}}</channel></rss>"
ATOM = f'<feed {NAMESPACES} xml:lang="en"><title>T</title><updated>2024-05-01T00:00:00Z</updated>{{}}</feed>'
BESIDE_ANOTHER = {
    RSS.format(f"<item><title>I</title>{item}</item>"): value
    for item, value in {
        "<c:encoded>One</c:encoded><x:body><x:p>Two</x:p></x:body>": "Two",
        '<d:creator>Ann</d:creator><p:person role="author" href="https://bob.example/">Bob</p:person>': "bob.example",
        '<d:creator>Bob</d:creator><p:person role="author" group="cast">Bob</p:person>': "cast",
        '<p:person role="author">Bob</p:person><p:person role="author">Cyd</p:person>': "Cyd",
        "<guid>urn:a</guid><a:id>urn:b</a:id>": "urn:b",
        "<a:id>urn:b</a:id><guid>urn:a</guid>": "urn:b",
        "<a:title>Another title</a:title>": "Another title",
    }.items()
} | {
    RSS.format("<d:date>2024-01-01</d:date><d:date>2024-02-02</d:date>"): "2024-02-02",
    RSS.format('<a:link rel="current" href="https://c.example/"/>'): "https://c.example/",
    RSS.format("<image><url>https://a.example/</url></image><a:logo>https://b.example/</a:logo>"): "https://b.example/",
    ATOM.format("<d:language>fr</d:language>"): "fr",
    ATOM.format("<d:date>2020-01-01</d:date>"): "2020-01-01",
    ATOM.format('<link rel="next" type="application/x-archive" href="https://n.example/"/>'): "application/x-archive",
    ATOM.format('<link rel="current" href="https://c.example/"/>'): "https://c.example/",
}


@pytest.mark.parametrize("document", BESIDE_ANOTHER)
@pytest.mark.parametrize("name", ["rss", "json"])
def test_what_is_said_beside_a_field_is_kept(document: str, name: str) -> None:
    parsed = parse(document.encode())
    written = render(parsed.feed, name).decode()
    lost = {loss.path for loss in losses_of(parsed.feed, FORMATS[name].losses)}
    is_lost = bool(lost & {"feed.current_url", "feed.links"})
    assert parsed.problems == ()
    assert (BESIDE_ANOTHER[document] in written) is not is_lost


def test_a_language_is_told_only_where_it_differs() -> None:
    title = '<title xml:lang="{}">T</title>'
    entry = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>urn:f</id>{}</feed>'
    assert parse(entry.format(title.format("EN")).encode()).problems == ()
    (problem,) = parse(entry.format(title.format("de")).encode()).problems
    assert problem.message == "xml:lang of <title> is not kept"
    described = '<rss><channel><title>T</title><description xml:lang="fr">D</description>{}</channel></rss>'
    item = '<item><title>I</title><description xml:lang="de">D</description></item>'
    (problem,) = parse(described.format(item).encode()).problems
    assert problem.message == "xml:lang of <description> is not kept"


def test_what_a_source_keeps_as_it_is_written_is_not_told() -> None:
    rights = '<rights type="html">&lt;b&gt;R&lt;/b&gt;</rights>'
    source = f'<source><title>S</title>{rights}<author part="x"><name>A</name></author></source>'
    entry = f'<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:e</id><title>T</title>{source}</entry>'
    parsed = parse(entry.encode())
    (item,) = parsed.feed.items
    assert (parsed.problems, [each.name for each in item.source.extensions]) == ((), ["rights", "author"])
    (problem,) = parse(entry.replace("<title>S", '<title part="x">S').encode()).problems
    assert problem.message == "the attribute part of <title> is not kept"


@pytest.mark.parametrize(
    "form", ["<channel>{}", "<channel><title>T</title>{}", "<channel><item><title>I</title></item>{}"]
)
@pytest.mark.parametrize("name", ["channel", "feed"])
def test_text_between_the_parts_of_a_head_is_told_once(form: str, name: str) -> None:
    document = f"<rss>{form}</channel></rss>" if name == "channel" else form.replace("channel", "feed") + "</feed>"
    told = [problem.message for problem in parse(document.format("stray").encode()).problems]
    assert told == [f"the text between the parts of <{name}> is not kept"]


OF_RSS = '<source url="https://s.example/feed">S</source>'
OF_ATOM = (
    '<a:source><a:title>S</a:title><a:id>urn:s</a:id><a:link rel="self" href="https://s.example/feed"/></a:source>'
)


@pytest.mark.parametrize(
    ("sources", "title", "told"),
    [
        (OF_RSS + OF_ATOM, "S", []),
        (OF_ATOM + OF_RSS, "S", []),
        (OF_RSS + OF_ATOM.replace(">S<", ">Other<"), "S", ["another <a:source> is not kept"]),
        (OF_ATOM + OF_ATOM.replace("urn:s", "urn:o"), "S", ["another <a:source> is not kept"]),
        (OF_ATOM.replace(">S<", ">Other<") + OF_RSS, "Other", ["another <source> is not kept"]),
    ],
)
def test_of_two_sources_one_is_kept_and_what_the_other_says_besides_is_told(
    sources: str, title: str, told: list[str]
) -> None:
    item = f'<item xmlns:a="http://www.w3.org/2005/Atom"><title>T</title>{sources}</item>'
    parsed = parse(f"<rss><channel>{item}</channel></rss>".encode())
    assert [problem.message for problem in parsed.problems] == told
    (source,) = (item.source for item in parsed.feed.items)
    assert source is not None
    assert (source.title, source.url) == (title, "https://s.example/feed")
