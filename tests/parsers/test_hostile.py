"""Documents that want to do harm give problems: no exception, nothing loaded, nothing expanded."""

from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.formats import FORMATS, render
from feeds.parsers import parse
from feeds.parsers.parsed import MOST, MOST_PROBLEMS

DOCUMENT = (Path(__file__).parent / "documents" / "rss-2.0.xml").read_bytes()
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(20))
NO_VALUE = "a{}=''".format
HOSTILE = {
    "nested entities": f"<!DOCTYPE rss [{ENTITIES}]><rss><channel><title>&e19;</title></channel></rss>",
    "an external entity": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    "half a character behind a comment that is none": '<rss a="<!--"><channel><title>a&#xD800;</title></channel></rss>',
    "100,000 levels": f"<rss><channel>{'<a>' * 100_000}{'</a>' * 100_000}</channel></rss>",
    "a text of 11 MB that is too deep": f"<rss><channel><title>{'x' * 11_000_000}{'<b>' * 300}</title></channel></rss>",
    "NULs": "<rss><channel><title>a\0b</title></channel></rss>",
    "comments without end": "<rss>" + "<!--" * 100_000,
    "JSON of 100,000 levels": '{"items": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "a number of 5,000 digits": '{"items": [{"id": ' + "9" * 5_000 + "}]}",
    "a cell of 17 MB": "title,link\n" + "x" * 17_000_000 + ",y\n",
    "a NUL in base64": '<feed xmlns="http://www.w3.org/2005/Atom">'
    '<title type="application/octet-stream">YQBi</title></feed>&',
    "an entity that is declared late": f'<!--{"x" * 9000}--><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><title>&x;</title></channel></rss>",
    "100,000 attributes": f"<rss><channel><a {' '.join(map(NO_VALUE, range(100_000)))}/></channel></rss>",
    "comments in a title": f"<rss><channel><title><![CDATA[<b>a</b>{'<!--' * 100_000}]]></title>&</channel></rss>",
    "a million ampersands": f"<rss><channel><title>a</title><item>{'&' * 1_000_000}</item></channel></rss>",
    "many blanks in a namespace": f"<rss xmlns:a='{' ' * 200_000}x{' ' * 200_000}",
    "names that are none": '<rss xmlns="u"><channel><a:1:2/></channel></rss>',
    "names that end with a colon": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><c: xmlns="u"/></entry></feed>',
    "UTF-7": '<?xml version="1.0" encoding="utf-7"?><rss><channel>+ADw-title+AD4APA-/title+AD4-</channel></rss>',
    "300,000 document types": "<!DOCTYPE " * 300_000,
    "a million blanks": f"{' ' * 1_000_000}<rss><channel><title>a</title></channel></rss>&",
    "a page": "<!DOCTYPE html><p>Hello",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_gives_a_short_answer_and_a_problem(name: str) -> None:
    parsed = parse(HOSTILE[name].encode())
    assert parsed.problems
    assert "root:" not in parsed.feed.title
    assert len(parsed.feed.title) < 12_000_000
    for format_name in FORMATS:
        parse(render(parsed.feed, format_name))


TOO_MANY = {
    "items": (b"<rss><channel>" + b"<item href=''/>" * 9 + b"</channel></rss>", "items"),
    "items of JSON": (b'{"items": [' + b'{"id": 1}, ' * 8 + b"{}]}", "items"),
    "values": (b'{"items": [{"id": 1, "_x": [' + b"{}," * 8 + b"{}]}]}", "values"),
    "rows": (b"title,link\n" + b"a,b\n" * 9, "items"),
    "extensions": (b"<rss><channel>" + b"<a/>" * 9 + b"</channel></rss>", "extensions"),
    "tags": (b"<rss><channel>" + b"<a/>" * 9 + b"</channel></rss>", "tags"),
}


@pytest.mark.parametrize("name", TOO_MANY)
def test_a_document_with_more_than_memory_can_hold_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document, what = TOO_MANY[name]
    monkeypatch.setitem(MOST, what, 13)
    assert parse(document).problems == ()
    monkeypatch.setitem(MOST, what, 8)
    (problem,) = parse(document).problems
    assert (problem.rule, problem.is_error) == ("feed-too-large", True)
    assert problem.message == f"the document has more than 8 {what}"


def test_what_is_not_kept_is_told_a_limited_number_of_times() -> None:
    attributes = " ".join(f'a{number}=""' for number in range(2000))
    parsed = parse(f"<rss><channel><title>T</title><item {attributes}><title>I</title></item></channel></rss>".encode())
    assert len(parsed.problems) == MOST_PROBLEMS


def test_a_table_can_have_100_000_columns() -> None:
    (problem,) = parse(b"title,link" + b",more" * 100_000 + b"\nOne,https://a.example/1\n").problems
    assert problem.message == "there are several columns 'more'; the last is read"


def test_an_error_is_told_after_any_number_of_warnings() -> None:
    rows = "a,https://a.example/,yesterday\n" * 1500
    parsed = parse(f"title,link,published\n{rows}{'x' * 17_000_000},b,c\n".encode())
    assert [problem.rule for problem in parsed.problems if problem.is_error] == ["not-a-feed"]


FEED = b"<rss><channel><title>T</title></channel></rss>"
PACKED = {
    "gzip with other data behind it": (gzip.compress(FEED) + b"\0\0other", ""),
    "no more than a beginning": (gzip.compress(FEED)[:9], "it ends too early"),
    "gzip in gzip": (gzip.compress(gzip.compress(FEED)), "it is compressed once more with gzip"),
    "100,000 members": (gzip.compress(b"") * 100_000 + gzip.compress(FEED), "more than 10000 parts"),
    "xz": (lzma.compress(FEED), "it is compressed with xz"),
    "zstd": (b"\x28\xb5\x2f\xfd" + FEED, "it is compressed with zstd"),
    "a wrong checksum": (
        gzip.compress(FEED)[:-8] + bytes(8),
        "Error -3 while decompressing data: incorrect data check",
    ),
}


@pytest.mark.parametrize("name", PACKED)
def test_a_compressed_document_is_read_or_it_is_said_why_not(name: str) -> None:
    data, message = PACKED[name]
    parsed = parse(data)
    assert parsed.feed.title == ("" if message else "T")
    assert [problem.message for problem in parsed.problems] == (
        [f"the document cannot be unpacked: {message}"] if message else []
    )


def test_what_can_be_no_language_type_or_address_is_left_out() -> None:
    file = {"url": "https://a.example/1", "mime_type": 1}
    item = {"id": "urn:a", "language": 0, "url": 1.5, "tags": ["", "  ", "a"], "attachments": [file]}
    found = parse(json.dumps({"title": "T", "home_page_url": 0, "items": [item]}).encode())
    (read,) = found.feed.items
    assert (found.feed.link, read.language, read.link, read.enclosures[0].type) == ("", "", "", "")
    assert [category.name for category in read.categories] == ["a"]
    assert {problem.rule for problem in found.problems} == {"left-out"}


LONG = "x" * 11_000_000


@pytest.mark.parametrize("text", [LONG, f"<![CDATA[{LONG}]]>", f"{LONG} &amp; all"])
def test_a_text_may_be_longer_than_libxml2_allows_by_itself(text: str) -> None:
    items = f"<item><description>{text}</description></item><item><title>Next</title></item>"
    parsed = parse(f"<rss><channel>{items}</channel></rss>".encode())
    assert parsed.problems == ()
    assert [len(item.summary.value) if item.summary else 0 for item in parsed.feed.items] in (
        [11_000_000, 0],
        [11_000_006, 0],
    )


MANY = {
    "authors": "<author>a{}</author>",
    "categories": "<category>a{}</category>",
    "enclosures": '<enclosure url="https://a.example/{}"/>',
    "unknown elements": "<a{}>b</a{}>",
}


@pytest.mark.parametrize("name", MANY)
def test_an_item_can_have_20_000_parts_of_a_kind(name: str) -> None:
    parts = "".join(MANY[name].replace("{}", str(number)) for number in range(20_000))
    item = parse(f"<rss><channel><item>{parts}</item></channel></rss>".encode()).feed.items[0]
    assert len(item.authors) + len(item.categories) + len(item.enclosures) + len(item.extensions) == 20_000


@pytest.mark.parametrize(
    "encoding",
    ["utf-7", "unicode_escape", "idna", "hex", "klingon", "utf-16"],
)
def test_a_declared_encoding_that_cannot_be_is_noted_and_not_used(encoding: str) -> None:
    text = r"Grüße +ADw- \u003c"
    document = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><title>{text}</title></channel></rss>'
    parsed = parse(document.encode())
    assert (parsed.feed.title, [problem.rule for problem in parsed.problems]) == (text, ["bad-encoding"])


def test_latin_1_that_is_utf_8_is_read_so() -> None:
    document = '<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><title>Grüße</title></channel></rss>'
    assert parse(document.encode()).feed.title == "Grüße"
    assert parse(document.encode("latin-1")).feed.title == "Grüße"


@pytest.mark.parametrize("written", ["don\x92t", "don&#146;t", "don&#x92;t"])
def test_control_characters_are_those_of_windows(written: str) -> None:
    parsed = parse(f"<rss><channel><title>{written}</title></channel></rss>".encode())
    assert parsed.feed.title.startswith("don’t")
    assert parsed.problems


@pytest.mark.parametrize("junk", ["Warning: no database in <b>/var/www</b><br />\n", "\n\n", "\0", "\ufeff \ufeff"])
def test_what_stands_before_a_document_is_left_out(junk: str) -> None:
    document = f'{junk}<?xml version="1.0" encoding="utf-8"?><rss><channel><title>Grüße</title></channel></rss>'
    assert parse(document.encode()).feed.title == "Grüße"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(DOCUMENT) - 1), st.integers(0, 255)), max_size=25))
def test_a_document_with_wrong_bytes_can_be_read_and_written(changes: list[tuple[int, int]]) -> None:
    document = bytearray(DOCUMENT)
    for place, value in changes:
        document[place] = value
    parsed = parse(bytes(document))
    for name in FORMATS:
        assert render(parsed.feed, name)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_can_be_parsed(document: bytes) -> None:
    parsed = parse(document)
    assert parsed.format or parsed.problems


PLAIN = st.none() | st.booleans() | st.floats() | st.text()


@settings(max_examples=60, deadline=None)
@given(st.recursive(PLAIN, lambda value: st.lists(value) | st.dictionaries(st.text(), value)))
def test_any_value_in_an_item_of_json_can_be_read_and_written(value: object) -> None:
    keys = ("id", "title", "url", "authors", "tags", "attachments", "date_published", "content_html", "_x", "_related")
    parsed = parse(json.dumps({"items": [dict.fromkeys(keys, value)], "hubs": value, "authors": value}).encode())
    for name in FORMATS:
        assert render(parsed.feed, name)
