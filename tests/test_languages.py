"""Tags of languages are told from names of languages."""

from __future__ import annotations

import pytest

from feeds.languages import is_language, tag_of, tag_of_name


@pytest.mark.parametrize(
    "tag", ["en", "pt-BR", "zh-Hant-TW", "sl-rozaj-biske", "de-CH-1996", "es-419", "zh-yue-HK", "en-x-pier", "haw"]
)
def test_a_language_tag_is_one(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["english", "German", "en_US", "en-", "e", "de-DE-DE", "English (US)", ""])
def test_the_name_of_a_language_is_no_tag(tag: str) -> None:
    assert not is_language(tag)


@pytest.mark.parametrize(
    ("locale", "tag"),
    [("de_DE", "de-DE"), ("en_US.UTF-8", "en-US"), ("sr_RS@latin", "sr-RS"), ("pt BR", "pt-BR"), ("de–AT", "de-AT")],
)
def test_a_locale_is_a_tag_in_another_form(locale: str, tag: str) -> None:
    assert tag_of(locale) == tag


@pytest.mark.parametrize("text", ["english", "C", "de_", "en, de", "de/en", ""])
def test_what_names_no_locale_is_no_tag(text: str) -> None:
    assert tag_of(text) == ""


@pytest.mark.parametrize(("name", "tag"), [("German", "de"), (" français ", "fr"), ("日本語", "ja"), ("Klingon", "")])
def test_the_name_of_a_language_has_a_tag(name: str, tag: str) -> None:
    assert tag_of_name(name) == tag
