"""Patterns for addresses and ids: text with `{tokens}`, as in `{home_page}{date:%Y/%m/%d}/{slug}.html`."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha1
from pathlib import PurePosixPath
from string import Formatter
from typing import Any
from urllib.parse import quote

from feeds.diagnostics.wording import suggestion
from feeds.records.posts.field_values import names_in
from feeds.records.posts.post import Post
from feeds.records.posts.preset import Preset
from feeds.records.posts.slugs import SLUGS
from feeds.urls import split

_DATED_PATH = re.compile(r"^(.*)(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/]?(.*)$")
_EMPTY_SEGMENTS = re.compile(r"/(?<!:/)/+")  # a pattern that begins with a fixed character is much faster
_FORMAT = re.compile(r"(?:[^%]|%-?[YmdBbjHMSyIwaAuVG])*")
_PLAIN = re.compile(r"[A-Za-z0-9/_.~-]*")  # with nothing to encode, as most parts of addresses are
_SLICE = re.compile(r"(?P<one>\d+|last)|(?P<first>\d*):(?P<end>\d*|last)")

_EXPONENTS = 1e21  # from here on, JavaScript writes them

_Piece = tuple[str, str | None, str | None, str | None]  # as Formatter.parse yields
_Token = Callable[[Post, str, Callable[[str], str]], str | None]


class FieldError(ValueError):
    """A field, source or token that does not exist; the text suggests another one."""


def compile_pattern(pattern: str, preset: Preset, *, is_address: bool) -> Callable[[Post], str]:
    """Return a function that fills a pattern from a post, or returns None if a token has no value.

    The preset defines how texts are slugified; characters that no address may contain are percent-encoded. Raises
    FieldError for an unknown token.
    """
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError as error:
        raise FieldError(f'"{pattern}": {error}; write a token as {{slug}}') from None
    for _, name, form, _ in pieces:
        if name is not None:
            _check(pattern, name, form or "")
    parts = [part for piece in pieces for part in _parts(piece, preset, is_address=is_address)]

    def fill(post: Post) -> str:
        filled = ""
        for part in parts:
            value = part if isinstance(part, str) else part(post)
            if value is None:
                return ""
            filled += value
        return _EMPTY_SEGMENTS.sub("/", filled)

    return fill


def _parts(piece: _Piece, preset: Preset, *, is_address: bool) -> Iterator[str | Callable[[Post], str | None]]:
    """Yield the text before a token, and a function that returns the value of the token."""
    text, name, form, _ = piece
    in_case = str.lower if is_address and preset.has_lower_links else str
    if text:
        yield in_case(text)
    if name is None:
        return
    find = _data(name) if name.startswith("data.") else _TOKENS[name]
    is_of_path = name in _OF_PATHS and form != "slug"
    change = SLUGS[(is_of_path and preset.path_slug) or preset.slug]
    is_part = is_address and name not in _ADDRESSES

    def value(post: Post) -> str | None:
        found = find(post, form or "", change)
        if not is_part or found is None:
            return found
        return in_case(found) if _PLAIN.fullmatch(found) else quote(in_case(found), safe=_SAFE)

    yield value


def _check(pattern: str, name: str, form: str) -> None:
    if name not in _TOKENS and not name.startswith("data."):
        hint = suggestion(f"{{{name}}}", [f"{{{token}}}" for token in _TOKENS])
        raise FieldError(f'"{pattern}": unknown token {{{name}}}; {hint}')
    if name == "date" and not _FORMAT.fullmatch(form):
        raise FieldError(f'"{pattern}": "{form}" is no form of a date; write {{date:%Y/%m/%d}}')
    for token, forms in _FORMS.items():
        if name == token in _COUNTED and _COUNTED[token].fullmatch(form):
            continue
        if name == token and form not in {"", *forms}:
            ways = " or ".join(f"{{{token}:{each}}}" for each in forms)
            raise FieldError(f'"{pattern}": {{{token}}} can be {ways}')


def _data(name: str) -> _Token:
    def find(post: Post, _form: str, _slug: Any) -> str | None:
        found = post.find(name.removeprefix("data."))
        value = found.value if found else None
        if isinstance(value, float):
            return _script_number(value)
        return str(value) if isinstance(value, str | int) else None

    return find


def _script_number(value: float) -> str:
    """Return a number as JavaScript writes it: what YAML reads of the hexadecimal id 8e32 is 8e+32."""
    return str(int(value)) if value.is_integer() and abs(value) < _EXPONENTS else str(value).replace("e-0", "e-")


def _date(post: Post, form: str, _: Any) -> str | None:
    return post.day.strftime(form or "%Y-%m-%d") if post.day else None


def _slug(post: Post, form: str, to_slug: Callable[[str], str]) -> str | None:
    slug = _own_slug(post) if form == "own" else str(post.values.get("slug") or "")
    slug = slug.rpartition("/")[2] if form == "last" else slug
    is_slug = form == "raw" or (form != "own" and post.values.get("is_slug"))
    to_part = {"words": SLUGS["words"], "plus": SLUGS["hugo plus"]}.get(form, to_slug)
    return (slug if is_slug else "/".join(map(to_part, slug.split("/")))) or None


def _own_slug(post: Post) -> str:
    """Return the slug in the front matter, else what a slug is of a dated name without the date."""
    own, slug = post.find("slug"), str(post.values.get("slug") or "")
    if own:
        return str(own.value)
    return slug if post.name_date and not slug.startswith(post.name_date) else ""


def _folder(post: Post, form: str, to_slug: Callable[[str], str]) -> str:
    """Return the folders above a post, or a part of them: `last`, or a range counted from 0."""
    folders = post.folder.split("/")
    chosen = _SLICE.fullmatch(form) if form else None
    if chosen and chosen["one"]:
        at = len(folders) - 1 if chosen["one"] == "last" else int(chosen["one"])
        folders = folders[at : at + 1]
    elif chosen:
        end = len(folders) - 1 if chosen["end"] == "last" else int(chosen["end"] or len(folders))
        folders = folders[int(chosen["first"] or 0) : end]
    return "/".join(map(to_slug, folders))


def _web_url(post: Post, form: str, _: Any) -> str | None:
    url = post.values.get("webUrl")
    if not isinstance(url, str):
        return None
    if form == "path":
        return split(url).path
    if form == "folder":
        return url.rstrip("/").rpartition("/")[0]
    return (
        str(PurePosixPath(url).with_suffix("")).replace(":/", "://", 1) if form == "stem" and "." in url[-6:] else url
    )


def _categories(post: Post, form: str, to_slug: Callable[[str], str]) -> str:
    """Return all categories, or so many; Jekyll, whose form is raw, takes commas for parts of their names."""
    names = post.values.get("categories") or ()
    if form != "raw":
        chosen = names[: int(form)] if form.isdigit() else names
        return "/".join(dict.fromkeys(map(SLUGS["words"] if form == "words" else to_slug, chosen)))
    written = post.find("categories")
    if written and isinstance(written.value, str) and "," in written.value:
        parted = {*names_in(written.value, "blanks")}
        names = (*(name for name in names if name not in parted), *written.value.split())
    return "/".join(dict.fromkeys(name.lower() for name in names))


def _category(post: Post, form: str, to_slug: Callable[[str], str]) -> str:
    """Return the first category; as a path, the last one with its parents, as Hexo reads nested lists."""
    names = post.values.get("categories") or ()
    written = post.find("categories") if form == "path" else None
    if written and isinstance(written.value, list):
        last = written.value[-1]
        names = last if isinstance(last, list) else [last] if any(isinstance(x, list) for x in written.value) else names
        return "/".join(to_slug(str(name)) for name in names)
    return next(map(to_slug, names), "")


def _author(post: Post, _form: str, to_slug: Callable[[str], str]) -> str | None:
    authors = post.values.get("authors")
    return to_slug(authors[0]["name"]) if authors else None


def _name(post: Post, form: str, to_slug: Callable[[str], str]) -> str:
    """Return the name of the file; `raw` is as it is, `slug` as a slug is written where paths are not."""
    return post.name if form == "raw" else (SLUGS["words"] if form == "words" else to_slug)(post.name)


def _path(post: Post, form: str, to_slug: Callable[[str], str]) -> str:
    if not form:
        return "/".join(map(to_slug, post.stem_path.split("/")))
    file = re.sub(r"(^|/)README$", r"\1index", post.file) if form in {"page", "file"} else post.file  # MkDocs
    if form == "file":
        return file
    if form == "stem":  # Eleventy's, with the name of an index
        return re.sub(r"(^|/)\d{4}-\d\d-\d\d-([^/]+)$", r"\1\2", file)
    path = re.sub(r"(?:^|/)index$", "", file)
    path = re.sub(r"(^|/)([^/]+)/\2$", r"\1\2", path) if form == "raw" else path  # Eleventy
    return _DATED_PATH.sub(r"\g<2>/\g<3>/\g<4>/\g<1>\g<5>", path, count=1) if form == "dated" else path


def _file(post: Post, form: str, _: Any) -> str:
    """Return the path below the folder of all posts; `flat` is Hexo's form of one that does not match its naming."""
    file = post.file.rpartition(f"{post.posts_folder}/" if post.posts_folder else "\0")[2]
    return SLUGS["hexo"](file) if form == "flat" else file


