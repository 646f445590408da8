"""Options of commands, each set of them as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from feeds.model.selection import EVERYTHING_PUBLISHED, Selection

if TYPE_CHECKING:
    from feeds.config.settings import Config
    from feeds.store.open_store import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RecordOptions:
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
        """Return the instant that counts as the present."""
        return self.now or datetime.now(UTC)

    def config(self, **settings: Any) -> Config:
        """Return the configuration, with the given settings in place of its own."""
        from feeds.cli.settings import configured  # noqa: PLC0415 - converting a feed needs no configuration

        return configured(self.config_file, use_cache=not self.no_cache, preset=self.preset, **settings)

    @property
    def reading(self) -> Reading:
        """Return how records are read."""
        from feeds.cli.settings import reading_with  # noqa: PLC0415 - the same

        return reading_with(self.jobs, self.executor)


ALL_RECORDS = RecordOptions()


def fill(kind: type[T], values: Mapping[str, Any]) -> T:
    """Return options of a kind from values by name, also those of the groups in it; None stands for the default."""
    given: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]  # each kind is a dataclass
        if is_dataclass(field.default):
            given[field.name] = fill(type(field.default), values)
        elif values.get(field.name) is not None:
            value = values[field.name]
            given[field.name] = tuple(value) if isinstance(value, list) else value
    return kind(**given)
