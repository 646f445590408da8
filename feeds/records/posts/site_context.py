"""What all posts of a site share."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import NamedTuple

from feeds.config.settings import BodyMode
from feeds.records.posts.field_mapping import FieldMapping
from feeds.records.posts.post import GitDates


class SiteContext(NamedTuple):
    """The mapping of a site, its home page, and how the bodies of its posts are published."""

    mapping: FieldMapping
    home_page: str
    zone: tzinfo | None
    body: BodyMode
    git: Mapping[str, GitDates]
    language: str
    attachments: tuple[str, ...]
    has_emoji: bool
