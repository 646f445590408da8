"""Addresses are one or two, odd or meant, by their rules."""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from support import record_bytes

import feeds
from feeds.media_types import image_type
from feeds.url_identity import normal_url
from feeds.url_oddity import oddities
from feeds.urls import absolute, ascii_url, domain_of, is_absolute, suffix_of


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTPS://EXAMPLE.org:443/a%c3%a9", "https://example.org/a%C3%A9"),
        ("https://example.org/aé", "https://example.org/a%C3%A9"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:/", "http://example.org/"),
        ("http://example.org?a=%2f", "http://example.org/?a=%2F"),
        ("https://example.org/%7Eanna/%41", "https://example.org/~anna/A"),
        ("https://example.org/a/./b/../c/%2E%2e/d", "https://example.org/a/d"),
        ("https://example.org/a/b/..", "https://example.org/a/"),
        ("https://example.org/../a", "https://example.org/a"),
        ("https://faß.example.org/", "https://xn--fa-hia.example.org/"),
        ("https://example.org/a//b", "https://example.org/a//b"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a#B%c3", "https://example.org/a#B%C3"),
        ("urn:example:A", "urn:example:A"),
    ],
)
def test_an_address_has_one_spelling_for_comparison(url: str, normal: str) -> None:
    assert (normal_url(url), normal_url(normal)) == (normal, normal)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "http://example.org/a"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://example.org/a/"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://fass.example.org/", "https://faß.example.org/"),
    ],
)
def test_addresses_of_different_pages_stay_different(one: str, other: str) -> None:
    assert normal_url(one) != normal_url(other)


@pytest.mark.parametrize(
    ("url", "ascii_form"),
    [
        ("https://faß.example.org/x", "https://xn--fa-hia.example.org/x"),
        ("https://βόλος.example.org/", "https://xn--nxasmm1c.example.org/"),
        ("https://my_pier.Füße.example.org/", "https://my_pier.xn--fe-gia9i.example.org/"),
        ("https://example。org/", "https://example.org/"),
    ],
)
def test_hosts_are_spelled_by_idna_2008(url: str, ascii_form: str) -> None:
    assert ascii_url(url) == ascii_form


@pytest.mark.parametrize("host", ["i❤.example.org", "-ü.example.org", "ü-.example.org", "a\u0661\u06f1.example.org"])
def test_a_host_that_idna_2008_refuses_is_none(host: str) -> None:
    assert not is_absolute(f"https://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=1&copy=2&lt=3",
        "https://web.example.org/2020/https://example.net/a",
        "https://local.example.org/internal/test",
        "https://8.8.8.8/",
        "https://example.org:8080/",
        "https://anna@example.org/",
        "https://EXAMPLE.ORG/",
        "https://example.org/می‌خواهم",
        "https://example.org/👩‍🚀",
        "https://xn--fa-hia.xn--p1ai/",
        "https://例え。テスト例/",
        "https://example。org/",
    ],
)
def test_an_address_that_can_be_meant_is_not_odd(url: str) -> None:
    assert list(oddities(url)) == []


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "anna@localhost:4000",
        "10.1.2.3",
        "[fd00::1]",
        "pier.local",
        "a.home.arpa",
        "wiki",
        "LOCALHOST.",
        "１２７.0.0.1",
    ],
)
def test_a_host_that_subscribers_cannot_reach_is_local(host: str) -> None:
    assert [odd.is_local for odd in oddities(f"http://{host}/a")] == [True]


def test_two_spellings_of_one_page_are_a_duplicate_also_of_a_record_that_was_there_before(tmp_path: Path) -> None:
    common = {"title": "Ferry", "publishedDateTime": "2024-05-01T08:30:00Z"}
    (tmp_path / "a.md").write_bytes(record_bytes({**common, "webUrl": "https://example.org/a%C3%A9"}))
    (tmp_path / "b.md").write_bytes(record_bytes({**common, "webUrl": "https://EXAMPLE.org:443/a%c3%a9"}))
    together = feeds.validate(tmp_path)
    alone = feeds.validate(tmp_path / "b.md", among=tmp_path)
    assert [(problem.rule, Path(problem.path).name) for problem in together] == [("duplicate-url", "b.md")]
    assert [problem.rule for problem in alone] == ["duplicate-url"]


def test_the_id_of_a_record_is_made_of_its_address_as_it_is_written(tmp_path: Path) -> None:
    common = {"title": "Ferry", "publishedDateTime": "2024-05-01T08:30:00Z"}
    url = "https://EXAMPLE.org:443/%7eanna"
    (tmp_path / "a.md").write_bytes(record_bytes({**common, "webUrl": url}))
    assert [record.id for record in feeds.read(tmp_path).records] == [uuid5(NAMESPACE_URL, url).urn]


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
    ("url", "suffix"),
    [
        ("https://a.example/b.MP3?x=.zip#y.pdf", ".mp3"),
        ("https://files.zip", ""),
        ("b/c.d/e", ""),
        ("http://[/f.png", ".png"),
    ],
)
def test_the_suffix_of_an_address_is_that_of_its_file(url: str, suffix: str) -> None:
    assert suffix_of(url) == suffix


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://example.org", "example.org"),
        ("https://Example.org/", "example.org"),
        ("https://example.org/anna", ""),
        ("https://example.org/?anna", ""),
        ("https://example.org/#anna", ""),
        ("https://example.org:8443/", ""),
        ("mailto:anna@example.org", ""),
    ],
)
def test_the_address_of_a_whole_site_has_a_domain(url: str, domain: str) -> None:
    assert domain_of(url) == domain
