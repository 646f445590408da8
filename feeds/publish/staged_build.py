"""All that a build would publish, once it lies ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from feeds.diagnostics.problem import Problem
from feeds.planning.archives import ARCHIVE
from feeds.publish.feed_files import FeedFiles
from feeds.publish.manifest import Manifest, ManifestEntry
from feeds.publish.output_file import OutputFile
from feeds.publish.site_files import SiteFiles
from feeds.publish.stage import Stage
from feeds.publish.target import Target
from feeds.text import counted


class StagedBuild(NamedTuple):
    """All files in order, the manifest of them and the former one, and which of its files are removed.

    Those that are `foreign` would be due, but somebody else has put them there. `truncated` says which feeds have fewer
    items than they may have, and why. `unsearched` is what in the manifest was not searched for secrets before.
    """

    files: tuple[OutputFile, ...]
    manifest: Manifest
    former: Manifest
    unsearched: Manifest
    removed: tuple[str, ...]
    foreign: tuple[str, ...]
    truncated: tuple[str, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what readers would object to in the files that change."""
        return tuple(problem for file in self.files for problem in file.problems)


def staged_build(feeds: Sequence[FeedFiles], site: SiteFiles, stage: Stage) -> StagedBuild:
    """Return what the files of all feeds, and those that show them together, make up."""
    archives = (file for feed in feeds for file in feed.archives)
    files = (*(file for feed in feeds for file in feed.files), *archives, *site.files)
    entries = {file.name: _entry(file) for file in files}
    manifest = Manifest(entries, {feed.plan.name: feed.listed for feed in feeds if feed.listed})
    former = stage.published.manifest
    removed = tuple(_removed(stage.transaction.target, former, entries))
    # With archives, what is left out is not far.
    truncated = () if stage.config.archives else tuple(map(_message, filter(_is_truncated, feeds)))
    unsearched = manifest.changed_since(former) if stage.published.has_left_manifest else manifest
    return StagedBuild(files, manifest, former, unsearched, removed, site.foreign, truncated)


def _entry(file: OutputFile) -> ManifestEntry:
    return ManifestEntry(file.sha256, file.feed, file.inputs.hex() if file.name.startswith(ARCHIVE) else "")


def _removed(target: Target, former: Manifest, entries: Mapping[str, ManifestEntry]) -> Iterator[str]:
    """Yield the files of a former run that are no longer due, but none that somebody else has changed since."""
    for name, entry in former.files.items():
        if name not in entries and target.has(name, entry.sha256):
            yield name


def _is_truncated(feed: FeedFiles) -> bool:
    return feed.items < feed.wanted


def _message(feed: FeedFiles) -> str:
    return f"{feed.plan.name} is limited to {feed.items} of {counted(feed.wanted, 'item')} by max_bytes"
