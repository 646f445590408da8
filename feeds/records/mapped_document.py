"""Read a post of another generator as a record: the same file, with the front matter that a record would have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import PurePosixPath
from typing import Any, Literal, NamedTuple

from feeds.diagnostics.problem import Problem, Route
from feeds.frontmatter.document import Document
from feeds.records.field_mapping import FieldMapping
from feeds.records.map_fields import MappedPost, map_post
from feeds.records.post import GitDates, Post
from feeds.records.summaries import without_heading
from feeds.records.template_tags import LANGUAGES, undo_tags

BodyMode = Literal["", "html", "summary", "raw", "none"]

_MARKDOWN = {".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdx", ".qmd", ".txt"}
_MARKUP = {".rst": "reStructuredText", ".adoc": "AsciiDoc", ".org": "Org", ".textile": "Textile"}


@dataclass(frozen=True)
class MappedTree:
    """Front matter as a record has it, whose values stand where the post has them."""

    text: str
    data: dict[str, Any]
    tree: Any
    origins: Mapping[str, Route]
    problems: tuple[()] = ()
    root: None = None

    def extent(self, route: Route, *, at_key: bool = False) -> tuple[int, int]:
        """Return the character offsets of the origin of a value, or of its key."""
        origin = self.origins.get(str(route[0])) if route else ()
        found: tuple[int, int] = self.tree.extent((*(origin or ()), *route[1:]), at_key=at_key)
        return found


class MappingContext(NamedTuple):
    """What all posts of a site share: the mapping, the home page, and how bodies go out."""

    mapping: FieldMapping
    home_page: str
    zone: tzinfo | None = None
    body: BodyMode = ""
    git: Mapping[str, GitDates] = {}


@dataclass(frozen=True)
class MappedDocument:
    """A post as a document that can be checked as a record, and what is to be said of the mapping itself."""

    document: Document
    origins: Mapping[str, Route] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def map_document(document: Document, path: str, context: MappingContext) -> MappedDocument:
    """Return a post as a record. `path` is relative to the folder of posts, with slashes."""
    mapping = context.mapping
    post = Post(
        path=path,
        data=document.data,
        body=document.body,
        home_page=context.home_page,
        zone=context.zone,
        has_any_case=mapping.preset.has_any_case,
        git=context.git,
    )
    mapped = map_post(post, mapping)
    tree: Any = MappedTree(document.tree.text, mapped.data, document.tree, mapped.origins)
    body, problems = _body(document, mapped, context)
    unknown = [_unknown_key(document, key) for key in mapped.unknown]
    return MappedDocument(replace(document, tree=tree, body=body), mapped.origins, (*unknown, *problems))


def _unknown_key(document: Document, key: str) -> Problem:
    message, remedy = f'unknown key "{key}"', f"ignored; begin it with x- to say that it is yours: x-{key}"
    return document.problem((key,), "unknown-key", message, remedy, at_key=True)


def _body(document: Document, mapped: MappedPost, context: MappingContext) -> tuple[str, list[Problem]]:
    """Return the body that goes out, and what keeps it from being rendered."""
    body = without_heading(document.body) if mapped.has_heading_as_title else document.body
    if context.body in {"none", "summary"}:
        return "", []
    suffix = PurePosixPath(document.path).suffix.lower()
    if suffix in _MARKUP:
        return "", [_unrendered(document, 0, _MARKUP[suffix])]
    language = context.mapping.preset.templates
    undone, left = undo_tags(body, language)
    if left is None or context.body == "raw":
        return undone, []
    tag = undone[left : left + 12]
    return "", [_unrendered(document, max(document.body.find(tag), 0), LANGUAGES[language].name)]


def _unrendered(document: Document, offset: int, name: str) -> Problem:
    message = f"{name} cannot be rendered here; the summary goes out in its place"
    remedy = 'set body = "raw" to publish bodies as they are, or body = "summary" to say that this is meant'
    return document.body_problem(offset, offset + 2, "unrendered-body", message, remedy)
