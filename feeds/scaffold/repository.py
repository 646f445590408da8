"""Describe the folder and the program that templates are written for."""

from dataclasses import dataclass
from pathlib import Path

from feeds.scaffold.site_settings import SiteSettings


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the running program was installed from: the URL of a git repository, and a revision in it."""

    address: str
    revision: str


@dataclass(frozen=True, slots=True)
class Repository:
    """What templates need: absolute paths, the command that starts the program, the owner of the folder.

    `configuration` is the path of what configures the folder already, if anything does. `origin` is None where nobody
    knows from where the program came; `version` is then all there is to ask for. `base_url` is where the output is
    served, if that is configured; `site` what another generator's configuration makes of ours, if it is not there.
    """

    folder: Path
    source: Path
    output: Path
    cache: Path
    program: tuple[str, ...]
    owner: str
    version: str
    configuration: Path | None = None
    origin: Origin | None = None
    base_url: str = ""
    site: SiteSettings | None = None
