"""Validate posts of other generators as records, and report problems in terms of the post."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from feeds.diagnostics.problem import START, Problem, Route, problem_at
from feeds.diagnostics.wording import either, name_of
from feeds.frontmatter.document import Document
from feeds.installation import install_command
from feeds.locations import below
from feeds.records.posts.field_mapping import FIELDS, FieldMapping
from feeds.records.posts.mapped_document import MappedDocument, map_document
from feeds.records.posts.preset_keys import first_key
from feeds.records.posts.site_context import SiteContext
from feeds.records.redact import public_part
from feeds.records.release_dates import OWN, ReleaseDate, release_dates
from feeds.sources.exclusion import is_about_the_folder
from feeds.text import quoted
from feeds.validation.context import ValidationContext
from feeds.validation.post_keys import dates_that_hold_back, keys_that_hold_back, unknown_key
from feeds.validation.route import value_at
from feeds.validation.rules.date_rules import instant_of
from feeds.validation.rules.image_rules import image_problems, lost_image

_LIKE_NO_WORD = "|".join(field for field in FIELDS if not field.islower())
_QUOTED_OR_FIELD = re.compile(rf'"(?:[^"\\]|\\.)*"|\b(?:{_LIKE_NO_WORD})\b')
_INDEX_OF_A_POST = re.compile(r"(?:^|/)\d{4}-\d\d?-\d\d?-[^/]*/index\.[^/]*$", re.ASCII)
_ABOUT_HTML = {"html-in-excerpt", "html-entity", "double-escape"}
_NEEDED = ("title", "publishedDateTime", "webUrl")
_MADE = {"title": "the title", "publishedDateTime": "the date", "webUrl": "the link", "id": "the id"}
_ELSEWHERE = {
    ":filename": "a file name as in 2024-05-01-name.md",
    ":path": "a folder as in 2024/05/01",
    ":git": "the first commit of the file",
    ":h1": "a first line as in # Title",
}


class SourcePost(NamedTuple):
    """A post as written and as a record, its problems before that is validated, and dates that hold it back."""

    written: Document
    mapped: MappedDocument
    problems: tuple[Problem, ...] = ()
    is_page: bool = False
    dates: tuple[ReleaseDate, ...] = ()

    @property
    def document(self) -> Document:
        """Return the post as a document that can be checked as a record."""
        return self.mapped.document

    def names(self, field: str) -> bool:
        """Return whether the post sets a field; an id that the generator would make does not count."""
        return field != "id" or bool(self.mapped.origins.get("id"))

    def in_terms_of_post(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield problems of the record as problems of the post, which name the origins of fields."""
        for problem in problems:
            if not self._is_reported(problem):
                yield _in_words(problem, self.mapped.origins)

    def _is_reported(self, problem: Problem) -> bool:
        """Return whether a problem is reported elsewhere, or belongs to the configuration: an address on no site."""
        if problem.rule == "local-url":
            return str(value_at(self.document.data, problem.route)) not in self.written.tree.text
        if problem.rule in _ABOUT_HTML and problem.route == ("excerpt",):
            return not self.mapped.origins.get("excerpt")  # a body that speaks of HTML means what it says
        return problem.rule == "missing-key" and not problem.route


def read_post(document: Document, context: ValidationContext, site: SiteContext) -> SourcePost:
    """Return a document as a post, whose record lacks the values of secret keys."""
    mapping = site.mapping
    public = public_part(document.data, document.tree.text, context.config.secret)
    written = document if public == document.data else document._replace(tree=document.tree.with_data(public))
    mapped = map_document(written, _path_below(document.path, context), site)
    if _is_page(written, mapped, mapping):
        return SourcePost(written, mapped, (_page(written, mapping),), is_page=True)
    dates = _dates(written, mapped, context)
    held = [*keys_that_hold_back(written, mapping)]
    if held:
        mapped.document.data["published"] = False
    if not mapping.passes_through:  # else they are reported for the record
        own, route = (found.get("publishedDateTime") for found in (mapped.document.data, mapped.origins))
        held += dates_that_hold_back(written, dates, instant_of(own, context), name_of(route) if route else "date")
    lost = [*_lost_images(written, mapped, mapping)]
    reported = {problem.route for problem in held} | {(date.key,) for date in dates}
    unknown = [unknown_key(written, key, mapping) for key in mapped.unknown if (key,) not in reported]
    left_out = (*_unfilled(written, mapped, mapping), *_unrendered(written, mapped))
    problems = (*held, *lost, *_missing(written, mapped, mapping, context), *left_out, *unknown)
    return SourcePost(written, mapped, problems, dates=dates)


def _lost_images(document: Document, mapped: MappedDocument, mapping: FieldMapping) -> Iterator[Problem]:
    """Yield the problems of images whose address only the generator knows; that of the front matter is left out."""
    preset = mapping.preset
    if preset.images == "unknown":
        yield from image_problems(document, mapped, preset)
        if lost_image(document.data, mapped.origins, preset):
            mapped.document.data.pop("images", None)


