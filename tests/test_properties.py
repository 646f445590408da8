"""State what holds for any input at all."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from time import process_time
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from support import JSON_FEED, NOW, outputs_of, record_bytes

from feeds.config.settings import Config
from feeds.dates import format_rfc822, format_rfc3339, parse_instant
from feeds.frontmatter.document import Document, parse_document
from feeds.markup.safe_html import safe_html
from feeds.model.topic import topic_key, topic_slugs
from feeds.text import plain_text
from feeds.urls import ascii_url, is_absolute
from feeds.validation.check_file import CheckedFile, check_bytes
from feeds.validation.context import context_for
from feeds.validation.rules import document_rules
from feeds.validation.schema.own_schemas import record_schema
from feeds.validation.validate import gather

POLICY = context_for(Config(), NOW)
ATOM = "{http://www.w3.org/2005/Atom}"
LINE_END = re.compile(r"\r\n|\n|\r")

spiky = st.text(
    st.sampled_from("<>&;'\"]]>#x0aAé漢😀\u0301\u202e\u0085\ufffe\x07=+-@,\r\n\t -–…" + string.ascii_letters)
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | spiky
titles = texts.filter(lambda text: re.search(r"\S", text) and plain_text(text))
instants = st.datetimes(datetime(1971, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda instant: format_rfc3339(instant.replace(microsecond=0))
)
urls = st.from_regex(r"https?://[a-z]{1,8}\.example/[a-zé%?&=#/]{0,12}", fullmatch=True).filter(is_absolute)
numbers = st.none() | st.integers(-1000, 1000)
images = st.fixed_dictionaries(
    {"url": urls | st.sampled_from(["/a.png", "https://i.example/b.jpg"])},
    optional={"width": st.integers(1, 5000), "height": st.integers(1, 5000), "title": texts},
)
providers = st.fixed_dictionaries(
    {"name": titles}, optional={"domain": st.sampled_from(["example.org", "Made Up"]), "images": st.lists(images)}
)
related = st.fixed_dictionaries(
    {"title": titles}, optional={"webUrl": urls, "publishedDateTime": instants, "provider": providers}
)
valid_data = st.fixed_dictionaries(
    {"title": titles, "publishedDateTime": instants, "webUrl": urls},
    optional={
        "excerpt": texts,
        "originalUrl": urls,
        "updatedDateTime": instants,
        "topics": st.lists(
            st.sampled_from(["AI", "ai", "C++", "C#", "C", "Künstliche Intelligenz", "日本"]), unique=True
        ),
        "images": st.lists(images, max_size=3),
        "provider": providers,
        "related": st.lists(related, max_size=2),
        "quality": numbers,
        "heat": numbers,
        "type": st.sampled_from(["article", "video"]),
        "length": st.sampled_from(["PT9M8S", "P1D"]),
        "featuredContent": st.sampled_from(["", '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>']),
    },
)
SNIPPETS = """
<script>~</script>~<SCRIPT src=//x>~<img src=a.png onerror=x()>~<a href='javascript:x'>~</a>~<a href=/b>
~<a\nhref=b.html>~<a href="jav&#x09;ascript:x">~<img srcset="a 1x, /b 2x">~<svg>~<math><mi//xlink:href='data:x'>
~<style>a{~</style>~<!--
~<iframe src='//www.youtube.com/embed/abcdefghijk'>~<iframe ~-->~<![CDATA[~]]>~<div>~</div>~<table><td>~<form action=x>
~<body ~onload=x()>~<video poster=p.png src=v.mp4>~[a](b.html)~![i](/i.png)~[j](javascript:x)~> ~```~\n\n~`~*~_~<~>~"~'
~=~&lt;script&gt;~<base href=//evil>~\0~<noscript><p title='</noscript><img src=x onerror=y>'>~<blockquote cite=c>~x
~<p style=x onclick=y>~<xmp>~<plaintext>~<q cite=javascript:x>~<source src=s srcset=t>~<area href=u>~&#60;~\xa0
"""
soup = st.lists(st.sampled_from(SNIPPETS.split("~")), max_size=25).map("".join)


def assert_record_or_problems_inside(content: bytes, path: str = "a.md") -> None:
    checked_file = check_bytes(path, content, POLICY)
    assert checked_file.record or any(problem.is_error for problem in checked_file.problems)
    lines = LINE_END.split(content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    for span in [problem.span for problem in checked_file.problems]:
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        for line, column in [(span.line, span.column), (span.end_line, span.end_column)]:
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1]) + 1


@settings(max_examples=60)
@given(title=titles, excerpt=texts)
@example(title="&amp;amp;amp;lt;b&amp;amp;amp;gt;", excerpt="]]>")
@example(title="<b>bold</b>", excerpt="<script>alert(1)</script> & co.")
@example(title="=1+1", excerpt='a "quoted", and a\r\nbreak')
def test_any_title_and_excerpt_survive_in_every_format(title: str, excerpt: str) -> None:
    data = {
        "title": title,
        "excerpt": excerpt,
        "publishedDateTime": "2020-01-01T00:00:00Z",
        "webUrl": "https://a.example/",
    }
    files = outputs_of({"a.md": record_bytes(data)})
    expected = plain_text(title), plain_text(excerpt)
    item = etree.fromstring(files["all.rss"]).find("channel/item")
    assert (item.findtext("title"), html.unescape(item.findtext("description") or "")) == expected
    entry = etree.fromstring(files["all.atom"]).find(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary") or "") == expected
    json_item = json.loads(files["all.json"])["items"][0]
    assert (json_item["title"], json_item.get("summary", "")) == expected
    row = next(csv.DictReader(io.StringIO(files["all.csv"].decode(), newline="")))
    assert (row["title"], row["excerpt"]) == expected


@settings(max_examples=40)
@given(st.text(st.characters(codec="ascii") | st.sampled_from("漢字—“”…😀"), min_size=1).filter(plain_text))
def test_a_feed_reader_shows_any_title(title: str) -> None:
    data = {"title": title, "publishedDateTime": "2020-01-01T00:00:00Z", "webUrl": "https://a.example/"}
    files = outputs_of({"a.md": record_bytes(data)}, formats=("rss", "atom"))
    for name in ("all.rss", "all.atom"):
        parsed = feedparser.parse(files[name], sanitize_html=False, resolve_relative_uris=False)
        assert not parsed.bozo
        assert parsed.entries[0].title == plain_text(title)


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda content: b"---\n" + content + b"\n---\n"))
@example(b"")
@example(b"---")
@example(b"---\n---")
@example(b"\xff\xfe-\x00")
@example(b"---\n" + b"[" * 100_000 + b"\n---\n")
@example(b"---\n" + b"- " * 100_000 + b"\n---\n")
@example(b"---\n" + b"? " * 100_000 + b"\n---\n")
@example(b"---\na: &a [*a]\n---\n")
@example(b"---\n<<: &a {<<: *a}\n---\n")
@example(b"---\ntitle: " + b"9" * 5000 + b"\n---\n")
@example(b"---\n!!python/object/apply:os.system [ls]\n---\n")
@example(b"---\ntitle: !!timestamp 2020-13-45\n---\n")
@example(b"---\ntitle: x\nlength: PT" + b"9" * 4299 + b"H\n---\n")
@example(b"---\n!!null : x\n---\n")
@example(b"---\n0x: 1\n0o: 2\n? [a]\n: 1\n---\n")
@example("---\r\rtitle: \u2028\u0085x\r---\r".encode())
def test_any_bytes_are_a_record_or_problems(content: bytes) -> None:
    assert_record_or_problems_inside(content)


@settings(max_examples=300)
@given(
    valid_data,
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=6) | texts.map(str.encode)), max_size=4),
)
def test_a_damaged_record_is_a_record_or_problems(
    data: dict[str, Any], damages: list[tuple[float, int, bytes]]
) -> None:
    content = record_bytes(data, "body\n")
    for where, length, replacement in damages:
        at = int(where * len(content))
        content = content[:at] + replacement + content[at + length :]
    assert_record_or_problems_inside(content)


@pytest.mark.parametrize("entries", ["topics:\n" + "- \n" * 20_000, "images:\n" + "- {url: /x, widht: 3}\n" * 9000])
def test_a_file_with_thousands_of_mistakes_is_judged_in_seconds(entries: str) -> None:
    start = process_time()
    assert_record_or_problems_inside(f"---\ntitle: x\n{entries}---\n".encode())
    assert process_time() - start < 10


keys = st.sampled_from(sorted(record_schema()["properties"])) | st.sampled_from(["name", "url", "x-own"]) | texts
jsonish = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | urls | instants,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(keys, children, max_size=5),
    max_leaves=15,
)


@settings(max_examples=300)
@given(jsonish)
def test_any_front_matter_is_a_record_or_problems(data: Any) -> None:
    content = f"---\n{yaml.safe_dump(data, allow_unicode=False, sort_keys=False)}\n---\n"
    assert_record_or_problems_inside(content.encode())


@settings(max_examples=200)
@given(valid_data, st.dictionaries(keys, jsonish, max_size=3))
def test_a_record_with_any_values_replaced_is_a_record_or_problems(
    data: dict[str, Any], others: dict[str, Any]
) -> None:
    assert_record_or_problems_inside(record_bytes(data | others))


@settings(max_examples=40)
@given(st.lists(valid_data, max_size=6), st.randoms())
def test_the_order_of_files_is_irrelevant(records: list[dict[str, Any]], random: Any) -> None:
    checked_file = [check_bytes(f"{n}.md", record_bytes(data), POLICY) for n, data in enumerate(records)]
    shuffled: list[CheckedFile] = random.sample(checked_file, len(checked_file))
    assert gather(shuffled, POLICY) == gather(checked_file, POLICY)


@settings(max_examples=25)
@given(st.lists(st.tuples(valid_data, soup), max_size=5), st.randoms())
def test_outputs_are_reproducible_well_formed_and_without_double_ids(
    records: list[tuple[dict[str, Any], str]], random: Any
) -> None:
    files = {f"{number}.md": record_bytes(data, body) for number, (data, body) in enumerate(records)}
    outputs = outputs_of(files)
    assert outputs_of(dict(random.sample(sorted(files.items()), len(files)))) == outputs
    for name, content in outputs.items():
        if name.endswith((".html", ".css", ".opml")):
            continue
        ids = list(ids_in(name, content))
        assert len(ids) == len(set(ids))
        assert ids == list(ids_in("x.json", outputs[f"{name.rpartition('.')[0]}.json"]))


def ids_in(name: str, content: bytes) -> Iterator[str]:
    if name.endswith(".csv"):
        yield from (row["id"] for row in csv.DictReader(io.StringIO(content.decode(), newline="")))
    elif name.endswith(".json"):
        document = json.loads(content)
        JSON_FEED.validate(document)
        yield from (item["id"] for item in document["items"])
    else:
        root = etree.fromstring(content)
        yield from (id_.text for id_ in [*root.iterfind("channel/item/guid"), *root.iterfind(f"{ATOM}entry/{ATOM}id")])


@settings(max_examples=60)
@given(st.from_regex(r"[A-Za-z][a-z0-9+.-]{0,5}:\S{1,9}", fullmatch=True))
@example("x:a<b")
@example('tag:a"b')
@example("https:a")
@example("http://[::1/x")
def test_an_id_that_the_schema_takes_never_stops_a_publication(identity: str) -> None:
    data = {"id": identity, "title": "x", "publishedDateTime": "2020-01-01T00:00:00Z", "webUrl": "https://a.example/"}
    outputs = outputs_of({"a.md": record_bytes(data)})
    has_record = bool(check_bytes("a.md", record_bytes(data), POLICY).record)
    assert len(list(ids_in("all.json", outputs["all.json"]))) == has_record


HELD_BACK = {
    "published is false": {"published": False},
    "removed": {"removed": True},
    "removed though published": {"published": True, "removed": True},
    "in the future": {"publishedDateTime": "2030-01-01T00:00:01Z"},
}


@pytest.mark.parametrize("length", ["PT" + "9" * 4299 + "H", "P" + "9" * 4300 + "W", "PT0S", "P1Y"], ids=len)
def test_no_length_of_a_video_keeps_a_build_from_ending(length: str) -> None:
    data = {"title": "x", "publishedDateTime": "2020-01-01T00:00:00Z", "webUrl": "https://a.example/", "length": length}
    player = {"type": "video", "featuredContent": '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'}
    outputs = outputs_of({"a.md": record_bytes(data | player)})
    assert {"all.rss", "all.atom", "all.json", "all.csv"} <= set(outputs)


@pytest.mark.parametrize("reason", HELD_BACK)
@settings(max_examples=10)
@given(valid_data, valid_data)
def test_what_is_held_back_never_leaks(reason: str, shown: dict[str, Any], held: dict[str, Any]) -> None:
    marks = {"title": "Xq7held", "webUrl": "https://xq7held.example/", "topics": ["Xq7held"], "secured": "Xq7held"}
    files = {"a.md": record_bytes(shown | {"secured": "Xq7held"})}
    files["b.md"] = record_bytes(
        held | {"originalUrl": "https://xq7held.example/o"} | marks | HELD_BACK[reason], "Xq7held"
    )
    outputs = outputs_of(files)
    assert outputs
    for name, content in outputs.items():
        assert b"xq7held" not in content.lower()
        assert "xq7held" not in name


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_read_as_it_was_written(instant: datetime) -> None:
    assert parse_instant(format_rfc3339(instant)) == instant


@given(st.datetimes(datetime(1000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_an_rfc_822_date_is_read_as_it_was_written(instant: datetime) -> None:
    assert parsedate_to_datetime(format_rfc822(instant)) == instant.replace(microsecond=0)


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)),  # noqa: DTZ001
    st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_an_offset_is_turned_into_utc(instant: datetime, zone: timezone) -> None:
    there = instant.replace(tzinfo=zone)
    assert parse_instant(there.isoformat()) == there


@given(texts | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d|)", fullmatch=True))
def test_no_text_makes_parse_instant_fail_otherwise_than_with_value_error(text: str) -> None:
    try:
        instant = parse_instant(text)
    except ValueError:
        return
    assert instant.tzinfo is UTC


@settings(max_examples=400)
@given(
    st.sampled_from(["http://", "https://", "HTTPS://user@", "http://[", "https://a.example/", ""]), st.text() | spiky
)
@example("http://", "a.example:99999/")
@example("http://", "a.example:/")
@example("http://", "xn--.example/")
@example("http://", "[::1%25eth0]/")
@example("http://", "a.example/#a#b")
@example("http://", "a.example/%zz%41")
def test_an_ascii_url_is_ascii_absolute_and_stays_as_it_is(start: str, rest: str) -> None:
    try:
        url = ascii_url(start + rest)
    except ValueError:
        return
    assert url.isascii()
    assert ascii_url(url) == url


class Danger(HTMLParser):
    """Collect what must not be in safe HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "object", "embed", "form", "svg", "base", "link", "meta"}:
            self.found.append(tag)
        for name, value in attributes:
            addresses = (
                [candidate.split()[0] for candidate in (value or "").split(", ")] if name == "srcset" else [value]
            )
            if name.startswith("on") or name == "style":
                self.found.append(name)
            if name in {"href", "src", "srcset", "poster", "cite", "action"}:
                self.found += [f"{name}={url}" for url in addresses if not is_safe_address(url or "")]


