"""Lay ready every file that would not come out as it is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from feeds.config import Config
from feeds.formats import FORMATS
from feeds.formats.format import Format
from feeds.problem import Problem
from feeds.publishing.due_file import DueFile
from feeds.publishing.index.database import Output
from feeds.publishing.lint import MAX_BYTES, lint
from feeds.publishing.manifest import MANIFEST, ListedFeed, ListedFile, Manifest, parse_manifest
from feeds.publishing.outlet import Outlet
from feeds.publishing.planning import PlannedFeed, plan_feeds
from feeds.publishing.publication import Publication
from feeds.publishing.rendering import Rendering, surroundings
from feeds.publishing.showing import is_of_others, site_files
from feeds.publishing.stock import Stock
from feeds.selection import Selection


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """Say what happens to one file of the output: its items, and whether its bytes change."""

    name: str
    url: str
    items: int | None
    has_changed: bool
    sha256: str
    recipe: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold all files in order, what they make up, what was published before, and which of its files are gone.

    Those that are `left` as they are would be due, but somebody else has put them there. `objections` are what readers
    would object to in the files that change.
    """

    files: tuple[PreparedFile, ...]
    manifest: Manifest
    former: Manifest
    gone: tuple[str, ...]
    left: tuple[str, ...]
    objections: tuple[Problem, ...]


def prepare(publication: Publication, stock: Stock, config: Config, selection: Selection, now: datetime) -> Prepared:
    """Render what is selected, and lay ready what changes; nothing is put in place yet."""
    publication.begin_anew()
    former = parse_manifest(publication.outlet.read(MANIFEST))
    files: list[PreparedFile] = []
    listed: dict[str, ListedFile] = {}
    feeds: dict[str, ListedFeed] = {}
    objections: list[Problem] = []
    totals: list[tuple[PlannedFeed, int]] = []
    left: list[str] = []
    common = surroundings(stock.shelf, config)
    for plan in plan_feeds(stock.shelf, config, selection, now):
        rendering = Rendering(plan, config, common)
        feeds[plan.head.name] = rendering.listed_feed()
        for kind in (FORMATS[name] for name in config.formats):
            file = _prepare(publication, stock, _feed_file(rendering, kind))
            files.append(file)
            if file.has_changed and not rendering.is_surely_right(kind):
                objections.extend(_objections(publication, file.name))
            listed[file.name] = ListedFile(file.sha256, plan.head.name)
        totals.append((plan, rendering.total))
    for due in site_files(totals, config):
        file = _prepare(publication, stock, due)
        if file.has_changed and is_of_others(publication.outlet, file.name, former):
            publication.put_back(file.name)
            left.append(file.name)
            continue
        files.append(file)
        objections.extend(_objections(publication, file.name) if file.has_changed else ())
        listed[file.name] = ListedFile(file.sha256)
    gone = tuple(_gone(publication.outlet, former, listed))
    return Prepared(tuple(files), Manifest(listed, feeds), former, gone, tuple(left), tuple(objections))


def _feed_file(rendering: Rendering, kind: Format) -> DueFile:
    return DueFile(
        f"{rendering.name}.{kind.suffix}",
        rendering.url(kind),
        rendering.count(kind),
        kind.media_type,
        rendering.recipe(kind),
        lambda: rendering.content(kind),
    )


def _prepare(publication: Publication, stock: Stock, due: DueFile) -> PreparedFile:
    name, recipe, outlet = due.name, due.recipe, publication.outlet
    known, mark = stock.index.output(outlet.place(name)), outlet.mark(name)
    if known and mark and known == Output(recipe, mark, known.sha256):
        has_changed, sha256 = False, known.sha256
    else:
        sha256 = publication.lay_ready(name, due.content(), due.media_type)
        has_changed = not publication.is_as_published(name)
        if not has_changed:
            publication.put_back(name)
    return PreparedFile(name, due.url, due.items, has_changed, sha256, recipe)


def _objections(publication: Publication, name: str) -> list[Problem]:
    """Return what readers would object to in a file that lies ready."""
    with publication.staged(name).open("rb") as staged:
        return lint(publication.outlet.place(name), staged.read(MAX_BYTES + 1))


def _gone(outlet: Outlet, former: Manifest, listed: dict[str, ListedFile]) -> Iterator[str]:
    """Yield the files of a former run that are no longer due, but none that somebody else has changed since."""
    for name, file in former.files.items():
        if name not in listed and outlet.has(name, file.sha256):
            yield name
