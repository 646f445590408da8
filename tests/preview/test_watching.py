"""Changes are seen of what a build reads, and of nothing else."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from threading import Event, Thread

from support import wait_for

from feeds.preview.watching import Watched, changes
from feeds.sources.exclusion import Exclusion


def test_changes_are_seen_wherever_they_are_made(tmp_path: Path) -> None:
    source, output, single = tmp_path / "news", tmp_path / "news" / "public", tmp_path / "feeds.toml"
    linked, drafts = tmp_path / "elsewhere", source / "drafts"
    for folder in (output, linked, drafts):
        folder.mkdir(parents=True)
    excluded = Exclusion(source, ("drafts/",))
    stop, seen = Event(), []

    def look() -> None:
        for _ in changes(Watched(source, (single,), (output,), (linked,), excluded), stop):
            seen.append(len(seen))

    watcher = Thread(target=look)
    watcher.start()
    wait_for(lambda: seen == [0])
    for path in (output / "all.rss", source / ".swap", drafts / "b.md"):
        path.write_bytes(b"")
    time.sleep(0.7)
    assert seen == [0]
    for change in (
        lambda: (source / "a.md").write_bytes(b""),
        lambda: (linked / "c.md").write_bytes(b""),
        lambda: single.write_bytes(b""),
        (source / "a.md").unlink,
        lambda: shutil.rmtree(source),
        source.mkdir,
    ):
        before = len(seen)
        change()
        wait_for(lambda: len(seen) > before)  # noqa: B023 - it is called at once
    stop.set()
    watcher.join(5)
    assert not watcher.is_alive()