def is_safe_address(url: str) -> bool:
    return url.startswith(("mailto:", "tel:")) or (
        url.startswith(("http://", "https://")) and bool(urlsplit(url).netloc)
    )


@pytest.mark.parametrize("is_markdown", [True, False])
@settings(max_examples=250)
@given(soup)
@example('<iframe src="https://www.youtube.com/embed/abcdefghijk"')
@example("<ifr<iframe>ame src=x>")
@example("<scr<iframe></iframe>ipt>x</script>")
@example('<img srcset="a.png, b.png 2x,/c.png 3x">')
def test_no_html_comes_out_unsafe(is_markdown: bool, source: str) -> None:  # noqa: FBT001 - a parameter of pytest
    result = safe_html(source, "https://a.example/page", is_markdown=is_markdown)
    danger = Danger()
    danger.feed(result)
    assert not danger.found, result


MONSTERS = {
    "nested divs": "'<div>' * 50_000",
    "nested inline tags": "'<b><i>' * 50_000",
    "closed nested divs": "'<div>' * 20_000 + '</div>' * 20_000",
    "a huge table": "'<table>' + '<tr><td>x' * 100_000",
    "nested tables": "'<table><tr><td>' * 10_000",
    "a markdown table": "'|a' * 1000 + '\\n' + '|-' * 1000 + '\\n' + ('|x' * 1000 + '\\n') * 100",
    "nested quotes": "'>' * 50_000 + 'x'",
    "nested lists": "'- ' * 20_000 + 'x'",
    "open brackets": "'[' * 50_000",
    "images in images": "'![' * 20_000 + '](x)' * 20_000",
    "emphasis": "'*a_' * 50_000",
    "backticks": "''.join('`' * n + 'x' for n in range(800))",
    "open iframes": "'<iframe ' * 50_000",
    "iframes without an end": "'<iframe>x' * 50_000",
    "an iframe of blanks": "'<iframe' + ' ' * 100_000",
    "attributes": "'<a ' + 'x=y ' * 100_000 + '>'",
    "open comments": "'<!--' * 50_000",
    "comments that nothing closes": "'<!-- >' * 50_000",
    "sections of characters": "'<![CDATA[ >' * 50_000",
    "tags without an end": "'<a ' * 50_000 + '>'",
    "names of types": "'Vec<Set> ' * 20_000",
    "scripts that nothing closes": "'<script>\\n\\n' * 20_000",
    "a long srcset": "'<img srcset=\"' + ', ' * 100_000 + '\">'",
}


