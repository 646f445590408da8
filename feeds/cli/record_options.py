"""Options of the commands that read and select records."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.model.selection import EVERYTHING_PUBLISHED, Selection

if TYPE_CHECKING:
    from feeds.config.settings import Config
    from feeds.store.open_store import Reading


class RecordOptions(NamedTuple):
    """How records are read, and which of them are selected; `now` is None for the present."""

    preset: str | None = None
    no_cache: bool = False
    jobs: int | None = None
    executor: str | None = None
    config_file: Path | None = None
    selection: Selection = EVERYTHING_PUBLISHED
    now: datetime | None = None

    @property
    def instant(self) -> datetime:
        """Return the current time, or the time given in its place."""
        return self.now or datetime.now(UTC)

    def config(self, **settings: Any) -> Config:
        """Return the configuration, with the given settings in place of its own."""
        from feeds.cli.settings import config_with  # noqa: PLC0415 - converting a feed needs no configuration

        return config_with(self.config_file, use_cache=not self.no_cache, preset=self.preset, **settings)

    @property
    def reading(self) -> Reading:
        """Return how records are read."""
        from feeds.cli.settings import reading_with  # noqa: PLC0415 - the same

        return reading_with(self.jobs, self.executor)


ALL_RECORDS = RecordOptions()
