"""Lay out a corpus so that every program finds its site in one folder, and say what each runs there."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import tools
from corpus import write_corpus
from measure import Command, RunFailed
from posts import write_posts

HERE = Path(__file__).parent
LONG_AGO = 1_700_000_000  # nothing shall look as if it had changed a moment ago
FLOOR = "import os, sys\nfor entry in os.scandir(sys.argv[1]):\n    entry.stat()"


class Material(NamedTuple):
    """Texts and the sites that show them: how they are written and where, and what each program runs to build."""

    site: str
    folder: str
    write: Callable[[Path, int], None]
    is_published: bytes
    builds: Mapping[str, tuple[str, ...]]


RECORDS = Material(
    "rivals",
    "records",
    write_corpus,
    b"\npublished: true\n",
    {
        "Hugo": ("--quiet", "--destination", "out/Hugo"),
        "Pelican": ("--quiet", "--settings", "pelicanconf.py", "--output", "out/Pelican"),
        "Eleventy": ("--quiet", "--output=out/Eleventy"),
        "feeds": ("build", "--output", "out/feeds"),
    },
)
POSTS = Material(
    "posts_site",
    "content/posts",
    write_posts,
    b"\ndraft: false\n",
    {"Hugo": ("--quiet", "--destination", "out/Hugo"), "feeds": ("build", "--output", "out/feeds")},
)
ALL_OF_POSTS = POSTS._replace(
    builds={
        "Hugo": ("--quiet", "--config", "hugo-all.toml", "--destination", "out/Hugo"),
        "feeds": ("build", "--config", "feeds-all.toml", "--output", "out/feeds"),
    }
)


class Workbench:
    """Hold a corpus, its front matter in YAML files once that is wanted, and the sites of the rivals."""

    def __init__(self, folder: Path, records: int, tool_folder: Path, material: Material = RECORDS) -> None:
        self._folder, self._tools, self._builds = folder, tool_folder, material.builds
        self._records, self._yaml = folder / material.folder, folder / "yaml"
        shutil.copytree(HERE / material.site, folder)
        material.write(self._records, records)
        for path in self._records.iterdir():
            os.utime(path, (LONG_AGO, LONG_AGO))
        (folder / "node_modules").symlink_to(tool_folder / "eleventy" / "node_modules")
        self._newest = max(path for path in self._records.iterdir() if material.is_published in path.read_bytes())
        self._newest_content, self._changes = self._newest.read_text(encoding="utf-8"), 0
        os.sync()  # so that nothing is still being written when the clock runs

    def _write_yaml(self) -> None:
        """Take the front matter out; under short names, as the system bounds the length of a command."""
        self._yaml.mkdir()
        for number, path in enumerate(sorted(self._records.iterdir())):
            front_matter = path.read_text(encoding="utf-8").split("---\n", 2)[1]
            (self._yaml / f"{number}.yaml").write_text(front_matter, encoding="utf-8")

    def build(self, name: str) -> Command:
        """Return how a program builds its feeds."""
        return self._run(name, *self._builds[name])

    def expect_items(self, name: str) -> None:
        """Raise RunFailed if no feed that a program has built has an item: nothing is built fastest of all."""
        feeds = (path for path in (self._folder / "out" / name).rglob("*") if path.suffix in {".xml", ".rss"})
        if not any(b"<item>" in path.read_bytes() for path in feeds):
            raise RunFailed(f"no feed of {name} has an item")

    def validate(self, name: str) -> Command:
        """Return how `feeds`, in one variant or the other, validates every record."""
        return self._run(name, "validate")

    def validate_newest(self, name: str) -> Command:
        """Return how `feeds` validates one record among all."""
        return self._run(name, "validate", self._newest.relative_to(self._folder))

    def check_yaml(self) -> Command:
        """Return how check-jsonschema validates the same front matter."""
        if not self._yaml.exists():
            self._write_yaml()
        schema = tools.CHECKOUT / "schema" / "record.schema.json"
        names = [path.name for path in self._yaml.iterdir()]
        return Command([self._program("check-jsonschema"), "--schemafile", schema, *names], self._yaml)

    def floor(self) -> Command:
        """Return the least that a Python program must do to see that nothing has changed."""
        python = self._tools / "feeds" / "bin" / "python"
        return Command([python if python.exists() else sys.executable, "-c", FLOOR, self._records], self._folder)

    def reset(self, name: str) -> None:
        """Remove what a program has built and what it remembers, wherever that is."""
        for folder in (self._folder / "out" / name, self._home(name)):
            shutil.rmtree(folder, ignore_errors=True)
        for entry in [*self._folder.glob(".*"), *self._records.glob(".*")]:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def change_newest(self) -> None:
        """Change the newest published record, which is in most feeds, as it never was before."""
        self._changes += 1
        changed = re.sub(r'^title: "', f'title: "{self._changes}. ', self._newest_content, count=1, flags=re.MULTILINE)
        self._newest.write_text(changed, encoding="utf-8")

    def _run(self, name: str, *words: str | Path) -> Command:
        home = str(self._home(name))
        Path(home).mkdir(parents=True, exist_ok=True)
        return Command([self._program(name), *words], self._folder, {"HOME": home, "XDG_CACHE_HOME": f"{home}/.cache"})

    def _home(self, name: str) -> Path:
        return self._folder / "home" / name

    def _program(self, name: str) -> Path:
        path = tools.find(self._tools, name)
        if not path:
            raise FileNotFoundError(name)
        return path
