"""Find what `feeds` cannot read: templates, notebooks, posts without front matter or with it elsewhere, emoji codes."""

import re
from collections.abc import Iterator
from pathlib import Path

from feeds.installation import install_command
from feeds.scaffold.config_readers import lenient_text

_NOTEBOOK = ".ipynb"
_SUFFIXES = {
    "eleventy": (".njk", ".liquid", ".webc", ".vto", ".hbs"),
    "quarto": (_NOTEBOOK, ".rmd"),
    "myst": (_NOTEBOOK,),
    "mkdocs": (_NOTEBOOK,),
    "astro": (".mdoc",),
    "hexo": (".ejs", ".pug"),
}
_DATED = re.compile(r"\A---[ \t]*\r?\n(?:(?!---).*\r?\n)*?(?:date|pubDate)[ \t]*:")
_DATED_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-")
# Generators whose headers are not front matter: their files, the beginning of these, and where their feed is.
_OTHERS = (
    ("Nikola", ("*.md", "*.rst"), re.compile(r"\s*(?:<!--\s*)?\.\. title:"), "output/rss.xml"),
    ("Lektor", ("contents*.lr",), re.compile(r""), "FEED"),
)
_HEAD = 4000
# Those of Material for MkDocs with a hyphen are icons.
_EMOJI = re.compile(r"(?<![\w:/]):(?:\+1|-1|[a-z][a-z0-9_]*):(?![\w:/])")
_DATA_OF_POST = re.compile(r"(?P<post>.+?)(?:\.11tydata)?\.(?:json|js|cjs|mjs)")


def unread_posts(preset: str, source: Path) -> Iterator[str]:
    """Yield a note on each kind of unsupported posts in a folder."""
    files = sorted(path for path in source.rglob("*") if path.is_file() and not _is_hidden(path, source))
    for suffix in _SUFFIXES.get(preset, ()):
        found = [path for path in files if path.suffix.lower() == suffix and _is_post(path)]
        if found:
            yield f"{_named(found, source)}; posts in {suffix} are not read, write them as .md"
    if preset == "eleventy":
        data = [path for path in files if _has_post(path)]
        if data:
            yield f"what {_named(data, source)} says; write it into the front matter of the post"


def emoji_codes(source: Path) -> Iterator[str]:
    """Yield a note on the posts of a site that shows codes as emoji."""
    files = sorted(path for path in source.rglob("*.m*d*") if path.is_file() and "node_modules" not in path.parts)
    found = [path for path in files if _EMOJI.search(lenient_text(path))]
    if found:
        yield f"emoji codes as in {_named(found, source)}; to have them shown: {install_command('emoji')}; emoji = true"


def posts_of_others(folder: Path) -> Iterator[str]:
    """Yield a note on the posts of each generator with headers that are neither front matter nor those of a preset."""
    for name, globs, beginning, feed in _OTHERS:
        files = (path for glob in globs for path in sorted(folder.rglob(glob)) if path.is_file())
        found = [path for path in files if not _is_hidden(path, folder) and beginning.match(_beginning(path))]
        if found:
            what = f"{_named(found, folder)}; headers of {name} are not read"
            yield f"{what}: make records of its feed, as with feeds import {feed}"


def _named(paths: list[Path], source: Path) -> str:
    first = paths[0].relative_to(source).as_posix()
    return f"{first} and {len(paths) - 1} more" if len(paths) > 1 else first


def _is_hidden(path: Path, source: Path) -> bool:
    return any(part.startswith((".", "_")) or part == "node_modules" for part in path.relative_to(source).parts)


def _is_post(path: Path) -> bool:
    """Return whether a file has a date in its name or front matter, or is a notebook."""
    if path.suffix == _NOTEBOOK or _DATED_NAME.match(path.name):
        return True
    return bool(_DATED.match(_beginning(path)))


def _beginning(path: Path) -> str:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return file.read(_HEAD)


def _has_post(path: Path) -> bool:
    """Return whether a file contains the front matter of a post in the same folder."""
    match = _DATA_OF_POST.fullmatch(path.name)
    names = [f"{match['post']}{suffix}" for suffix in (".md", ".html")] if match else []
    return any((path.parent / name).is_file() for name in names)
