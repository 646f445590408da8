"""Folders with the configuration and posts of a site, what `feeds init` makes of them, and what is then built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from support import run_feeds

from feeds.config.config_file import load_config
from feeds.scaffold.feeds_toml import FeedsToml, feeds_toml
from feeds.scaffold.generators import find_generator
from feeds.scaffold.site_config import SiteConfig


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def site_in(folder: Path, files: Mapping[str, str] = {}) -> SiteConfig:
    write(folder, files)
    site = find_generator(folder)
    assert site
    return site


def settings_in(folder: Path, files: Mapping[str, str] = {}) -> FeedsToml:
    return feeds_toml(site_in(folder, files), folder)


def built_items(folder: Path) -> list[dict[str, Any]]:
    """Return the items of the feed that `feeds init` and `feeds build` make in a folder."""
    for command in ("init", "build"):
        done = run_feeds(command, cwd=folder)
        assert done.returncode == 0, done.stderr.decode()
    feed = Path(str(load_config(folder=folder).output)) / "all.json"
    items: list[dict[str, Any]] = json.loads(feed.read_bytes())["items"]
    return items
