"""Read the table `[podcast]`."""

from typing import Any

from feeds.config.values import Reader, SettingError, one_of, read_flag, read_table, read_text, shown, text_that
from feeds.diagnostics.wording import suggestion
from feeds.model.podcast import CATEGORIES, NARROWER, Podcast
from feeds.text import is_email
from feeds.urls import is_absolute

_EXAMPLES = {"image": '"https://example.org/cover.jpg"', "category": '"Society & Culture"'}


def read_podcast(value: Any, name: str) -> Podcast:
    """Return the podcast; directories require an image and a category."""
    values = read_table(value, _PODCAST, name)
    for key, example in _EXAMPLES.items():
        if not values.get(key):
            raise SettingError(f'"{name}" has no {key}, which directories require; add {key} = {example}')
    return Podcast(**values)


def _category(value: Any, name: str) -> str:
    text = read_text(value, name)
    broad, found, narrow = text.partition(NARROWER)
    if broad not in CATEGORIES or (found and not narrow.strip()):
        raise SettingError(f'"{name}" is {shown(text)}; {suggestion(broad, CATEGORIES)}')
    return text


_PODCAST: dict[str, Reader] = {
    "image": text_that(is_absolute, 'an absolute URL, as in "https://example.org/cover.jpg"'),
    "category": _category,
    "explicit": read_flag,
    "author": read_text,
    "owner": text_that(is_email, 'an e-mail address, as in "ada@example.org"'),
    "type": one_of(("episodic", "serial")),
}
