"""What templates need to know of a folder and of this program."""

from pathlib import Path
from typing import NamedTuple

from feeds.diagnostics.problem import CouldNotRunError
from feeds.locations import Location
from feeds.scaffold.feeds_toml import FeedsToml


class GitOrigin(NamedTuple):
    """The git repository from which this program was installed, and the revision."""

    address: str
    revision: str


class Repository(NamedTuple):
    """What templates need: absolute paths, the command that starts the program, the owner of the folder.

    `source` and `output` may be URLs in object storage. `configuration` is the path of an existing configuration.
    `origin` is None if the program was not installed from a public repository. `base_url` is the configured URL of the
    output, `hub` that of a hub. `site` has the settings that were derived from the configuration of another generator,
    if there is none of ours; with `has_site` there is such a generator in either case.
    """

    folder: Path
    source: Location
    output: Location
    cache: Path
    program: tuple[str, ...]
    owner: str
    version: str
    configuration: Path | None = None
    origin: GitOrigin | None = None
    base_url: str = ""
    hub: str = ""
    site: FeedsToml | None = None
    has_site: bool = False

    @property
    def written(self) -> list[Path]:
        """Return the folders on this machine that a build writes to."""
        return [path for path in (self.output, self.cache) if isinstance(path, Path)]

    @property
    def served(self) -> Path:
        """Return the output. Raises CouldNotRunError if it is elsewhere, where no server of this machine has it."""
        if isinstance(self.output, Path):
            return self.output
        raise CouldNotRunError(f"{self.output}: a web server needs an output on this machine; serve it from there")
