"""Describe the folder and the program that templates are written for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from feeds.scaffold.site_settings import SiteSettings


@dataclass(frozen=True, slots=True)
class Origin:
    """Say where the running program was installed from: the address of a git repository, and a revision in it."""

    address: str
    revision: str


@dataclass(frozen=True, slots=True)
class Repository:
    """Hold what templates need to know: absolute paths, the words that start the program, who owns the folder.

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
