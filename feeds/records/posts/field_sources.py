"""Compile the sources of a record's field: keys, patterns, and values from a file's path, body or history.

`title` is a key, `image.path` a nested one, `!draft` the negation of one, `status=published` a comparison, `a + b` both
values, `news/ => a` a source for posts in that folder only, `lang=de => a` one for such posts only, `!lang => a` one
for posts without that key; `:filename`, `:path`, `:git`, `:h1`, `:stem`, `:title`, `:more` and `:paragraph` come from
outside of the front matter, text in quotes is a constant, and text with `{tokens}` is a pattern. The first source that
has a value wins.
"""

import re
from collections.abc import Callable
from typing import Any

from feeds.diagnostics.wording import suggestion
from feeds.hold_back import truth
from feeds.records.bodies.summaries import first_paragraph, first_words, text_before_mark, whole_paragraphs
from feeds.records.posts.field_values import names_in
from feeds.records.posts.media_values import cover_resource, has_image
from feeds.records.posts.patterns import FieldError, compile_pattern
from feeds.records.posts.permalinks import ELEVENTY, has_tokens, link_pattern, permalink_patterns
from feeds.records.posts.post import Post, SourceValue
from feeds.records.posts.preset import Preset

Source = Callable[[Post], SourceValue | None]
WHERE = " => "
_COMPUTED = "eleventyComputed."


def compile_source(text: str, preset: Preset, field: str) -> Source:
    """Return a function that finds the value of a field. Raises FieldError for an unknown source."""
    if WHERE in text:
        condition, _, rest = text.partition(WHERE)
        find, holds = compile_source(rest.strip(), preset, field), _condition(condition.strip(), preset)
        return lambda post: find(post) if holds(post) else None
    if "{" in text:
        fill = compile_pattern(text, preset, is_address=field in {"webUrl", "originalUrl", "id"})
        return lambda post: SourceValue(filled, is_slug=True) if (filled := fill(post)) else None
    if " + " in text:
        return _joined([compile_source(part.strip(), preset, field) for part in text.split(" + ")])
    if text.startswith(":"):
        return _elsewhere(text, field)
    if text.startswith(_COMPUTED):
        return lambda post: _computed(post.find(text), post)
    return _of_key(text, preset, field)


def _computed(found: SourceValue | None, post: Post) -> SourceValue | None:
    """Return a text with the values of its variables; None if it has other templates."""
    if not found or not isinstance(found.value, str):
        return found

    def fill(match: re.Match[str]) -> str:
        value = (known := post.find(match[1])) and known.value
        return str(value) if isinstance(value, str | int | float) else match[0]

    text = re.sub(r"\{\{-?\s*([\w.]+)\s*-?\}\}", fill, found.value)
    return None if re.search(r"\{[{%]", text) else found._replace(value=text)


def _condition(text: str, preset: Preset) -> Callable[[Post], bool]:
    """Return a test: is a post in a folder (`news/`), has a source a value (`lang`, `lang=de`) or none (`!lang`)."""
    if text.endswith("/"):
        return lambda post: post.path.startswith(text.lstrip("/"))
    if text.startswith("!"):
        return lambda post: post.find(text[1:]) is None
    find = compile_source(text, preset, "")
    return lambda post: bool((found := find(post)) and found.value)


def _of_key(text: str, preset: Preset, field: str) -> Source:
    if text.startswith("'"):
        return lambda _: SourceValue(text.strip("'"))
    if field in {"topics", "categories"}:
        words = "one" if text in preset.single else preset.words
        return _changed(text, lambda value: [*names_in(value, words)])
    if "=" in text:
        key, _, wanted = text.partition("=")
        return _changed(key, lambda value: _has(value, wanted))
    if text.startswith("!"):
        return _changed(text[1:], lambda value: truth(value) is False)
    if not text.strip():
        raise FieldError(f"{field}: a source is empty; name a key")
    if field == "webUrl" and (preset.permalinks or preset.has_template_links):
        return lambda post: _address(post.find(text), post, preset)
    return lambda post: (found := post.find(text)) and (found if field != "images" or has_image(found.value) else None)


