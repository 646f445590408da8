"""Detect the site generator of a repository and read its configuration, without executing it."""

import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from feeds.scaffold.astro_config import read_astro
from feeds.scaffold.config_readers import lenient_text
from feeds.scaffold.docusaurus_config import read_docusaurus
from feeds.scaffold.eleventy_config import read_eleventy
from feeds.scaffold.guess_generator import has_dated_posts, preset_of_posts
from feeds.scaffold.hugo_config import read_hugo
from feeds.scaffold.jekyll_config import read_jekyll
from feeds.scaffold.mkdocs_config import read_mkdocs
from feeds.scaffold.myst_config import read_myst
from feeds.scaffold.other_generators import as_configured
from feeds.scaffold.pelican_config import read_pelican
from feeds.scaffold.quarto_config import read_quarto
from feeds.scaffold.quartz_config import read_quartz
from feeds.scaffold.script_reader import SUFFIXES
from feeds.scaffold.site_config import SiteConfig, first_file, site_url
from feeds.scaffold.unread_posts import emoji_codes, posts_of_others, unread_posts
from feeds.scaffold.zola_config import read_zola

Reader = Callable[[Path, Path], SiteConfig | None]

# File names that several generators have come last.
_GENERATORS: tuple[tuple[str, tuple[str, ...], Reader], ...] = (
    ("docusaurus", tuple(f"docusaurus.config.{suffix}" for suffix in SUFFIXES), read_docusaurus),
    ("astro", tuple(f"astro.config.{suffix}" for suffix in SUFFIXES), read_astro),
    ("obsidian", ("quartz.config.ts", ".obsidian"), read_quartz),
    ("quarto", ("_quarto.yml", "_quarto.yaml"), read_quarto),
    ("pelican", ("pelicanconf.py",), read_pelican),
    ("zola", ("zola.toml",), read_zola),
    ("hugo", ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"), read_hugo),
    ("", ("config.toml", "config.yaml", "config.yml", "config.json", "config/_default"), read_hugo),
    ("", ("config.toml",), read_zola),
    ("eleventy", tuple(f"eleventy.config.{suffix}" for suffix in SUFFIXES), read_eleventy),
    ("eleventy", (".eleventy.js",), read_eleventy),
    ("jekyll", ("_config.yml", "_config.yaml", "_config.toml"), read_jekyll),
    ("mkdocs", ("mkdocs.yml", "mkdocs.yaml", "mkdocs.blog.yml", "mkdocs.*.yml"), read_mkdocs),
    ("myst", ("myst.yml",), read_myst),
)
_NO_SITES = {"node_modules", "themes", "theme", "vendor", "exampleSite", "tests", "test", "examples", "templates"}
_SOURCES = ("content", "source", "src/content", "docs", "blog", "posts", ".")
_DEPTH = 2
_PLACEHOLDER = re.compile(
    r"(?:www\.)?(?:example\.(?:com|org|net)|your-?(?:site|domain|blog|website|name|username)[\w.-]*)"
    r"|your-docusaurus-[\w.-]+\.com|[\w-]+\.example\.com|(?:username|your-?username|yourname)\.github\.io"
)
_REPOSITORY = re.compile(r"github\.com[:/][\w.-]+/([\w-]+\.github\.io?)(?:\.git)?(?![\w.-])", re.IGNORECASE)


def find_generator(folder: Path) -> SiteConfig | None:
    """Return the settings of a generator in a folder, or up to two levels below it.

    Without a configuration the generator is guessed from posts. Returns None if there are none either.
    """
    for site in _folders(folder, _DEPTH):
        if found := _read_site(site):
            seen = _as_seen_from(folder, site, _at_real_address(found, site, folder))
            source = folder / seen.source
            codes = tuple(emoji_codes(source)) if seen.has_emoji else ()
            has_emoji = bool(codes and find_spec("emoji"))
            unread = (*unread_posts(seen.preset, source), *_other_sites(folder, site), *(() if has_emoji else codes))
            return seen._replace(has_emoji=has_emoji, unknown=(*seen.unknown, *unread))
    if guessed := preset_of_posts(folder):
        seen = as_configured(guessed, folder)
        return seen._replace(unknown=(*seen.unknown, *posts_of_others(folder)))
    return None


def _folders(folder: Path, depth: int) -> Iterator[Path]:
    """Yield a folder, and those below it that may contain a site."""
    yield folder
    if depth:
        below = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.is_symlink())
        for entry in below:
            if entry.name[0] not in "._" and entry.name not in _NO_SITES:
                yield from _folders(entry, depth - 1)


