"""Instants, durations, text, addresses, topics and selections behave as their rules say, value by value."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from feeds.dates import format_rfc822, format_rfc3339, parse_duration, parse_instant
from feeds.hostname import is_domain
from feeds.model.record import Record
from feeds.model.selection import Selection, select
from feeds.model.topic import list_topics, shared_slugs, topic_key, topic_slugs, unified_names, with_topics
from feeds.text import plain_text, slug, unescape, xml_text
from feeds.urls import absolute, ascii_url, image_type, is_absolute

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def record(name: str, **fields: object) -> Record:
    values = {"id": name, "title": name, "link": f"https://example.org/{name}", "published": NOON, "updated": NOON}
    return Record(**(values | fields))


def names(records: list[Record]) -> str:
    return " ".join(record.id for record in records)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2024-05-01T08:30:00Z", "2024-05-01T08:30:00Z"),
        ("2024-05-01t08:30:00z", "2024-05-01T08:30:00Z"),
        ("2024-05-01T08:30:00+02:00", "2024-05-01T06:30:00Z"),
        ("2024-05-01T08:30:00-00:00", "2024-05-01T08:30:00Z"),
        ("2024-01-01T00:15:00+05:30", "2023-12-31T18:45:00Z"),
        ("2024-05-01T08:30:00.5Z", "2024-05-01T08:30:00.500000Z"),
        ("2024-05-01T08:30:00.1234567Z", "2024-05-01T08:30:00.123456Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_instant_is_read_and_written_in_utc(text: str, written: str) -> None:
    assert format_rfc3339(parse_instant(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-05-01",
        "2024-05-01T08:30:00",
        "2024-05-01 08:30:00Z",
        "2024-05-01T08:30Z",
        "2021-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-05-01T24:00:00Z",
        "2024-05-01T08:30:61Z",
        "2024-05-01T08:30:00+2:00",
        "2024-05-01T08:30:00+0200",
        "2024-05-01T08:30:00.Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "２０２４-05-01T08:30:00Z",
        "2024-05-01T08:30:00Z\n",
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"RFC 3339|outside|range|month|hour|second|Invalid"):
        parse_instant(text)


def test_rss_date_has_english_names_and_gmt() -> None:
    assert format_rfc822(parse_instant("0987-03-05T01:02:03Z")) == "Mon, 05 Mar 0987 01:02:03 GMT"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT9M8S", 548),
        ("PT1H30M", 5400),
        ("P1D", 86400),
        ("P2W", 1209600),
        ("P1DT1S", 86401),
        ("PT0S", 0),
        ("PT1.9S", 1),
        ("P1Y", None),
        ("P1M", None),
    ],
)
def test_duration_in_seconds(text: str, seconds: int | None) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "P", "PT", "P1", "1H", "PT1D", "P1H", "pt1h", "PT1H ", "P1DT", "P-1D"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a &amp; b", "a & b"),
        ("a &amp;amp; b", "a & b"),
        ("&#39;&#x27;&quot;", "''\""),
        ("AT&T &copy 2024 &nosuch;", "AT&T &copy 2024 &nosuch;"),
        (" a\n\tb\u00a0 c ", "a b c"),
        ("a\x00\x08\x0b\ufffe\uffff\ud800b", "ab"),
        ("&#0;", "\ufffd"),
        ("&#8;a", "a"),
        ("&#1114112;", "\ufffd"),
        ("🚢港", "🚢港"),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_one_level_of_entities_is_undone() -> None:
    assert unescape("&amp;lt; &lt;") == "&lt; <"


def test_tab_and_line_ends_are_xml_characters() -> None:
    assert xml_text("a\t\r\n\x7f\x85b\x1f") == "a\t\r\n\x7f\x85b"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Machine Learning", "machine-learning"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("R&D", "r-and-d"),
        ("Über uns", "uber-uns"),
        ("Straße", "strasse"),
        ("港 の 船", "港-の-船"),
        ("が", "が"),
        ("Русский", "русский"),
        ("Ёлка", "ёлка"),
        ("Ελληνικά", "ελληνικά"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("தமிழ்", "தமிழ்"),
        ("ශ්\u200dරී", "ශ්රී"),
        ("עִברִית", "עִברִית"),
        ("ภาษาไทย ๑", "ภาษาไทย-๑"),
        ("Việt Nam", "viet-nam"),
        ("Ǿre", "øre"),
        ("I\u0307zmir", "izmir"),
        ("1\ufe0f\u20e3 of 3\u0301", "1-of-3"),
        ("\u2764\ufe0f Love", "love"),
        ("\u0301accent", "accent"),
        ("v2.", "v2"),
        ("snake_case", "snake-case"),
        ("../../etc/passwd", "etc-passwd"),
        ("!!!", ""),
        ("🚢", ""),
    ],
)
def test_slug(name: str, short: str) -> None:
    assert slug(name) == short
    assert slug(short) == short
    assert slug(unicodedata.normalize("NFD", name)) == short


@pytest.mark.parametrize("name", ["CON", "con.", "Nul", "aux", "prn", "com1", "COM¹", "LPT9"])
def test_a_topic_with_the_name_of_a_device_has_another_file_name(name: str) -> None:
    assert re.fullmatch(rf"{slug(name)}-[0-9a-f]{{8}}", topic_slugs([name])[name])


@pytest.mark.parametrize("name", ["console", "com", "com10", "auxiliary"])
def test_a_topic_whose_name_only_begins_like_that_of_a_device_keeps_it(name: str) -> None:
    assert topic_slugs([name]) == {name: name}


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        ("https://bücher.example/ü?ä#ö", "https://xn--bcher-kva.example/%C3%BC?%C3%A4#%C3%B6"),
        ("https://example.org/50%-off", "https://example.org/50%25-off"),
        ("https://example.org/[a]|b", "https://example.org/%5Ba%5D%7Cb"),
        ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("https://example.org/a#b#c", "https://example.org/a#b%23c"),
        ("https://example.org", "https://example.org"),
        ("https://user@example.org:8443/", "https://user@example.org:8443/"),
    ],
)
def test_address_in_ascii(url: str, written: str) -> None:
    assert ascii_url(url) == written
    assert ascii_url(written) == written


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/path",
        "//example.org/",
        "example.org",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "http://[::1/x",
        "https://example.org:99999/",
        "https://example.org:port/",
        "https://exa mple.org/",
        "https://example.org/a b",
        "https://example.org/\u0085",
        "https://<script>/",
        "https://-example.org/",
    ],
)
def test_what_is_no_absolute_address(url: str) -> None:
    assert not is_absolute(url)


@pytest.mark.parametrize(
    ("url", "complete"),
    [
        ("b", "https://example.org/a/b"),
        ("/b", "https://example.org/b"),
        ("//cdn.example/b", "https://cdn.example/b"),
        ("?q", "https://example.org/a/?q"),
        (" https://other.example/ ", "https://other.example/"),
        ("javascript:alert(1)", ""),
        ("data:image/png;base64,AAAA", ""),
        ("http://[::1/x", ""),
    ],
)
def test_address_completed_by_the_page(url: str, complete: str) -> None:
    assert absolute(url, "https://example.org/a/") == complete


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.org/a.JPG?x=.png", "image/jpeg"),
        ("https://example.org/a.webp#b", "image/webp"),
        ("https://example.org/png", ""),
        ("https://example.org/a.png/", ""),
        ("https://example.png", ""),
    ],
)
def test_image_type_of_an_address(url: str, kind: str) -> None:
    assert image_type(url) == kind


@pytest.mark.parametrize(
    ("domain", "possible"),
    [("example.org", True), ("Example.ORG", True), ("localhost", False), ("a b.org", False), ("https://a.org", False)],
)
def test_host_of_an_address(domain: str, *, possible: bool) -> None:
    assert is_domain(domain) == possible


@pytest.mark.parametrize("names", [("AI", "ai"), ("Sea  Mining", " sea mining"), ("Cafe\u0301", "café"), ("ẞ", "ss")])
def test_spellings_of_one_topic_share_a_key(names: tuple[str, str]) -> None:
    assert topic_key(names[0]) == topic_key(names[1])


def test_topics_take_the_spelling_used_most_and_then_the_first() -> None:
    unified = unified_names({"ai": 1, "AI": 2, "sea": 1, "Sea": 1}, {})
    assert unified == {"ai": "AI", "AI": "AI", "sea": "Sea", "Sea": "Sea"}
    assert with_topics(record("a", topics=("ai", "Sea")), unified).topics == ("AI", "Sea")


def test_alias_replaces_a_topic_in_whatever_case_and_leaves_no_double() -> None:
    unified = unified_names({"ML": 1, "Machine Learning": 1}, {"ml": "Machine Learning"})
    assert with_topics(record("a", topics=("ML", "Machine Learning")), unified).topics == ("Machine Learning",)


def test_topics_are_counted_and_sorted_without_regard_to_case() -> None:
    topics = list_topics({"b": 2, "C": 1, "A": 1})
    assert [(topic.name, topic.count) for topic in topics] == [("A", 1), ("b", 2), ("C", 1)]


def test_each_topic_has_a_file_name_of_its_own() -> None:
    wanted = ["R & D", "R and D", "Über", "Uber", "!!!", "???", "x" * 100, "x" * 101, "港" * 40]
    slugs = topic_slugs(wanted)
    assert len(set(slugs.values())) == len(wanted)
    assert slugs["R and D"] == "r-and-d"
    assert slugs["Uber"] == "uber"
    assert all(0 < len(short.encode()) < 100 for short in slugs.values())


def test_file_name_of_a_topic_stays_when_another_comes() -> None:
    assert topic_slugs(["R & D", "R and D"])["R & D"] == topic_slugs(["R & D", "R and D", "r  and   d!"])["R & D"]


def test_topics_with_one_slug_are_told() -> None:
    assert shared_slugs(["C", "Über", "Uber"]) == [("uber", ["Uber", "Über"])]


RECORDS = [
    record("old", published=NOON - timedelta(days=2), topics=("Sea",), type="article", quality=10),
    record("mid", published=NOON - timedelta(days=1), topics=("sea", "Ships"), type="video", quality=50),
    record("new", published=NOON, topics=("Ships",), type="article"),
    record("hid", published=NOON, topics=("Sea",), is_published=False),
    record("due", published=NOON + timedelta(days=1), topics=("Sea",)),
]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), "new mid old"),
        (Selection(topics=("SEA",)), "mid old"),
        (Selection(topics=("sea", "ships")), "new mid old"),
        (Selection(exclude_topics=("ships",)), "old"),
        (Selection(topics=("Sea",), exclude_topics=("Ships",)), "old"),
        (Selection(topics=("none",)), ""),
        (Selection(status="unpublished"), "hid"),
        (Selection(status="all"), "hid new mid old"),
        (Selection(type="video"), "mid"),
        (Selection(min_quality=10), "mid old"),
        (Selection(min_quality=11), "mid"),
        (Selection(since=NOON - timedelta(days=1)), "new mid"),
        (Selection(until=NOON - timedelta(days=1)), "mid old"),
        (Selection(until=NOON + timedelta(days=9)), "new mid old"),
        (Selection(limit=2), "new mid"),
        (Selection(limit=99), "new mid old"),
    ],
)
def test_selection_chooses_and_orders_newest_first(selection: Selection, expected: str) -> None:
    assert names(select(RECORDS, selection, NOON)) == expected
    assert names(select(RECORDS[::-1], selection, NOON)) == expected


def test_without_a_now_nothing_is_held() -> None:
    assert names(select(RECORDS)) == "due new mid old"


def test_published_record_wins_over_an_unpublished_one_of_the_same_id() -> None:
    duplicates = [record("a", title="draft", is_published=False), record("a", title="final")]
    assert [chosen.title for chosen in select(duplicates, Selection(status="all"))] == ["final"]
