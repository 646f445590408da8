"""Render the files of one feed onto the stage, and look at them as readers would."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.formats.item_of_record import feed_of_records
from feeds.lint import OF_OUR_INPUT, lint
from feeds.model.channel import Channel
from feeds.publish.target import telling
from feeds.secrets.item_ids import item_ids
from feeds.validation.context import ValidationContext


class OrderedFile(NamedTuple):
    """Ask for a file; `place` is where it is going to lie, `published` the SHA-256 of what lies there now."""

    format_name: str
    staged: Path
    place: str
    published: str


class Order(NamedTuple):
    """Ask for a feed in some formats."""

    feed: Channel
    files: tuple[OrderedFile, ...]


class RenderedFile(NamedTuple):
    """Tell of a file on the stage: the SHA-256 of its bytes, how many, what readers object to, and its items' ids.

    Of one that is as published nothing is told that was told before.
    """

    sha256: str
    size: int
    objections: tuple[Problem, ...] = ()
    ids: frozenset[str] = frozenset()


def render_files(order: Order, context: ValidationContext) -> list[RenderedFile]:  # noqa: ARG001 - shape of work that is spread
    """Write a feed's files, which may be done in any process. Raises CouldNotRunError when the disk refuses."""
    return [_render(order.feed, file) for file in order.files]


def _render(feed: Channel, file: OrderedFile) -> RenderedFile:
    kind = FORMATS[file.format_name]
    content = b"".join(kind.render(feed_of_records(feed, kind)))
    with telling(Path(file.place)):
        file.staged.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 == file.published:
        return RenderedFile(sha256, len(content))
    ids = frozenset(item_ids(file.staged.name, BytesIO(content)))
    return RenderedFile(sha256, len(content), tuple(lint(file.place, content, OF_OUR_INPUT)), ids)
