"""A file of the output."""

from typing import NamedTuple
from urllib.parse import quote

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.locations import Location


class OutputFile(NamedTuple):
    """A file of the output: its name below the folder, its address, its content, and whether its bytes change.

    A file that `is_feed` is for subscribers; one without a `feed` has no number of items. The content of a file
    that `is_part` is also in another one. `inputs` is the hash of its inputs. If its bytes change, `problems` are those
    found by lint, and `ids` those of its items, unless it is a table. A file that `is_clean` was checked, and has no
    problem. `published_digests` are those of the items in its published bytes, if these items alone have changed since.
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
    is_clean: bool = False
    published_digests: tuple[bytes, ...] = ()

    @property
    def path(self) -> Location:
        """Return the location of the file."""
        return self.folder / self.name


def output_file(config: Config, name: str, media_type: str, inputs: bytes) -> OutputFile:
    """Return a file in the output of a configuration."""
    return OutputFile(name, config.output, f"{config.served_at}{quote(name)}", media_type, inputs=inputs)
