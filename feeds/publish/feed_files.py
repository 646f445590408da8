"""Render and stage the files of feeds that change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from feeds.config.settings import Config
from feeds.formats import FORMATS
from feeds.planning.archives import with_archives
from feeds.planning.feeds import FeedPlan
from feeds.publish.input_digest import inputs_of_archive, inputs_of_feed, inputs_with
from feeds.publish.output.manifest import ManifestFeed, manifest_feed
from feeds.publish.output.output_file import OutputFile, output_file
from feeds.publish.stage import Stage


class FeedFiles(NamedTuple):
    """A feed with its files; a file without a SHA-256 is not rendered yet.

    The first of `documents` is the feed as subscribers get it. Its archive documents follow, oldest first, but only if
    the feed changes. `entry` is its entry in the manifest, which an unchanged feed has from the former manifest.
    """

    plan: FeedPlan
    documents: tuple[FeedPlan, ...]
    files: tuple[OutputFile, ...]
    archives: tuple[OutputFile, ...] = ()
    entry: ManifestFeed | None = None

    @property
    def items(self) -> int:
        """Return how many items subscribers get."""
        return self.documents[0].limit

    @property
    def wanted(self) -> int:
        """Return how many items they would get without a limit of size."""
        return min(len(self.plan.records), self.plan.limit)


def stage_feeds(plans: Sequence[FeedPlan], stage: Stage, shared_inputs: bytes) -> list[FeedFiles]:
    """Return all feeds with their files; `shared_inputs` is the hash of inputs that all feeds share."""
    found = [_find(plan, stage, shared_inputs, is_first=plan is plans[0]) for plan in plans]
    fitting = _fit([feed for feed in found if not _is_published(feed, stage.config)], stage)
    rendered = {feed.plan.name: feed for feed in _with_archives(fitting, stage)}
    return [_finish(rendered.get(feed.plan.name), feed, stage) for feed in found]


def _find(plan: FeedPlan, stage: Stage, shared_inputs: bytes, *, is_first: bool) -> FeedFiles:
    """Return a feed with those of its published files that would not change, and unrendered ones for the others."""
    published, inputs = stage.published, partial(inputs_with, plan, shared_inputs)
    wanted = _wanted_files(plan, stage.config, shared_inputs, is_first=is_first)
    files = tuple(published.find(file) or published.with_published_digests(file, inputs) for file in wanted)
    limits = (file.items or 0 for file in files if file.sha256 and not _is_table(file))
    document = plan._replace(limit=min(limits, default=min(len(plan.records), plan.limit)))
    names = published.archives_of(plan.name) if stage.config.archives else []
    archives = tuple(_find_archive(name, plan, stage) for name in names)
    entry = published.feed(plan.name) if all(file.sha256 for file in files) else None
    return FeedFiles(plan, (document,), files, archives, entry)


def _wanted_files(plan: FeedPlan, config: Config, shared_inputs: bytes, *, is_first: bool) -> Iterator[OutputFile]:
    newest, every = inputs_of_feed(plan, shared_inputs)
    total = len(plan.records)
    for kind in (FORMATS[name] for name in config.formats):
        is_table = kind.role == "table"
        inputs = every if is_table or config.archives else newest
        file = output_file(config, kind.file_name(plan.name), kind.media_type, inputs)
        file = file._replace(feed=plan.name, items=total if is_table else min(total, plan.limit))
        yield file._replace(is_feed=kind.role == "subscription", is_part=is_table and not is_first)


def _find_archive(name: str, plan: FeedPlan, stage: Stage) -> OutputFile:
    file = output_file(stage.config, name, "", stage.published.archive_inputs(name))
    return stage.published.find_archive(file._replace(feed=plan.name)) or file


def _is_published(feed: FeedFiles, config: Config) -> bool:
    """Return whether nothing of a feed has to be rendered, except tables."""
    has_all = feed.items == len(feed.plan.records) or feed.archives or not config.archives
    return bool(has_all) and all(file.sha256 for file in (*_rendered_files(feed), *feed.archives))


def _fit(feeds: Sequence[FeedFiles], stage: Stage) -> list[FeedFiles]:
    """Return feeds with their files rendered, with as many items as fit into `max_bytes`.

    A feed that is too large is rendered again with fewer items, in proportion to its size, until it fits.
    """
    fitting, most_bytes = dict[str, FeedFiles](), stage.config.max_bytes
    waiting = [_cut(feed, feed.wanted, stage.config) for feed in feeds]
    while waiting:
        rendered = stage.render((feed.documents[0], _rendered_files(feed)) for feed in waiting)
        made = [_with_files(feed, files) for feed, files in zip(waiting, rendered, strict=True)]
        fitting |= {feed.plan.name: feed for feed in made}
        too_large = [feed for feed in made if _size(feed) > most_bytes and feed.documents[0].may_be_cut]
        waiting = [_cut(feed, _fewer(feed, most_bytes), stage.config) for feed in too_large]
    return [fitting[feed.plan.name] for feed in feeds]


def _cut(feed: FeedFiles, items: int, config: Config) -> FeedFiles:
    documents = [feed.plan._replace(limit=items)]
    if config.archives:
        documents = with_archives(feed.plan, items, config.max_bytes)
    files = tuple(file if _is_table(file) else file._replace(items=items) for file in feed.files)
    return feed._replace(documents=tuple(documents), files=files, entry=None)


def _fewer(feed: FeedFiles, most_bytes: int) -> int:
    return max(feed.plan.least, min(feed.items * most_bytes // _size(feed), feed.items - 1))


def _size(feed: FeedFiles) -> int:
    return max((file.size for file in feed.files if file.is_feed), default=0)


def _with_archives(feeds: Sequence[FeedFiles], stage: Stage) -> Iterator[FeedFiles]:
    """Yield feeds with the files of their archive documents, rendered if they change."""
    documents = [document for feed in feeds for document in feed.documents[1:]]
    files = [_archive_files(document, stage) for document in documents]
    missing = ([file for file in group if not file.sha256] for group in files)
    due = ((document, group) for document, group in zip(documents, missing, strict=True) if group)
    made = {file.name: stage.accept(file) for group in stage.render(due) for file in group}
    by_feed = defaultdict[str, list[OutputFile]](list)
    for file in (file for group in files for file in group):
        by_feed[file.feed].append(made.get(file.name, file))
    return (feed._replace(archives=tuple(by_feed[feed.plan.name])) for feed in feeds)


def _archive_files(document: FeedPlan, stage: Stage) -> list[OutputFile]:
    kinds = [FORMATS[name] for name in stage.config.formats if FORMATS[name].role == "subscription"]
    inputs = inputs_of_archive(document)
    files = (output_file(stage.config, kind.file_name(document.name), kind.media_type, inputs) for kind in kinds)
    of_feed = (file._replace(feed=document.channel.current, items=document.limit) for file in files)
    return [stage.published.find_archive(file) or file for file in of_feed]


def _finish(rendered: FeedFiles | None, found: FeedFiles, stage: Stage) -> FeedFiles:
    """Return a feed with its table rendered, and each staged file compared with the published one."""
    feed, files = rendered or found, list[OutputFile]()
    for file in feed.files:
        if _is_table(file):
            files.append(file if file.sha256 else stage.accept(stage.write_table(feed.plan, file)))
        else:
            files.append(stage.accept(file) if rendered else file)
    return feed._replace(files=tuple(files), entry=feed.entry or manifest_feed(feed.documents[0]))


def _rendered_files(feed: FeedFiles) -> list[OutputFile]:
    return [file for file in feed.files if not _is_table(file)]


def _with_files(feed: FeedFiles, files: Iterable[OutputFile]) -> FeedFiles:
    made = {file.name: file for file in files}
    return feed._replace(files=tuple(made.get(file.name, file) for file in feed.files))


def _is_table(file: OutputFile) -> bool:
    return file.media_type == FORMATS["csv"].media_type
