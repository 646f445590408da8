"""Present a post of another generator as a document with the front matter of a record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from posixpath import splitext
from typing import Any, NamedTuple

from feeds.config.settings import BodyMode
from feeds.diagnostics.positions import line_start, locate
from feeds.diagnostics.problem import Route
from feeds.frontmatter.document import Document
from feeds.frontmatter.written_offset import written_offset
from feeds.markup.containers import plain_containers
from feeds.records.bodies.hidden_tags import without_comments
from feeds.records.bodies.pelican_links import undo_pelican_links
from feeds.records.bodies.rst_body import render_rst
from feeds.records.bodies.source_images import (
    below_home_page,
    of_static_folder,
    resolve_files,
    resolve_images,
    undo_embeds,
)
from feeds.records.bodies.summaries import first_paragraph, without_heading
from feeds.records.bodies.template_languages import LANGUAGES
from feeds.records.bodies.template_tags import undo_tags, without_tags, without_unseen
from feeds.records.posts.field_mapping import FieldMapping
from feeds.records.posts.map_post import map_post
from feeds.records.posts.media_values import media_folder
from feeds.records.posts.post import GitDates, Post
from feeds.records.posts.preset import Preset

_MARKUP = {
    ".rst": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org",
    ".textile": "Textile",
}
_LANGUAGES = {".mdx": "mdx", ".qmd": "quarto"}


class MappedTree(NamedTuple):
    """The front matter of a record, with the positions of the post's values."""

    text: str
    data: dict[str, Any]
    tree: Any
    origins: Mapping[str, Route]
    problems: tuple[()] = ()
    root: None = None

    def extent(self, route: Route, *, at_key: bool = False) -> tuple[int, int]:
        """Return the extent of the origin of a value, or of its key."""
        origin = self.origins.get(str(route[0])) if route else ()
        found: tuple[int, int] = self.tree.extent((*(origin or ()), *route[1:]), at_key=at_key)
        return found

    def with_data(self, data: dict[str, Any]) -> MappedTree:
        """Return a tree with other data; values keep the positions of their routes."""
        return self._replace(data=data)


class MappingContext(NamedTuple):
    """What all posts of a site share: the mapping, the home page, and how bodies are published."""

    mapping: FieldMapping
    home_page: str
    zone: tzinfo | None = None
    body: BodyMode = ""
    git: Mapping[str, GitDates] = {}
    language: str = ""
    attachments: tuple[str, ...] = ()


class MappedDocument(NamedTuple):
    """A post as a document that can be checked as a record.

    `unknown` are keys without a meaning; `unrendered` is the offset in the post's body of the first markup that cannot
    be rendered here, and its name. `lost` are the offsets of parts that are left out, and how they begin.
    """

    document: Document
    origins: Mapping[str, Route]
    unknown: tuple[str, ...] = ()
    unrendered: tuple[int, str] | None = None
    lost: tuple[tuple[int, str], ...] = ()


class _Body(NamedTuple):
    """The published part of a body, the text for titles and summaries, and what cannot be rendered."""

    published: str
    readable: str
    is_html: bool = False
    unrendered: tuple[int, str] | None = None
    lost: tuple[tuple[int, str], ...] = ()


def map_document(document: Document, path: str, context: MappingContext) -> MappedDocument:
    """Return a post as a record; `path` is relative to the folder of posts, with slashes."""
    mapping, body = context.mapping, _body_of(document, path, context)
    if mapping.preset.has_typed_links:
        undone = [undo_pelican_links(text, path, context.home_page) for text in (body.published, body.readable)]
        body = body._replace(published=undone[0], readable=undone[1])
    post = Post(
        path=path,
        data=document.data,
        body=body.readable,
        home_page=context.home_page,
        zone=context.zone,
        has_any_case=mapping.preset.has_any_case,
        posts_folder=mapping.preset.posts_folder,
        language=context.language.lower() if mapping.preset.has_bundles else "",
        git=context.git,
        media_folder=media_folder(document.data, mapping.preset),
        attachments=context.attachments,
        static_folder=mapping.preset.static_folder,
        has_rooted_images=mapping.preset.has_rooted_images and not _is_bundle(path, mapping.preset),
    )
    mapped = map_post(post, mapping)
    if body.unrendered and not mapped.data.get("excerpt") and (summary := first_paragraph(body.readable)):
        mapped.data["excerpt"] = summary
    if context.body == "none":
        mapped.data.pop("excerpt", None)
    tree: Any = MappedTree(document.tree.text, mapped.data, document.tree, mapped.origins)
    if context.body in {"none", "summary"}:
        body = body._replace(published="", unrendered=None, lost=())
    record = document._replace(tree=tree, body=body.published, is_rendered=body.is_html)
    record = _without_heading(record) if mapped.has_heading_as_title and body.published else record
    return MappedDocument(record, mapped.origins, mapped.unknown, body.unrendered, body.lost)


