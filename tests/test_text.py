"""Text becomes plain, fit for XML, or the name of a file."""

from __future__ import annotations

import unicodedata

import pytest

from feeds.text import plain_text, slug, unescape, xml_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a &amp; b", "a & b"),
        ("a &amp;amp; b", "a & b"),
        ("&#39;&#x27;&quot;", "''\""),
        ("AT&T &copy 2024 &nosuch;", "AT&T &copy 2024 &nosuch;"),
        (" a\n\tb\u00a0 c ", "a b c"),
        ("a  b", "a b"),
        ("a\x00\x08\x0b\ufffe\uffff\ud800b", "ab"),
        ("a\ufffeb", "ab"),
        ("a\uffffb", "ab"),
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
