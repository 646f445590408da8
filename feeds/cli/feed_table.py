"""Format the list of changed feeds."""

from collections.abc import Iterator, Sequence

from feeds.planning.archives import ARCHIVE
from feeds.publish.output.output_file import OutputFile
from feeds.text import counted


def feed_table(changed: Sequence[OutputFile]) -> Iterator[str]:
    """Yield a line for each changed feed: its name, number of items, and changed formats.

    Archive documents are only counted. The last line names the files that belong to no feed.
    """
    feeds: dict[str, list[OutputFile]] = {}
    for file in changed:
        feeds.setdefault(file.feed, []).append(file)
    others = feeds.pop("", [])
    width = max(map(len, feeds), default=0)
    for name, files in feeds.items():
        own = [file for file in files if not _is_archive(file)]
        columns = [counted(_items(own), "item")] if own else []
        columns += [" ".join(file.path.name.rpartition(".")[2] for file in own)] if own else []
        archives = len(files) - len(own)
        columns += [counted(archives, "archive file")] if archives else []
        yield f"{name:<{width}}  {', '.join(columns)}"
    if others:
        yield f"and {', '.join(file.path.name for file in others)}"


def _items(files: Sequence[OutputFile]) -> int:
    """Return the number of items in the files for subscribers, else that in the first file, as of a table alone."""
    return next((file.items or 0 for file in files if file.is_feed), files[0].items or 0)


def _is_archive(file: OutputFile) -> bool:
    return f"/{ARCHIVE}" in file.path.as_posix() and file.path.name.startswith(f"{file.feed.rpartition('/')[2]}-")
