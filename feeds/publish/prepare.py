"""Lay ready every file that would not come out as it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.formats.format import Format
from feeds.model.selection import Selection
from feeds.parallel.executor import Executor
from feeds.planning.feeds import FeedPlan, plan_feeds
from feeds.publish.manifest import MANIFEST, ListedFeed, ListedFile, Manifest, parse_manifest
from feeds.publish.output_cache import Published
from feeds.publish.render_files import RenderedFile
from feeds.publish.rendering import Rendering, surroundings
from feeds.publish.site_files import is_of_others, site_files
from feeds.publish.stage import PreparedFile, Stager
from feeds.publish.target import Target
from feeds.publish.transaction import Transaction
from feeds.store.database import Output
from feeds.store.store import RecordStore
from feeds.text import counted


@dataclass(frozen=True, slots=True)
class StagedBuild:
    """Hold all files in order, what they make up, what was published before, and which of its files are gone.

    Those that are `left` as they are would be due, but somebody else has put them there. `cuts` say which feeds have
    fewer items than they may have, and why.
    """

    files: tuple[PreparedFile, ...]
    manifest: Manifest
    former: Manifest
    gone: tuple[str, ...]
    left: tuple[str, ...]
    cuts: tuple[str, ...]

    @property
    def objections(self) -> tuple[Problem, ...]:
        """Return what readers would object to in the files that change."""
        return tuple(problem for file in self.files for problem in file.objections)


def prepare(
    transaction: Transaction,
    store: RecordStore,
    config: Config,
    selection: Selection,
    now: datetime,
    executor: Executor,
) -> StagedBuild:
    """Render what is selected, and lay ready what changes; nothing is put in place yet."""
    transaction.begin_anew()
    former = parse_manifest(transaction.target.read(MANIFEST))
    published = Published(transaction.target, store.index, former)
    common = surroundings(store.queries, config, now)
    renderings = [Rendering(plan, config, common) for plan in plan_feeds(store.queries, config, selection, now)]
    preparation = _Preparation(config, published, Stager(transaction, published, store.context, executor))
    files, site = [*preparation.files(renderings)], [*preparation.site(renderings)]
    left = [file.name for file in site if file.has_changed and _is_of_others(transaction, file.name, former)]
    for name in left:
        transaction.unstage(name)
    files += [file for file in site if file.name not in left]
    listed = {file.name: ListedFile(file.sha256, file.feed) for file in files}
    gone = tuple(_gone(transaction.target, former, listed))
    manifest, cuts = Manifest(listed, preparation.feeds), tuple(preparation.cuts)
    return StagedBuild(tuple(files), manifest, former, gone, tuple(left), cuts)


class _Preparation:
    """Prepare the files of feeds.

    `feeds` is what the manifest says of those whose files are prepared, `cuts` what users are told of them.
    """

    def __init__(self, config: Config, published: Published, staging: Stager) -> None:
        self._config, self._published, self._staging = config, published, staging
        self._kinds = [FORMATS[name] for name in config.formats]
        self._short = [kind for kind in self._kinds if kind.role != "table"]
        self.feeds: dict[str, ListedFeed] = {}
        self.cuts: list[str] = []

    def files(self, renderings: Sequence[Rendering]) -> Iterator[PreparedFile]:
        """Yield every file, new archive documents last."""
        standing = {rendering.name: self._standing(rendering) for rendering in renderings}
        due = {each.name: each.documents() for each in renderings if standing[each.name] is None}
        rendered = self._staging.rendered((feed, self._short) for feed, *_ in due.values())
        older: list[FeedPlan] = []
        for rendering in renderings:
            items, fresh = standing[rendering.name], list[RenderedFile]()
            if items is None:
                (feed, *documents), fresh = self._fitted(rendering, due[rendering.name], next(rendered))
                items = feed.limit
                older.extend(documents)
            self.feeds[rendering.name] = rendering.listed_feed(items)
            self.cuts += self._cut(rendering, items)
            yield from self._files_of(rendering, items, fresh, is_part=rendering is not renderings[0])
            if not fresh:
                yield from (self._unchanged(name, rendering.name) for name in self._archives_of(rendering))
        yield from self._archives(older)

    def site(self, renderings: Sequence[Rendering]) -> Iterator[PreparedFile]:
        """Yield the files that show all feeds together."""
        yield from map(self._staging.site_file, site_files(renderings, self._config))

    def _standing(self, rendering: Rendering) -> int | None:
        """Return how many items subscribers get of a feed if it is known to come out as it is published."""
        known = [self._known(rendering, kind) for kind in self._short]
        items = min((file.items for file in known if file), default=rendering.plan.limit)
        archives = self._archives_of(rendering)
        has_all = not self._config.archives or items == rendering.total or archives
        return items if all(known) and has_all and all(map(self._published.is_whole, archives)) else None

    def _known(self, rendering: Rendering, kind: Format) -> Output | None:
        return self._published.made_of(kind.file_name(rendering.name), rendering.recipe(kind))

    def _archives_of(self, rendering: Rendering) -> list[str]:
        return self._published.archives_of(rendering.name) if self._config.archives else []

    def _fitted(
        self, rendering: Rendering, documents: list[FeedPlan], rendered: list[RenderedFile]
    ) -> tuple[list[FeedPlan], list[RenderedFile]]:
        """Return the documents of a feed with the first one rendered, of fewer items if it is too large."""
        most_bytes, fewest = self._config.max_bytes, max(1, rendering.plan.kept)
        while (size := self._size(rendered)) > most_bytes and documents[0].limit > fewest:
            fewer = min(documents[0].limit * most_bytes // size, documents[0].limit - 1)
            documents = rendering.documents(max(fewest, fewer))
            (rendered,) = self._staging.rendered([(documents[0], self._short)])
        return documents, rendered

    def _cut(self, rendering: Rendering, items: int) -> Iterator[str]:
        wanted = min(rendering.total, rendering.plan.limit)
        if items < wanted and not self._config.archives:  # with them, what is left out is not far
            left = counted(items, "item")
            yield f"{rendering.name} has {left}, not {wanted}: more would be larger than max_bytes"

    def _size(self, rendered: Sequence[RenderedFile]) -> int:
        files = zip(self._short, rendered, strict=True)
        return max((file.size for kind, file in files if kind.role == "subscription"), default=0)

    def _files_of(
        self, rendering: Rendering, items: int, fresh: list[RenderedFile], *, is_part: bool
    ) -> Iterator[PreparedFile]:
        made = dict(zip(self._short, fresh, strict=True)) if fresh else {}
        for kind in self._kinds:
            is_table = kind.role == "table"
            told = PreparedFile(
                kind.file_name(rendering.name),
                rendering.name,
                rendering.total if is_table else items,
                rendering.recipe(kind),
                is_feed=kind.role == "subscription",
                is_part=is_table and is_part,
            )
            known = self._known(rendering, kind)
            if known and kind not in made:
                yield replace(told, sha256=known.sha256)
            else:
                yield self._staging.kept(told, kind.media_type, made.get(kind) or self._staging.table(rendering, kind))

    def _archives(self, documents: Sequence[FeedPlan]) -> Iterator[PreparedFile]:
        """Yield the files of archive documents; one that is in place stays as it is for ever."""
        kinds = [kind for kind in self._kinds if kind.role == "subscription"]
        missing = [[kind for kind in kinds if not self._is_whole(document, kind)] for document in documents]
        rendered = self._staging.rendered((each, lost) for each, lost in zip(documents, missing, strict=True) if lost)
        for document, lost in zip(documents, missing, strict=True):
            made = dict(zip(lost, next(rendered), strict=True)) if lost else {}
            for kind in kinds:
                told = self._unchanged(kind.file_name(document.head.name), document.head.current)
                told = replace(told, items=document.limit)
                yield self._staging.kept(told, kind.media_type, made[kind]) if kind in made else told

    def _is_whole(self, document: FeedPlan, kind: Format) -> bool:
        return self._published.is_whole(kind.file_name(document.head.name))

    def _unchanged(self, name: str, feed: str) -> PreparedFile:
        return PreparedFile(name, feed, sha256=self._published.sha256(name))


def _is_of_others(transaction: Transaction, name: str, former: Manifest) -> bool:
    return is_of_others(transaction.target, name, former, transaction.staged(name).read_bytes())


def _gone(target: Target, former: Manifest, listed: Mapping[str, ListedFile]) -> Iterator[str]:
    """Yield the files of a former run that are no longer due, but none that somebody else has changed since."""
    for name, file in former.files.items():
        if name not in listed and target.has(name, file.sha256):
            yield name
