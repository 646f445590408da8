"""Present a post of another generator as a document with the front matter of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from feeds.diagnostics.positions import line_start, locate
from feeds.diagnostics.problem import Route
from feeds.frontmatter.document import Document
from feeds.records.bodies.summaries import first_paragraph, without_heading
from feeds.records.posts.map_post import map_post
from feeds.records.posts.media_values import media_folder
from feeds.records.posts.post import Post
from feeds.records.posts.post_body import read_post_body
from feeds.records.posts.preset import Preset
from feeds.records.posts.site_context import SiteContext


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


class MappedDocument(NamedTuple):
    """A post as a document that can be checked as a record.

    `unknown` are keys without a meaning; `unrendered` is the offset in the post's body of the first markup that cannot
    be rendered here, and its name. `lost` are the offsets of parts that are left out, and how they begin.
    """

    document: Document
    origins: Mapping[str, Route]
    unknown: tuple[str, ...]
    unrendered: tuple[int, str] | None
    lost: tuple[tuple[int, str], ...]


def map_document(document: Document, path: str, site: SiteContext) -> MappedDocument:
    """Return a post as a record; `path` is relative to the folder of posts, with slashes."""
    folder = media_folder(document.data, site.mapping.preset)
    markdown = site.mapping.preset.markdown
    body = read_post_body(document, path, folder, site)
    mapped = map_post(_post(document, path, body.readable, folder, site), site.mapping)
    if body.unrendered and not mapped.data.get("excerpt") and (text := first_paragraph(body.readable, markdown)):
        mapped.data["excerpt"] = text
    if site.body == "none":
        mapped.data.pop("excerpt", None)
    tree: Any = MappedTree(document.tree.text, mapped.data, document.tree, mapped.origins)
    if site.body in {"none", "summary"}:
        body = body._replace(published="", unrendered=None, lost=())
    record = document._replace(tree=tree, body=body.published, is_rendered=body.is_html, markdown=markdown)
    record = _without_heading(record) if mapped.has_heading_as_title and body.published else record
    return MappedDocument(record, mapped.origins, mapped.unknown, body.unrendered, body.lost)


def _post(document: Document, path: str, body: str, folder: str, site: SiteContext) -> Post:
    preset = site.mapping.preset
    return Post(
        path=path,
        data=document.data,
        body=body,
        markdown=preset.markdown,
        front_matter=document.tree.text,
        home_page=site.home_page,
        zone=site.zone,
        has_any_case=preset.has_any_case,
        posts_folder=preset.posts_folder,
        language=site.language.lower() if preset.has_bundles else "",
        git=site.git,
        media_folder=folder,
        attachments=site.attachments,
        static_folder=preset.static_folder,
        has_rooted_images=preset.has_rooted_images and not _is_bundle(path, preset),
    )


def _is_bundle(path: str, preset: Preset) -> bool:
    """Return whether files may lie beside a post, where its page is too."""
    return preset.has_bundles and path.rpartition("/")[2].startswith("index.")


def _without_heading(document: Document) -> Document:
    """Return a document without the heading of its body that repeats the title."""
    body = without_heading(document.body)
    removed = document.body[: len(document.body) - len(body)].count("\n")
    first_line = locate(document.text, document.body_start)[0]
    start = line_start(document.text, first_line + removed) if removed else document.body_start
    return document._replace(body=body, body_start=start)
