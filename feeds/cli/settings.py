"""Bring the configuration file and the command line together; the command line wins."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from feeds.cli.screen import warn
from feeds.config import PREVIEW_URL, Config, load_config


def configured(config_file: Path | None, **overrides: Any) -> Config:
    """Return the configuration with the options that were given in place of its own settings."""
    given = {name: value for name, value in overrides.items() if value not in (None, [], ())}
    return replace(load_config(config_file), **given)


def processes(asked: int | None) -> int:
    """Return how many processes may read: as many as asked for, else as many as there are processors for us."""
    if asked:
        return asked
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def warn_of_preview(config: Config) -> None:
    """Say that feeds name addresses that only work on this machine."""
    if not config.base_url:
        warn(f"no base_url is set, so the feeds name {PREVIEW_URL}; set it where the output is served, or --base-url")