def _changed(key: str, change: Callable[[Any], Any]) -> Source:
    """Return a source of the value of a key, changed by a function."""

    def find(post: Post) -> SourceValue | None:
        found = post.find(key)
        return SourceValue(change(found.value), found.route) if found else None

    return find


def _address(found: SourceValue | None, post: Post, preset: Preset) -> SourceValue | None:
    """Return an address with its tokens filled in."""
    text = found.value if found and isinstance(found.value, str) else ""
    if found and preset.has_template_links and isinstance(found.value, dict) and "build" in found.value:
        return None  # that is another source
    is_template = preset.has_template_links and "{{" in text
    if not found or not (is_template or has_tokens(text, preset.permalinks)):
        return found
    patterns = (link_pattern(text, ELEVENTY),) if is_template else permalink_patterns(text, preset.permalinks)
    patterns = tuple(filter(None, patterns))
    filled = (compile_pattern(pattern, preset, is_address=True)(post) for pattern in patterns)
    address = next(filter(None, filled), "")
    return found._replace(value=address) if address else None


def _has(value: object, wanted: str) -> bool:
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    return str(value).strip().lower() in wanted.lower().split("|")


def _joined(sources: list[Source]) -> Source:
    def find(post: Post) -> SourceValue | None:
        found = [each for source in sources if (each := source(post))]
        if len(found) <= 1:
            return found[0] if found else None
        values = [each.value if isinstance(each.value, list) else [each.value] for each in found]
        return SourceValue([item for value in values for item in value], found[0].route[:1])

    return find


def _elsewhere(text: str, field: str) -> Source:
    if text == ":path" and field.endswith("DateTime"):
        return lambda post: SourceValue(post.path_date) if post.path_date else None
    if text == ":filename" and field == "slug":
        return lambda post: SourceValue(post.stem, is_slug=True) if post.name_date else None
    if text == ":title" and field == "slug":  # a slash of a title is none of an address
        return lambda post: SourceValue(title) if (title := _title(post).replace("/", "")) else None
    if text == ":git":
        return lambda post: _git(post, is_last=field == "updatedDateTime")
    if text == ":resource":
        return _resource
    find = _ELSEWHERE.get(text)
    if not find:
        raise FieldError(f'{field}: unknown source "{text}"; {suggestion(text, [*_ELSEWHERE, ":git", ":resource"])}')
    return lambda post: SourceValue(value) if (value := find(post)) else None


def _title(post: Post) -> str:
    return str(post.values.get("title") or "")


def _sentence(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ")
    return words.capitalize() if words == words.lower() else words


def _git(post: Post, *, is_last: bool) -> SourceValue | None:
    dates = post.git.get(post.path)
    return SourceValue(dates.last if is_last else dates.first) if dates else None


def _resource(post: Post) -> SourceValue | None:
    found = None if post.has_rooted_images else post.find("resources")  # which only a bundle has
    cover = cover_resource(found.value) if found else None
    return found._replace(value=cover) if found and cover else None


_ELSEWHERE: dict[str, Callable[[Post], str | list[str]]] = {
    ":filename": lambda post: post.name_date,
    ":path": lambda post: post.stem_path,
    ":h1": lambda post: post.heading,
    ":stem": lambda post: post.stem,
    ":name": lambda post: post.name,
    ":titlecase": lambda post: " ".join(word.capitalize() for word in post.stem.split("-")),
    ":sentence": lambda post: _sentence(post.stem),
    ":title": _title,
    ":file": lambda post: post.file.removesuffix("/index"),
    ":folder": lambda post: post.folder.rpartition("/")[2],
    ":folders": lambda post: list(post.above),
    ":categories": lambda post: post.values.get("categories") or [],
    ":more": lambda post: text_before_mark(post.body, post.data.get("excerpt_separator"), post.markdown),
    ":paragraph": lambda post: first_paragraph(post.body, post.markdown),
    ":70-words": lambda post: whole_paragraphs(post.body, 70, post.markdown),
    ":50-words": lambda post: first_words(post.body, 50, post.markdown),
}
