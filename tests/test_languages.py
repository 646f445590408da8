"""Tags of languages are told from names of languages."""

from __future__ import annotations

import pytest

from feeds.languages import is_language


@pytest.mark.parametrize(
    "tag", ["en", "pt-BR", "zh-Hant-TW", "sl-rozaj-biske", "de-CH-1996", "es-419", "zh-yue-HK", "en-x-pier", "haw"]
)
def test_a_language_tag_is_one(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["english", "German", "en_US", "en-", "e", "de-DE-DE", "English (US)", ""])
def test_the_name_of_a_language_is_no_tag(tag: str) -> None:
    assert not is_language(tag)
