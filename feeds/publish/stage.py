"""Lay files ready, and keep of them what differs from what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from feeds.diagnostics.problem import Problem
from feeds.formats.format import Format
from feeds.lint import MAX_BYTES, OF_OUR_INPUT, lint
from feeds.planning.feeds import FeedPlan
from feeds.publish.output_cache import Published
from feeds.publish.render_files import Order, OrderedFile, RenderedFile, render_files
from feeds.publish.rendering import Rendering, loaded
from feeds.publish.site_files import SiteFile
from feeds.publish.transaction import Transaction
from feeds.validation.context import ValidationContext
from feeds.validation.executor import Executor


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """Say what happens to one file of the output: its feed and its items, if it has any, and whether its bytes change.

    One that `is_feed` is what people subscribe to. If its bytes change, `objections` are what readers would object to,
    and `ids` those of its items, which are not told of a table. All that is in a file that `is_part` is in another one
    too.
    """

    name: str
    feed: str
    items: int | None = None
    recipe: bytes = b""
    sha256: str = ""
    has_changed: bool = False
    is_feed: bool = False
    is_part: bool = False
    objections: tuple[Problem, ...] = ()
    ids: frozenset[str] = frozenset()


class Stager:
    """Put files on the stage of a publication: feeds in any process, as `spread` has it, tables here."""

    def __init__(
        self, transaction: Transaction, published: Published, context: ValidationContext, executor: Executor
    ) -> None:
        self._publication, self._published, self._policy, self._spread = transaction, published, context, executor

    def rendered(self, wanted: Iterable[tuple[FeedPlan, Sequence[Format]]]) -> Iterator[list[RenderedFile]]:
        """Yield what came of each feed in some formats; those after it are being rendered meanwhile."""
        orders = (Order(loaded(feed), tuple(self._ordered(feed, kind) for kind in kinds)) for feed, kinds in wanted)
        return self._spread(orders, render_files, self._policy)

    def table(self, rendering: Rendering, kind: Format) -> RenderedFile:
        """Put a table of everything on the stage, line by line."""
        name = kind.file_name(rendering.name)
        sha256 = self._publication.stage(name, rendering.table(), kind.media_type)
        staged = self._publication.staged(name)
        size = staged.stat().st_size
        if sha256 == self._published.sha256(name):
            return RenderedFile(sha256, size)
        is_right = rendering.has_only_plain_lines()
        objections = [] if is_right else lint(self._published.place(name), _beginning(staged), OF_OUR_INPUT)
        return RenderedFile(sha256, size, tuple(objections))

    def site_file(self, due: SiteFile) -> PreparedFile:
        """Put a file of the site on the stage, unless it is known to come out as it is published."""
        told, known = PreparedFile(due.name, "", recipe=due.recipe), self._published.made_of(due.name, due.recipe)
        if known:
            return replace(told, sha256=known.sha256)
        content = due.content()
        sha256 = self._publication.stage(due.name, [content], due.media_type)
        objections = tuple(lint(self._published.place(due.name), content, OF_OUR_INPUT))
        return self.kept(told, due.media_type, RenderedFile(sha256, len(content), objections))

    def kept(self, told: PreparedFile, media_type: str, file: RenderedFile) -> PreparedFile:
        """Return what happens to a file on the stage, which is left there only if it differs from what is published."""
        self._publication.accept(told.name, media_type)
        if self._publication.is_as_published(told.name):
            self._publication.unstage(told.name)
            return replace(told, sha256=file.sha256)
        return replace(told, sha256=file.sha256, has_changed=True, objections=file.objections, ids=file.ids)

    def _ordered(self, feed: FeedPlan, kind: Format) -> OrderedFile:
        name = kind.file_name(feed.head.name)
        staged = self._publication.room_for(name)
        return OrderedFile(kind.name, staged, self._published.place(name), self._published.sha256(name))


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
