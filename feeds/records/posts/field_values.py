"""Convert values of other generators to those of a record: dates, texts, addresses, topics."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from feeds.dates import format_rfc3339
from feeds.hold_back import truth
from feeds.languages import tag_of, tag_of_name
from feeds.records.bodies.summaries import text_of
from feeds.records.loose_dates import read_date
from feeds.records.posts.post import Post
from feeds.records.posts.preset import Given, Preset, Words

_WORDS: dict[Words, re.Pattern[str]] = {
    "commas": re.compile(r"\s*,\s*"),
    "blanks": re.compile(r"[\s,]+"),
    "commas or semicolons": re.compile(r"\s*,\s*"),
    "one": re.compile(r"(?!)"),
}
_YEAR_LAST = re.compile(r"^\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)", re.ASCII)
_MONTHS = 12
# What Eleventy and Quarto take for a date of the file, or of the build.
_OF_FILES = re.compile(r"(?:git )?(?:created|last[ -]modified)|today|now|`r [^`]+`", re.IGNORECASE)
_EMPHASIS = re.compile(
    r"</?(?:abbr|a|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_WIKI_LINK = re.compile(r"^\s*\[\[([^\[\]|]+)\]\]\s*$")
_TEMPLATE = re.compile(r"\{[{%]|/:[a-z]")


def date_value(preset: Preset) -> Callable[[Any, Post], Any]:
    """Return a converter of dates to RFC 3339; a date that it cannot read stays, so that the schema reports it."""

    def read(text: str, post: Post) -> str:
        instant = read_date(text, preset.zone_of(text, post.zone, post.front_matter))
        return format_rfc3339(instant) if instant else ""

    def convert(value: Any, post: Post) -> Any:
        if isinstance(value, str) and (date := read(value, post)):
            return date
        if isinstance(value, bool) or (isinstance(value, str) and _OF_FILES.fullmatch(value.strip())):
            return None  # `published` may be a date or a truth value
        text = date_text(value, preset)
        return read(text, post) or text or value

    return convert


def date_text(value: Any, preset: Preset) -> str:
    """Return a date, the first of a list, as text with its year first where only one reading is possible."""
    first = value[0] if isinstance(value, list) and value else value
    text = str(first) if isinstance(first, str | int) and not isinstance(first, bool) else ""
    return _YEAR_LAST.sub(lambda match: _year_first(match, preset), _WIKI_LINK.sub(r"\1", text.strip(" '\"")))


def _year_first(date: re.Match[str], preset: Preset) -> str:
    first, _, second, year = date.groups()
    if int(first) > _MONTHS or (int(second) <= _MONTHS and preset.first_number == "day"):
        return f"{year}-{second}-{first}"
    return f"{year}-{first}-{second}" if int(second) > _MONTHS or preset.first_number == "month" else date[0]


def text_value(value: Any, _: Post) -> Any:
    """Return text on one line; a number is converted."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def title_value(value: Any, post: Post) -> Any:
    """Return a title on one line without HTML for emphasis; YAML may have read it as a truth value."""
    text = str(value).lower() if isinstance(value, bool) else text_value(value, post)
    return _EMPHASIS.sub("", _LINE_BREAK.sub(" ", text)) if isinstance(text, str) and "<" in text else text


def summary_value(value: Any, post: Post) -> Any:
    """Return a summary as plain text, without Markdown; a truth value is none."""
    if isinstance(value, bool):
        return None
    value = text_value(value, post)
    return text_of(value) if isinstance(value, str) else value


def url_value(value: Any, post: Post) -> Any:
    """Return an address, completed with the home page if it is relative; None for a template of one."""
    if isinstance(value, bool) or (isinstance(value, str) and _TEMPLATE.search(f"/{value}")):
        return None
    if not isinstance(value, str) or not post.home_page or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value):
        return value
    value = quote(value, safe="%/:?#[]@!$&'()*+,;=~")
    return f"{post.home_page.rstrip('/')}/{value.removeprefix('./').lstrip('/')}"


def original_value(value: Any, post: Post) -> Any:
    """Return the address of the page that a post is about, the first of several; each may be a mapping with one."""
    first = value[0] if isinstance(value, list) and value else value
    return url_value(first.get("url") if isinstance(first, Mapping) else first, post)


def page_value(given: Given) -> Callable[[Any, Post], Any]:
    """Return a converter of an address in front matter to that of the page."""

    def convert(value: Any, post: Post) -> Any:
        url = url_value(value, post)
        return page_address(url, given) if isinstance(url, str) else url

    return convert


def page_address(url: str, given: Given) -> str:
    """Return what a generator makes of an address in front matter."""
    if given == "as it is":
        return url
    if given == "no index at the end":
        return re.sub(r"/index\.html$", "/", url)
    is_file = given == "a slash behind folders" and "." in url.rpartition("/")[2]
    return url if is_file or url.endswith("/") else f"{url}/"


def topics_value(no_topics: frozenset[str], labels: Mapping[str, str], prefix: str = "") -> Callable[[Any, Post], Any]:
    """Return a converter to a list of topics: labels, without duplicates and the generator's collections.

    `prefix` is a character before names that is not part of them.
    """

    def convert(value: Any, _: Post) -> Any:
        names = (labels.get(name, name.lstrip(prefix or " ")) for name in names_in(value, "one"))
        return [name for name in dict.fromkeys(names) if name and name.lower() not in no_topics]

    return convert


def names_in(value: Any, words: Words) -> Iterator[str]:
    """Yield the names in text with separators, and in lists, nested or of objects."""
    if isinstance(value, str):
        yield from split_names(value.strip(" ,;[]"), words)
    elif isinstance(value, list):
        for item in value:
            is_name = isinstance(item, str) and words != "commas or semicolons"  # there, an item is a line
            yield from [item.strip(" ,;")] if is_name else names_in(item, words)
    elif isinstance(value, Mapping):
        label = value.get("label") or value.get("name") or value.get("title")
        yield from [label] if isinstance(label, str) else [key for key in value if isinstance(key, str)]
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def split_names(text: str, words: Words) -> list[str]:
    """Return the names in a text; if semicolons may separate them and do, commas are part of a name."""
    if words == "commas or semicolons" and ";" in text:
        return re.split(r"\s*;\s*", text)
    return _WORDS[words].split(text)


def published_value(value: Any, _: Post) -> bool | None:
    """Return False for what holds a post back; whatever else a source says, another one may still do so."""
    return False if truth(value) is False else None


def language_value(value: Any, _: Post) -> Any:
    """Return a language tag, or None if the value is not one."""
    return (tag_of(value) or tag_of_name(value) or None) if isinstance(value, str) else None