def _timestamp(post: Post, _form: str, _slug: Any) -> str | None:
    return str(int(post.day.timestamp())) if isinstance(post.day, datetime) else None


def _hash(post: Post, form: str, _: Any) -> str | None:
    """Return Hexo's hash of a post: of its slug and its time."""
    named = f"{post.values.get('slug')}{_timestamp(post, form, None)}"
    return sha1(named.encode(), usedforsecurity=False).hexdigest()[:12] if post.day else None


def _title(post: Post, form: str, to_slug: Callable[[str], str]) -> str | None:
    to_title = SLUGS["eleventy"] if form == "words" else to_slug
    title = str(post.values.get("written_title") or post.values.get("title") or "")  # with its HTML, as generators do
    title = title.replace("/", "-")  # a slash of a title divides no address
    found = to_title(title) if title else None
    return found.lower() if found and form == "lower" else found


def _home_page(post: Post, _form: str, _slug: Any) -> str | None:
    return post.home_page.rstrip("/") + "/" if post.home_page else None


def _host(post: Post, _form: str, _slug: Any) -> str | None:
    return split(post.home_page).hostname


_FORMS = {
    "webUrl": ("stem", "path", "folder"),
    "slug": ("raw", "own", "last", "words", "plus"),
    "name": ("words", "raw", "slug"),
    "title": ("words", "lower"),
    "file": ("flat",),
    "categories": ("raw", "words", "2"),
    "category": ("path",),
    "path": ("raw", "dated", "page", "file", "stem"),
    "folder": ("last", "0", "1:"),
}
_COUNTED = {"folder": _SLICE, "categories": re.compile(r"\d+")}
_OF_PATHS = {"stem", "name", "path", "folder", "section"}
_ADDRESSES = {None, "home_page", "host", "webUrl"}
_SAFE = "/:@!$&'()*+,;=~"
_TOKENS: dict[str, _Token] = {
    "home_page": _home_page,
    "host": _host,
    "date": _date,
    "slug": _slug,
    "title": _title,
    "webUrl": _web_url,
    "categories": _categories,
    "category": _category,
    "author": _author,
    "stem": lambda post, _, to_slug: to_slug(post.stem),
    "name": _name,
    "path": _path,
    "file": _file,
    "folder": _folder,
    "section": lambda post, _, to_slug: to_slug(post.folder.partition("/")[0]),
    "timestamp": _timestamp,
    "hash": _hash,
    "language": lambda post, _, __: post.values.get("language"),
}