def _dates(document: Document, mapped: MappedDocument, context: ValidationContext) -> tuple[ReleaseDate, ...]:
    """Return the dates that limit the publication of a post, except for those that became fields."""
    read = {mapped.origins[name][0] for name in OWN if mapped.origins.get(name)}
    return release_dates(document.data, context.config.zone, read)


def _path_below(path: str, context: ValidationContext) -> str:
    """Return a path relative to the folder of posts, if it is there."""
    source = context.config.source
    name = below(path, source)
    is_below = (name != path or source == Path()) and not name.startswith("/")
    return name if is_below or not isinstance(source, Path) else PurePosixPath(path).name


def _is_page(document: Document, mapped: MappedDocument, mapping: FieldMapping) -> bool:
    if not document.data and is_about_the_folder(document.path) and not _INDEX_OF_A_POST.search(document.path):
        return True
    return mapping.preset.needs_date and not mapped.document.data.get("publishedDateTime")


def _page(document: Document, mapping: FieldMapping) -> Problem:
    message = "the file has no date, so it is taken for a page and not for a post"
    return problem_at(document.path, START, "not-a-record", message, _origins_in_words("publishedDateTime", mapping))


def _missing(
    document: Document, mapped: MappedDocument, mapping: FieldMapping, context: ValidationContext
) -> Iterator[Problem]:
    data = mapped.document.data
    for name in _NEEDED:
        is_missing = not data.get(name)
        if is_missing and name == "webUrl":  # perhaps only because the date is, or is none
            is_missing = not data.get("originalUrl") and bool(instant_of(data.get("publishedDateTime"), context))
        if is_missing:
            message = f"{_MADE[name].removeprefix('the ')} is missing"
            remedy = _origins_in_words(name, mapping)
            texts = mapping.texts.get(name, ())
            if name == "publishedDateTime" and ":git" in texts:  # Hexo takes the time of the file
                message += "; the time of the file is not taken, as each copy of the file has another"
                remedy += f"; write {first_key(texts) or 'date'}: 2024-05-01 08:30:00, or commit the file"
            yield document.problem((), "missing-key", message, remedy)


def _origins_in_words(field: str, mapping: FieldMapping) -> str:
    """Return in words where the generator takes a field from."""
    texts = mapping.texts.get(field) or (field,)
    keys = [text.lstrip("!") for text in texts if not text.startswith(":") and "{" not in text]
    keys += [key for text in texts for key in re.findall(r"\{data\.([^{}:!]+)", text)]
    named = [f"the key {key}" for key in keys[:3]]
    ways = [*named, *(_ELSEWHERE[text] for text in texts if text in _ELSEWHERE)]
    return f"{_MADE[field]} of a post comes from {either(ways)}" if ways else "set the pattern under [fields]"


def _unfilled(document: Document, mapped: MappedDocument, mapping: FieldMapping) -> Iterator[Problem]:
    """Yield a problem for the address of a page that is a template which only the generator can fill in."""
    for key in mapping.texts.get("webUrl", ()):
        route = tuple(key.split("."))
        value = value_at(document.data, route)
        if isinstance(value, str) and re.search(r"\{[{%]", value) and not mapped.origins.get("webUrl"):
            message = f"{key} is a template that cannot be filled in here; the address is made of the file name"
            yield document.problem(route, "source-link", message, "write the address of the page")


def _unrendered(document: Document, mapped: MappedDocument) -> Iterator[Problem]:
    for start, what in mapped.lost:
        message = f"a directive that is left out: {quoted(what)}"
        yield document.body_problem(start, start + len(what), "dropped-html", message, "say it with text or a link")
    if not mapped.unrendered:
        return
    start, name = mapped.unrendered
    message = f"{name} cannot be rendered here; the summary goes out in its place"
    remedy = 'body = "raw" publishes bodies as they are, body = "summary" says that this is meant'
    if name == "reStructuredText":
        message = "reStructuredText needs another package; the summary goes out in its place"
        remedy = install_command("rst")
    yield document.body_problem(start, start + 1, "unrendered-body", message, remedy)


def _in_words(problem: Problem, origins: Mapping[str, Route]) -> Problem:
    """Return a problem of a record with the names of fields replaced by their origins in the post."""
    own = str(problem.route[0]) if problem.route else ""
    names = {field: name_of(origins[field]) if origins.get(field) else _MADE.get(field, field) for field in FIELDS}

    def named(match: re.Match[str]) -> str:
        field = match[0].strip('"')
        is_meant = field in names and (field == own or not field.islower())
        return match[0].replace(field, names[field]) if is_meant else match[0]

    message, remedy = (_QUOTED_OR_FIELD.sub(named, text) for text in (problem.message, problem.remedy))
    if own == "publishedDateTime" and not origins.get(own):
        message = f"the date of the file or its folder: {message}"
        remedy = "rename it, or write the date into the front matter"
    if own in names and re.match(rf"{own}\b", problem.message):
        message = names[own] + message.removeprefix(own) if own.islower() else message
    origin = origins.get(own)
    route = (*origin, *problem.route[1:]) if origin else problem.route
    return problem._replace(message=message, remedy=remedy, route=route)
