"""Write files to the stage of a transaction, and keep those that differ from the published ones."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from feeds.config.settings import Config
from feeds.lint import lint_output
from feeds.model.channel import Channel
from feeds.model.record import Record
from feeds.planning.feeds import FeedPlan, load_items
from feeds.publish.output.output_file import OutputFile
from feeds.publish.output.transaction import Transaction
from feeds.publish.output_cache import OutputCache
from feeds.store.database import Index
from feeds.store.safe_bodies import Key, remember, safe_body, unrendered
from feeds.validation.context import ValidationContext
from feeds.validation.executor import Executor

_BODIES_AT_ONCE = 20  # each takes some milliseconds


class Stage(NamedTuple):
    """The stage of a build: a transaction that files are written to, and all that rendering them needs."""

    config: Config
    transaction: Transaction
    published: OutputCache
    context: ValidationContext
    executor: Executor
    record_index: Index

    def render(self, wanted: Iterable[tuple[FeedPlan, Sequence[OutputFile]]]) -> Iterator[list[OutputFile]]:
        """Yield the files of each feed once they are staged, while those of later feeds are being rendered."""
        due = list(wanted)
        if not due:
            return iter(())
        from feeds.publish.render_files import RenderTask, render_files  # noqa: PLC0415 - often nothing is rendered

        self._render_bodies(plan for plan, _ in due if not plan.channel.current)
        tasks = (
            RenderTask(
                self._load_items(plan),
                tuple(plan.records[: plan.limit].digests()),
                plan.may_be_cut,
                self._with_folders(files),
                self.transaction.folder,
            )
            for plan, files in due
        )
        return self.executor(tasks, render_files, self.context)

    def _render_bodies(self, plans: Iterable[FeedPlan]) -> None:
        """Sanitize each body once for all feeds that have it; the few archives that change do this themselves."""
        from feeds.publish.render_files import render_bodies  # noqa: PLC0415 - the same

        due = unrendered((plan.records[: plan.limit] for plan in plans), self.record_index)
        keys = deque[tuple[Key, ...]]()

        def batches() -> Iterator[tuple[Record, ...]]:
            while batch := list(islice(due, _BODIES_AT_ONCE)):
                batch_keys, records = zip(*batch, strict=True)
                keys.append(batch_keys)
                yield records

        for batch in self.executor(batches(), render_bodies, self.context):
            for key, html in zip(keys.popleft(), batch, strict=True):
                remember(self.record_index, key, html)

    def _load_items(self, plan: FeedPlan) -> Channel:
        """Return the channel of a feed with its items, with safe bodies from the index where it has them."""
        channel = load_items(plan)
        keys = plan.records[: plan.limit].record_keys()
        return channel._replace(items=tuple(map(self._with_safe_body, channel.items, keys)))

    def _with_safe_body(self, record: Record, key: Key) -> Record:
        html = safe_body(self.record_index, key) if record.body else None
        return record if html is None else record._replace(body=html, body_type="safe html")

    def write_table(self, plan: FeedPlan, file: OutputFile) -> OutputFile:
        """Stage a table of all items line by line, and return its file, which needs no lint."""
        from feeds.publish.render_files import table_content  # noqa: PLC0415 - the same

        sha256 = self.transaction.stage(file.name, table_content(plan, self.config), file.media_type)
        return file._replace(sha256=sha256)

    def write(self, file: OutputFile, content: bytes) -> OutputFile:
        """Stage a file with its content, and return it."""
        sha256 = self.transaction.stage(file.name, [content], file.media_type)
        return file._replace(sha256=sha256, problems=lint_output(file.path, content))

    def accept(self, file: OutputFile) -> OutputFile:
        """Return a staged file as changed; unstage it if it equals the published one."""
        self.transaction.add(file.name, file.media_type)
        if self.transaction.is_unchanged(file.name):
            self.transaction.unstage(file.name)
            return file._replace(problems=(), ids=frozenset())
        return file._replace(has_changed=True)

    def _with_folders(self, files: Sequence[OutputFile]) -> tuple[OutputFile, ...]:
        """Return files to be rendered with the SHA-256 of the published ones, once they have folders on the stage."""
        for file in files:
            self.transaction.make_path(file.name)
        return tuple(file._replace(sha256=self.published.sha256(file.name)) for file in files)
