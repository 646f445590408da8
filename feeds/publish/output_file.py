"""One file of the output on its way."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.locations import Location


class OutputFile(NamedTuple):
    """A file of the output: its name below the folder, its address, what it carries, and whether its bytes change.

    One that `is_feed` is what people subscribe to; one that carries no `feed` has no number of items. All that is in a
    file that `is_part` is in another one too. `inputs` is a hash of all that its bytes are made of. If they change,
    `problems` are what readers would object to, and `ids` those of its items, which are not known of a table.
    """

    name: str
    folder: Location
    url: str
    media_type: str
    feed: str = ""
    items: int | None = None
    inputs: bytes = b""
    sha256: str = ""
    size: int = 0
    has_changed: bool = False
    is_feed: bool = False
    is_part: bool = False
    problems: tuple[Problem, ...] = ()
    ids: frozenset[str] = frozenset()

    @property
    def path(self) -> Location:
        """Return where the file lies."""
        return self.folder / self.name


def output_file(config: Config, name: str, media_type: str, inputs: bytes) -> OutputFile:
    """Return a file of a name in the output of a configuration."""
    return OutputFile(name, config.output, f"{config.served_at}{quote(name)}", media_type, inputs=inputs)
