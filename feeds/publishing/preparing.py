"""Lay ready every file that would not come out as it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from feeds.checking.spreading import Spread
from feeds.config import Config
from feeds.formats import FORMATS
from feeds.formats.format import Format
from feeds.problem import Problem
from feeds.publishing.feed_files import Order, OrderedFile, RenderedFile, render_files
from feeds.publishing.index.database import Output
from feeds.publishing.leak.unpublished import item_ids
from feeds.publishing.lint import MAX_BYTES, lint
from feeds.publishing.manifest import MANIFEST, ListedFile, Manifest, parse_manifest
from feeds.publishing.outlet import Outlet
from feeds.publishing.planning import plan_feeds
from feeds.publishing.publication import Publication
from feeds.publishing.rendering import Rendering, surroundings
from feeds.publishing.stock import Stock
from feeds.selection import Selection


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """Say what happens to one file of the output: its items, and whether its bytes change.

    `objections` are what readers would object to in it, and `ids` those of its items, if it does change.
    """

    name: str
    url: str
    items: int
    recipe: bytes
    sha256: str = ""
    has_changed: bool = False
    objections: tuple[Problem, ...] = ()
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold all files in order, what they make up, what was published before, and which of its files are gone."""

    files: tuple[PreparedFile, ...]
    manifest: Manifest
    former: Manifest
    gone: tuple[str, ...]

    @property
    def objections(self) -> tuple[Problem, ...]:
        """Return what readers would object to in the files that change."""
        return tuple(problem for file in self.files for problem in file.objections)


def prepare(
    publication: Publication, stock: Stock, config: Config, selection: Selection, now: datetime, spread: Spread
) -> Prepared:
    """Render what is selected, and lay ready what changes; nothing is put in place yet."""
    publication.begin_anew()
    former = parse_manifest(publication.outlet.read(MANIFEST))
    common = surroundings(stock.shelf, config)
    renderings = [Rendering(plan, config, common) for plan in plan_feeds(stock.shelf, config, selection, now)]
    feeds = {rendering.name: rendering.listed_feed() for rendering in renderings}
    files, listed = [], {}
    for rendering, file in _Preparation(publication, stock, config, former).files(renderings, spread):
        files.append(file)
        listed[file.name] = ListedFile(file.sha256, rendering.name)
    gone = tuple(_gone(publication.outlet, former, listed))
    return Prepared(tuple(files), Manifest(listed, feeds), former, gone)


class _Preparation:
    """Prepare the files of renderings, those for subscribers in any process, tables of everything here."""

    def __init__(self, publication: Publication, stock: Stock, config: Config, former: Manifest) -> None:
        self._publication, self._stock, self._former = publication, stock, former
        self._kinds = [FORMATS[name] for name in config.formats]
        self._for_subscribers = [kind for kind in self._kinds if kind.role != "table"]

    def files(self, renderings: Sequence[Rendering], spread: Spread) -> Iterator[tuple[Rendering, PreparedFile]]:
        """Yield every file with its rendering; while one is dealt with, those after it are being rendered."""
        due = {rendering.name: rendering for rendering in renderings if not self._is_known(rendering)}
        rendered = spread(map(self._order, due.values()), render_files, self._stock.policy)
        for rendering in renderings:
            fresh = dict(zip(self._for_subscribers, next(rendered), strict=True)) if rendering.name in due else {}
            for kind in self._kinds:
                file = self._table(rendering, kind) if kind.role == "table" else fresh.get(kind)
                yield rendering, self._dealt_with(rendering, kind, file)

    def _is_known(self, rendering: Rendering) -> bool:
        return all(self._known(rendering, kind) for kind in self._for_subscribers)

    def _known(self, rendering: Rendering, kind: Format) -> str:
        """Return the SHA-256 of a published file that would come out as it is, if that is known beforehand."""
        place = self._publication.outlet.place(rendering.file_name(kind))
        known, mark = self._stock.index.output(place), self._publication.outlet.mark(rendering.file_name(kind))
        return known.sha256 if known and mark and known == Output(rendering.recipe(kind), mark, known.sha256) else ""

    def _order(self, rendering: Rendering) -> Order:
        names = ((kind, rendering.file_name(kind)) for kind in self._for_subscribers)
        return Order(rendering.feed(), tuple(OrderedFile(kind.name, *self._places(name)) for kind, name in names))

    def _places(self, name: str) -> tuple[Path, str, str]:
        listed = self._former.files.get(name)
        return self._publication.room_for(name), self._publication.outlet.place(name), listed.sha256 if listed else ""

    def _table(self, rendering: Rendering, kind: Format) -> RenderedFile | None:
        if self._known(rendering, kind):
            return None
        name = rendering.file_name(kind)
        staged, place, published = self._places(name)
        sha256 = self._publication.lay_ready(name, rendering.table(), kind.media_type)
        if sha256 == published:
            return RenderedFile(sha256)
        objections = [] if rendering.has_only_plain_lines() else lint(place, _beginning(staged))
        return RenderedFile(sha256, tuple(objections), frozenset(item_ids(staged)))

    def _dealt_with(self, rendering: Rendering, kind: Format, file: RenderedFile | None) -> PreparedFile:
        """Leave a file on the stage only if it differs from what is published; none is as it is known to be."""
        name = rendering.file_name(kind)
        told = PreparedFile(name, rendering.url(kind), rendering.count(kind), rendering.recipe(kind))
        if file is None:
            return replace(told, sha256=self._known(rendering, kind))
        self._publication.accept(name, kind.media_type)
        if self._publication.is_as_published(name):
            self._publication.put_back(name)
            return replace(told, sha256=file.sha256)
        return replace(told, sha256=file.sha256, has_changed=True, objections=file.objections, ids=file.ids)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _gone(outlet: Outlet, former: Manifest, listed: Mapping[str, ListedFile]) -> Iterator[str]:
    """Yield the files of a former run that are no longer due, but none that somebody else has changed since."""
    for name, file in former.files.items():
        if name not in listed and outlet.has(name, file.sha256):
            yield name