def _is_bundle(path: str, preset: Preset) -> bool:
    """Return whether files may lie beside a post, where its page is too."""
    return preset.has_bundles and path.rpartition("/")[2].startswith("index.")


def _with_files(body: str, path: str, context: MappingContext) -> str:
    """Return a body of MkDocs with the addresses of files; its blog moves those in `posts/` to the folder above."""
    pattern = context.mapping.texts["webUrl"][-1].removeprefix("{home_page}")
    base = pattern.partition("{")[0].rpartition("/")[0]
    base += "/" if base else ""
    ending = ".html" if pattern.endswith(".html") else "/"
    if "{path}" in pattern:
        return resolve_files(body, base + path, context.home_page, ("", ""), ending)
    posts = f"{base}posts/"
    path = path if path.startswith(posts) else posts + path
    return resolve_files(body, path, context.home_page, (posts, base), ending)


def _without_heading(document: Document) -> Document:
    """Return a document without the heading of its body that repeats the title."""
    body = without_heading(document.body)
    removed = document.body[: len(document.body) - len(body)].count("\n")
    first_line = locate(document.text, document.body_start)[0]
    start = line_start(document.text, first_line + removed) if removed else document.body_start
    return document._replace(body=body, body_start=start)


def _body_of(document: Document, path: str, context: MappingContext) -> _Body:
    body, suffix = document.body, splitext(document.path)[1].lower()
    if suffix in _MARKUP:
        return _other_markup(body, suffix, context)
    language = _language(document, suffix, context.mapping.preset.templates)
    body = without_unseen(body, language)
    dialect = () if document.has_html_body or not language else LANGUAGES[language].containers
    if language == "obsidian":
        body = undo_embeds(body, context.attachments, context.home_page)
    body = of_static_folder(body, context.mapping.preset.static_folder, context.home_page)
    if context.mapping.preset.has_links_below_home and not document.has_html_body:
        body = below_home_page(body, context.home_page)
    folder = media_folder(document.data, context.mapping.preset)
    if folder:
        body = resolve_images(body, f"{folder}/", context.home_page)
    elif context.mapping.preset.images == "source":
        body = _with_files(body, path, context)
    plain = plain_containers(body, dialect)
    undone, left = undo_tags(plain, language)
    if left is None:
        return _Body(undone, undone)
    readable = without_tags(plain, language)
    if context.body == "raw":
        return _Body(undone, readable)
    return _Body("", readable, unrendered=(_offset(body, undone, left), LANGUAGES[language].name))


def _offset(body: str, undone: str, left: int) -> int:
    """Return where the tag that is at an offset of a changed body begins in the body as written."""
    found = body.find(undone[left : left + 12].partition("\n")[0])
    return found if found >= 0 else written_offset(body, undone, left)


def _language(document: Document, suffix: str, usual: str) -> str:
    """Return the template language of a body."""
    known = LANGUAGES.get(usual)
    others = (name for key, value, name in known.unless if document.data.get(key) == value) if known else iter(())
    return next(others, _LANGUAGES.get(suffix, usual))


def _other_markup(body: str, suffix: str, context: MappingContext) -> _Body:
    rendered = render_rst(body) if suffix == ".rst" and body else None
    html = undo_tags(rendered.html, context.mapping.preset.templates)[0] if rendered else ""
    if context.body == "raw":
        return _Body(body, html or without_comments(body, suffix))
    if rendered:
        return _Body(html, html, is_html=True, lost=rendered.lost)
    readable = without_comments(body, suffix)
    return _Body("", readable, unrendered=(0, _MARKUP[suffix]) if body else None)