def _other_sites(folder: Path, first: Path) -> Iterator[str]:
    """Yield a note on each site with posts in a folder that is beside the first one."""
    sites = [first]
    for site in _folders(folder, _DEPTH):
        is_beside = site not in first.parents and not any(site.is_relative_to(other) for other in sites)
        if is_beside and (found := _read_site(site)):
            sites.append(site)
            if has_dated_posts(site / found.source):
                name = site.relative_to(folder).as_posix()
                yield f"what {name}/{found.file} says, of another site; run feeds init in {name} for it"


def _read_site(folder: Path) -> SiteConfig | None:
    for preset, names, read in _GENERATORS:
        for path in (path for name in names for path in sorted(folder.glob(name))):
            try:
                found = read(path, folder)
            except (OSError, ValueError, RecursionError) as error:
                found = _unread(preset, folder, error) if preset else None
            if found:
                return found._replace(file=path.relative_to(folder).as_posix())
    return None


def _unread(preset: str, folder: Path, error: Exception) -> SiteConfig:
    """Return the little that is known of a site with a broken configuration: its generator and the folder of posts."""
    said = error.strerror if isinstance(error, OSError) else str(error)
    reason = ((said or "").splitlines() or ["for an unknown reason"])[0]
    source = next(name for name in _SOURCES if (folder / name).is_dir())
    return SiteConfig(preset, source=source, unknown=(f"what the configuration says, which is broken: {reason}",))


def _at_real_address(config: SiteConfig, site: Path, folder: Path) -> SiteConfig:
    """Return a configuration with the home page on GitHub Pages in place of none or a placeholder, if it is known."""
    host = urlsplit(config.home_page).hostname or ""
    if host and not _PLACEHOLDER.fullmatch(host):
        return config
    if real := _published_at(site, config, folder):
        return config._replace(home_page=real)
    message = f"home_page, as {host} is a placeholder; write home_page and base_url into feeds.toml"
    return config._replace(unknown=(message, *config.unknown)) if host else config


def _published_at(site: Path, config: SiteConfig, folder: Path) -> str:
    """Return the home page on GitHub Pages: the domain in CNAME, or the name of a user's repository."""
    names = ("CNAME", f"{config.static}/CNAME", f"{config.source}/CNAME", "static/CNAME", "public/CNAME")
    cname = first_file(site, *names) or first_file(folder, "CNAME")
    if cname:
        lines = lenient_text(cname).split()
        return site_url(f"https://{lines[0]}") if lines else ""
    for file in (folder / ".git" / "config", site / config.file):
        if named := _REPOSITORY.search(f"{lenient_text(file)}\n"):
            return site_url(f"https://{named[1].lower()}")
    return ""


def _as_seen_from(folder: Path, site: Path, config: SiteConfig) -> SiteConfig:
    """Return a configuration with paths relative to another folder."""
    below = site.relative_to(folder)
    source = (below / config.source).as_posix()
    while not (folder / source).is_dir() and source != ".":
        source = Path(source).parent.as_posix()
    return config._replace(
        file=(below / config.file).as_posix(),
        source=source,
        output=(below / config.output).as_posix() if config.output else "",
        static=(below / config.static).as_posix() if config.static else "",
    )
