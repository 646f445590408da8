"""Recognize generators without a preset, and what their configuration leaves out, without executing it."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from feeds.scaffold.config_readers import lenient_text
from feeds.scaffold.globs import patterns_below, rooted_patterns
from feeds.scaffold.guess_generator import ADDRESSES
from feeds.scaffold.script_reader import SUFFIXES, read_script, texts_under
from feeds.scaffold.site_config import SiteConfig, site_url, url_pattern


class _Other(NamedTuple):
    """The configuration of a generator: its name without suffix, the folder of the site from there, and keys in it."""

    name: str
    stem: str
    root: str
    excluding: str  # the key of globs for files that are no pages
    home_page: tuple[str, ...]


_OTHERS = (
    _Other("VitePress", ".vitepress/config", "..", "srcExclude", ("sitemap", "hostname")),
    _Other("VuePress", ".vuepress/config", "..", "pagePatterns", ("hostname",)),
    _Other("Gatsby", "gatsby-config", ".", "ignore", ("siteUrl",)),
    _Other("Next.js", "next.config", ".", "", ()),
    _Other("Nuxt", "nuxt.config", ".", "", ("site", "url")),
    _Other("SvelteKit", "svelte.config", ".", "", ()),
)
# Its posts, like theirs, may contain components, extensions of GitHub, and images that a program moves.
_PRESET = "astro"
_STARTER = "_posts"  # the folder of posts in the starter of Next.js, whose pages are below posts/
_GATSBY_FOLDER = re.compile(r"\bpath:\s*[`'\"](?:\$\{__dirname\}/|\./)?([\w./-]+)")
_OF_FILES = {"VitePress", "VuePress"}  # whose pages are where their files are
_DEPTHS = ("", "*/", "*/*/")


def as_configured(site: SiteConfig, folder: Path) -> SiteConfig:
    """Return a site that was guessed from posts with what the configuration of a generator without a preset says."""
    found = next(_configurations(folder), None)
    if not found:
        return site
    other, path = found
    script, name = read_script(path), path.relative_to(folder).as_posix()
    site = site._replace(preset=_PRESET, source=_source_of(other, path, folder, site.source))
    root = PurePosixPath(name).parent / other.root / (script.find("srcDir") if other.name == "VitePress" else "")
    globs, is_whole = texts_under(lenient_text(path), other.excluding)
    below = "{home_page}posts/" if site.source == _STARTER else "{home_page}"
    addresses = _addresses(other, lenient_text(path), _plain(root), site.source)
    lost = f"{other.excluding} of {name}; write into exclude what it leaves out"
    return site._replace(
        home_page=site.home_page or site_url(script.find(*other.home_page), script.find("base")),
        title=script.find("title"),
        description=script.find("description"),
        language=script.find("lang"),
        web_url=addresses or ("path", f"{below}{{data.slug}}/", f"{below}{{path:raw}}/"),
        exclude=_patterns(globs, _plain(root), site.source, is_negative=other.name == "VuePress"),
        unknown=(
            *(["rewrites; write webUrl under [fields]"] if addresses and script.has("rewrites") else []),
            f"{other.name} ({name}), which has no preset; that of Astro is the nearest",
            *(said for said in site.unknown[1:] if said != ADDRESSES or not addresses),
            *(() if is_whole else (lost,)),
        ),
    )


def _source_of(other: _Other, path: Path, folder: Path, guessed: str) -> str:
    """Return the folder of posts that the configuration of Gatsby names, that of a starter, or the guessed one."""
    named = _GATSBY_FOLDER.findall(lenient_text(path)) if other.name == "Gatsby" else []
    below = [(path.parent / each).relative_to(folder).as_posix() for each in named if (path.parent / each).is_dir()]
    usual = _STARTER if guessed == "." and (folder / _STARTER).is_dir() else guessed
    return next((each for each in below if PurePosixPath(each).is_relative_to(guessed)), usual)


def _addresses(other: _Other, text: str, root: str, source: str) -> tuple[str, ...]:
    """Return the pattern of pages that are where their files are, with `.html` unless the site does without."""
    if other.name not in _OF_FILES or not PurePosixPath(source).is_relative_to(root or "."):
        return ()
    below = PurePosixPath(source).relative_to(root or ".").as_posix()
    suffix = "" if re.search(r"\bcleanUrls\s*:\s*true\b", text) else ".html"
    return (url_pattern(below, f"{{path:raw}}{suffix}"),)


def _configurations(folder: Path) -> Iterator[tuple[_Other, Path]]:
    for depth in _DEPTHS:
        for other in _OTHERS:
            for suffix in SUFFIXES:
                found = sorted(folder.glob(f"{depth}{other.stem}.{suffix}"))
                yield from ((other, path) for path in found if "node_modules" not in path.parts)


def _plain(path: PurePosixPath) -> str:
    """Return a path without `.` and `..`."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            del parts[-1:]
        else:
            parts.append(part)
    return "/".join(parts)


def _patterns(globs: tuple[str, ...], root: str, source: str, *, is_negative: bool) -> tuple[str, ...]:
    """Return globs below one folder as patterns of another; where globs say what pages are, only those with `!`."""
    chosen = [glob.removeprefix("!") for glob in globs if glob.startswith("!")] if is_negative else globs
    return patterns_below(rooted_patterns(chosen, root), source if source != "." else "")
