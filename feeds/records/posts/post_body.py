"""Read the body of a post: what of its markup readers can show, with addresses on the site."""

from posixpath import splitext
from typing import NamedTuple

from feeds.frontmatter.document import Document
from feeds.frontmatter.written_offset import written_offset
from feeds.markup.containers import plain_containers
from feeds.records.bodies.emoji_codes import with_emoji
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
from feeds.records.bodies.template_languages import LANGUAGES
from feeds.records.bodies.template_tags import undo_tags, without_tags, without_unseen
from feeds.records.posts.site_context import SiteContext
from feeds.urls import split

_MARKUP = {
    ".rst": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org",
    ".textile": "Textile",
}
_LANGUAGES = {".mdx": "mdx", ".qmd": "quarto"}


class PostBody(NamedTuple):
    """The published part of a body, the text for titles and summaries, and what cannot be rendered."""

    published: str
    readable: str
    is_html: bool = False
    unrendered: tuple[int, str] | None = None
    lost: tuple[tuple[int, str], ...] = ()


def read_post_body(document: Document, path: str, folder: str, site: SiteContext) -> PostBody:
    """Return the body of a post; `path` is relative to the folder of posts, and `folder` has its relative images."""
    body = _body_of(document, path, folder, site)
    if site.has_emoji:
        body = body._replace(published=with_emoji(body.published), readable=with_emoji(body.readable))
    if not site.mapping.preset.has_typed_links:
        return body
    published = undo_pelican_links(body.published, path, site.home_page)
    return body._replace(published=published, readable=undo_pelican_links(body.readable, path, site.home_page))


def _body_of(document: Document, path: str, folder: str, site: SiteContext) -> PostBody:
    body, suffix, preset = document.body, splitext(document.path)[1].lower(), site.mapping.preset
    is_html = document.has_html_body
    if suffix in _MARKUP:
        return _other_markup(body, suffix, site)
    language = _language(document, suffix, preset.templates)
    body = without_unseen(body, language)
    dialect = () if is_html or not language else LANGUAGES[language].containers
    if language == "obsidian":
        body = undo_embeds(body, site.attachments, site.home_page)
    body = of_static_folder(body, preset.static_folder, site.home_page)
    if preset.has_links_below_home and not is_html:
        body = below_home_page(body, site.home_page)
    if folder:
        body = resolve_images(body, f"{folder}/", site.home_page)
    elif preset.images == "source":
        body = _with_files(body, path, site)
    plain = plain_containers(body, dialect)
    undone, left = undo_tags(plain, language, split(site.home_page).path.rstrip("/"), is_html=is_html)
    if left is None:
        return PostBody(undone, undone)
    readable = without_tags(plain, language, is_html=is_html)
    if site.body == "raw":
        return PostBody(undone, readable)
    return PostBody("", readable, unrendered=(_offset(document.body, undone, left), LANGUAGES[language].name))


def _with_files(body: str, path: str, site: SiteContext) -> str:
    """Return a body of MkDocs with the addresses of files; its blog moves those in `posts/` to the folder above."""
    pattern = site.mapping.texts["webUrl"][-1].removeprefix("{home_page}")
    base = pattern.partition("{")[0].rpartition("/")[0]
    base += "/" if base else ""
    ending = ".html" if pattern.endswith(".html") else "/"
    if "{path}" in pattern:
        return resolve_files(body, base + path, site.home_page, ("", ""), ending)
    posts = f"{base}posts/"
    path = path if path.startswith(posts) else posts + path
    return resolve_files(body, path, site.home_page, (posts, base), ending)


def _offset(body: str, undone: str, left: int) -> int:
    """Return where the tag that is at an offset of a changed body begins in the body as written."""
    found = body.find(undone[left : left + 12].partition("\n")[0])
    return found if found >= 0 else written_offset(body, undone, left)


def _language(document: Document, suffix: str, usual: str) -> str:
    """Return the template language of a body."""
    known = LANGUAGES.get(usual)
    others = (name for key, value, name in known.unless if document.data.get(key) == value) if known else iter(())
    return next(others, _LANGUAGES.get(suffix, usual))


def _other_markup(body: str, suffix: str, site: SiteContext) -> PostBody:
    rendered = render_rst(body) if suffix == ".rst" and body else None
    html = undo_tags(rendered.html, site.mapping.preset.templates, is_html=True)[0] if rendered else ""
    if site.body == "raw":
        return PostBody(body, html or without_comments(body, suffix))
    if rendered:
        return PostBody(html, html, is_html=True, lost=rendered.lost)
    readable = without_comments(body, suffix)
    return PostBody("", readable, unrendered=(0, _MARKUP[suffix]) if body else None)
