"""Render the files of one feed to the stage, and lint them."""

import hashlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from feeds.config.settings import Config
from feeds.formats import FORMATS, csv_table
from feeds.formats.channel_feed import feed_of_items
from feeds.formats.format import Format
from feeds.lint import lint_output
from feeds.model.channel import Channel
from feeds.model.feed import Feed
from feeds.model.item import Item
from feeds.model.record import Record
from feeds.planning.feeds import FeedPlan
from feeds.publish.files.disk_errors import translate_write_errors
from feeds.publish.output.output_file import OutputFile
from feeds.publish.splice import Published, Spliced, spliced
from feeds.records.content import safe_body
from feeds.records.item_of_record import items_of_records
from feeds.secrets.item_ids import item_ids
from feeds.store.csv_line import csv_line_for_spreadsheets
from feeds.validation.context import ValidationContext

# Bytes: lint has no rule about the size of smaller files.
_SMALL, _SMALL_JSON = 1 << 20, 240_000


class RenderTask(NamedTuple):
    """The files of one feed to be rendered to the folder `stage`, and the digests of the feed's items.

    The `sha256` of each file is that of the published one. If the feed `may_be_cut` and one of the files is too large,
    none is written: the result has their sizes, and the feed is rendered again with fewer items.
    """

    channel: Channel
    digests: tuple[bytes, ...]
    may_be_cut: bool
    files: tuple[OutputFile, ...]
    stage: Path


def render_bodies(records: Sequence[Record], context: ValidationContext) -> list[str]:  # noqa: ARG001 - the same shape
    """Return the bodies of records as safe HTML; this may run in any process."""
    return list(map(safe_body, records))


def render_files(task: RenderTask, context: ValidationContext) -> list[OutputFile]:
    """Write a feed's files; this may run in any process. Raises CouldNotRunError if the disk refuses."""
    items = items_of_records(task.channel)
    rendered = [_render(task, items, file) for file in task.files]
    sized = [file._replace(size=len(each.content)) for file, each in zip(task.files, rendered, strict=True)]
    if task.may_be_cut and any(file.is_feed and file.size > context.config.max_bytes for file in sized):
        return sized
    return [_write(file, each, task.stage / file.name) for file, each in zip(sized, rendered, strict=True)]


def table_content(plan: FeedPlan, config: Config) -> Iterator[bytes]:
    """Yield the table of all items line by line, to save memory."""
    if config.csv_bom:
        yield csv_table.BOM
    yield csv_table.header()
    if config.csv_defuse:
        yield from map(csv_line_for_spreadsheets, plan.records.records())
    else:
        yield from plan.records.csv_lines()


def _render(task: RenderTask, items: tuple[Item, ...], file: OutputFile) -> Spliced:
    kind = FORMATS[Path(file.name).suffix[1:]]
    feed = feed_of_items(task.channel, kind, items)
    return _spliced(kind, feed, task.digests, file) or Spliced(b"".join(kind.render(feed)), b"")


def _write(file: OutputFile, rendered: Spliced, staged: Path) -> OutputFile:
    content = rendered.content
    with translate_write_errors(Path(str(file.path))):
        staged.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 == file.sha256:  # its problems were reported before
        return file._replace(problems=(), ids=frozenset())
    ids = [*item_ids(staged.name, BytesIO(content))]
    problems = () if _is_clean(rendered, ids, file) else lint_output(file.path, content)
    return file._replace(sha256=sha256, problems=problems, ids=frozenset(ids), is_clean=not problems)


def _spliced(kind: Format, feed: Feed, digests: Sequence[bytes], file: OutputFile) -> Spliced | None:
    """Return a file made of its published bytes as far as possible, if these are as they were written."""
    if not file.published_digests or not isinstance(file.path, Path):
        return None
    content = file.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        return None
    return spliced(kind, feed, digests, Published(content, file.published_digests))


def _is_clean(parts: Spliced, ids: Sequence[str], file: OutputFile) -> bool:
    """Return whether a file surely has no problem, as its new items have none and the published file had none.

    To lint the new items alone takes a fraction of the time. It does not find equal ids, nor what is wrong with the
    size of the whole file, so these are looked at here.
    """
    small = _SMALL_JSON if file.name.endswith(".json") else _SMALL
    if not parts.of_new or not file.is_clean or len({*ids}) < len(ids) or len(parts.content) > small:
        return False
    return not lint_output(file.path, parts.of_new)
