"""The complete result of a build, staged for publication."""

from collections.abc import Sequence
from typing import NamedTuple

from feeds.diagnostics.problem import Problem
from feeds.planning.archives import ARCHIVE
from feeds.publish.feed_files import FeedFiles
from feeds.publish.output.manifest import Manifest, ManifestEntry
from feeds.publish.output.output_file import OutputFile
from feeds.publish.site_files import SiteFiles
from feeds.publish.stage import Stage
from feeds.text import counted


class StagedBuild(NamedTuple):
    """All files in order, their manifest, and that of the former build.

    Of the former files, `removed` are to be removed. `foreign` files are left as they are, because somebody else has
    written them, or changed them since. `truncated` says which feeds have fewer items than their limit allows.
    `unsearched` is the part of the manifest that was not searched for secrets before.
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
        """Return the problems that lint finds in the files that change."""
        return tuple(problem for file in self.files for problem in file.problems)


def staged_build(feeds: Sequence[FeedFiles], site: SiteFiles, stage: Stage) -> StagedBuild:
    """Combine the files of all feeds and those about them into one result."""
    archives = (file for feed in feeds for file in feed.archives)
    files = (*(file for feed in feeds for file in feed.files), *archives, *site.files)
    entries = {file.name: _entry(file) for file in files}
    manifest = Manifest(entries, {feed.plan.name: feed.entry for feed in feeds if feed.entry})
    former = stage.published.manifest
    target = stage.transaction.target
    obsolete = [name for name in former.files if name not in {*entries, *site.foreign}]
    removed = tuple(name for name in obsolete if target.has(name, former.files[name].sha256))
    changed = (name for name in obsolete if name not in removed and target.size(name) is not None)
    # With archives, an item that does not fit is in another document.
    truncated = () if stage.config.archives else tuple(_message(feed) for feed in feeds if feed.items < feed.wanted)
    unsearched = manifest.changed_since(former) if stage.published.has_intact_manifest else manifest
    return StagedBuild(files, manifest, former, unsearched, removed, (*site.foreign, *changed), truncated)


def _entry(file: OutputFile) -> ManifestEntry:
    return ManifestEntry(file.sha256, file.feed, file.inputs.hex() if file.name.startswith(ARCHIVE) else "")


def _message(feed: FeedFiles) -> str:
    return f"{feed.plan.name} is limited to {feed.items} of {counted(feed.wanted, 'item')} by max_bytes"