@pytest.mark.parametrize("is_markdown", [True, False])
@pytest.mark.parametrize("monster", MONSTERS)
def test_monstrous_markup_is_finished_in_seconds(monster: str, is_markdown: bool) -> None:  # noqa: FBT001
    program = f"from feeds.markup.safe_html import safe_html; safe_html({MONSTERS[monster]}, 'https://a.example/', "
    subprocess.run([sys.executable, "-c", f"{program}is_markdown={is_markdown})"], check=True, timeout=20)


@given(st.lists(texts | st.sampled_from(["C", "C++", "C#", "c plus", "topic", "😀", "—"]), unique_by=topic_key))
def test_every_topic_has_a_slug_of_its_own(names: list[str]) -> None:
    slugs = topic_slugs(names)
    assert set(slugs) == set(names)
    assert all(slugs.values())
    assert len(set(slugs.values())) == len(names)
    assert all(len(slug.encode()) <= 200 and "/" not in slug for slug in slugs.values())


odd_texts = st.text(
    st.sampled_from(' \t\n\b\f\x1f\x7f\u202e\u2066\ufffe\xa0\u2028&amplt;#x3C60</?=_"utm\\fbcid') | st.characters(),
    max_size=12,
)
odd_values = st.one_of(
    odd_texts, odd_texts.map(lambda text: f"https://a.example/{text}"), st.sampled_from([None, "", "/x", "x?utm_id=1"])
)
odd_data = st.dictionaries(
    st.sampled_from(["title", "excerpt", "webUrl", "originalUrl", "topics", "images", "secured", "x-a", "category"]),
    odd_values | st.lists(odd_values, max_size=2) | st.lists(st.dictionaries(st.sampled_from(["url"]), odd_values)),
)


@settings(max_examples=500)
@given(odd_data)
def test_no_rule_would_object_to_values_that_are_passed_over(data: dict[str, object]) -> None:
    document = parse_document("a.md", record_bytes(data))
    if isinstance(document, Document):
        hasty = set(document_rules.rule_problems(document, POLICY))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(document_rules, "_may_matter", bool)
            assert set(document_rules.rule_problems(document, POLICY)) == hasty
