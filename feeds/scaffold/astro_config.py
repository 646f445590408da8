"""Read the configuration of Astro, which is a script, without executing it."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from feeds.records.posts.permalinks import link_pattern
from feeds.scaffold.config_readers import lenient_text
from feeds.scaffold.folder_defaults import held_posts
from feeds.scaffold.globs import rooted_patterns
from feeds.scaffold.script_reader import Script, imported_files, read_script
from feeds.scaffold.site_config import SiteConfig, first_file, site_url, url_pattern
from feeds.sources.detect import likely_source

_FEEDS = tuple(
    f"src/pages/{name}.{suffix}" for name in ("rss.xml", "feed.xml", "rss", "feed") for suffix in ("js", "ts")
)
_CONSTANTS = tuple(
    f"src/{name}.{suffix}"
    for name in ("consts", "constants", "config", "site.config", "site-config", "config/site", "data/site")
    for suffix in ("ts", "js", "mjs")
)
_USUAL_ROUTES = ("blog", "posts", "post", "articles", "writing")
_POSTS = tuple(f"src/{root}/{name}" for root in ("content", "data", "pages") for name in _USUAL_ROUTES)
_COLLECTIONS = tuple(
    f"src/{name}" for name in ("content.config.ts", "content.config.mjs", "content.config.js", "content/config.ts")
)
_DEFAULT = re.compile(r"\b(draft|published)\s*:\s*z\s*\.boolean\(\)(?:\s*\.\w+\(\))*\s*\.default\(\s*(true|false)\s*\)")
_COMPUTED_ID = re.compile(r"\bgenerateId\b")
_GUESSED = "the addresses of posts, which are taken to be {}/SLUG/; if they are not, write webUrl under [fields]"
_PAGES = "src/pages"
_NO_SLASH = re.compile(r"\btrailingSlash\s*:\s*false\b")
_LINK = re.compile(r"\b(?:link|url|guid)\s*[:=]\s*(?:(?:new\s+)?[\w.]+\(\s*)?(`[^`]*`|\{`[^`]*`\})")
_NAMES = {
    f"{post}.{name}": "{slug}"
    for post in ("post", "entry", "p", "item", "article", "blog")
    for name in ("id", "slug", "data.slug", "frontmatter.slug")
}
_NO_POSTS = re.compile(r"\b(?:tag|categor|author|series|page|project|archive|api\b|og\b)")


def read_astro(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `astro.config.mjs`, in files of constants, and in the page that renders the feed."""
    feed = first_file(folder, *_FEEDS)
    constants = dict.fromkeys((*imported_files(path, folder), *(folder / name for name in _CONSTANTS)))
    script = read_script(path, *constants)
    own = read_script(feed, *dict.fromkeys((*imported_files(feed, folder), *constants)))
    source = _base(folder) or next(_usual_folders(folder), None) or _likely_posts(folder / "src", folder)
    home_page = site_url(script.find("site") or script.find("SITE", "website"), script.find("base"))
    link, unknown = _link(feed, folder, source, home_page, _ending(script))
    fields, exclude = _held(folder, source)
    return SiteConfig(
        "astro",
        source=source,
        home_page=home_page,
        title=own.find("title") or script.find("SITE_TITLE") or script.find("siteTitle"),
        description=own.find("description") or script.find("SITE_DESCRIPTION") or script.find("desc"),
        language=script.find("defaultLocale") or script.find("lang") or script.find("locale"),
        author=script.find("author") or script.find("AUTHOR"),
        zone=script.find("timezone"),
        web_url=(link,) if link else (),
        fields=fields,
        exclude=exclude,
        output=script.find("outDir").removeprefix("./") or "dist",
        static=script.find("publicDir").removeprefix("./") or "public",
        unknown=(*unknown, *_ids(folder, source)),
    )


def _usual_folders(folder: Path) -> Iterator[str]:
    """Yield the folders where posts usually are; one of pages may have nothing but a route."""
    for name in _POSTS:
        if (folder / name).is_dir() and (not name.startswith(_PAGES) or any((folder / name).rglob("*.md*"))):
            yield name


def _ending(script: Script) -> str:
    """Return what the addresses of pages end with."""
    if script.find("build", "format") == "file":
        return ".html"
    return "" if script.find("trailingSlash") == "never" else "/"


def _ids(folder: Path, source: str) -> tuple[str, ...]:
    """Return a note if the ids of posts, of which addresses are made, are computed."""
    is_computed = any(_COMPUTED_ID.search(text) for text in _collections(folder, source))
    return ("generateId of the collection of posts; if addresses differ, write webUrl under [fields]",) * is_computed


def _collections(folder: Path, source: str) -> list[str]:
    """Return the source text of the collections of posts."""
    texts = lenient_text(first_file(folder, *_COLLECTIONS)).split("defineCollection(")
    is_own = re.compile(rf"[/'\"]{re.escape(source)}/?['\"]").search
    return [text for text in texts[1:] if len(texts[1:]) == 1 or is_own(text)]


def _held(folder: Path, source: str) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the source of `published` where a collection holds posts back by default, and what its glob leaves out."""
    own = _collections(folder, source)
    defaults = {key: say == "true" for text in own for key, say in _DEFAULT.findall(text)}
    globs = [glob for text in own for glob in re.findall(r"['\"`]!([^'\"`]+)", text)]
    underscored = ("**/_*",) if PurePosixPath(source).is_relative_to(_PAGES) else ()
    return held_posts([("", defaults)], "astro"), (*rooted_patterns(globs), *underscored)


def _base(folder: Path) -> str:
    """Return the folder of the collection of posts, the `base` of `glob()`."""
    script = read_script(first_file(folder, *_COLLECTIONS))
    found = (entry.path for entry in script.entries if entry.path[-2:] == ("loader", "base"))
    bases = {path: script.find(*path).removeprefix("./").strip("/") for path in found}
    likely = (base for path, base in bases.items() if re.search("blog|post|article|writing", f"{path} {base}".lower()))
    return next((base for base in likely if base and (folder / base).is_dir()), "")


def _link(feed: Path | None, folder: Path, source: str, home_page: str, ending: str) -> tuple[str, tuple[str, ...]]:
    """Return the pattern of links in the site's own feed, else that of the route of posts, and what is not known."""
    text = lenient_text(feed)
    for written in _LINK.findall(text):
        pattern = link_pattern(written.strip("{}`") if written[0] == "{" else written.strip("`"), _NAMES)
        if pattern:
            below = pattern.replace("{home_page}" + urlsplit(home_page).path.lstrip("/"), "{home_page}")
            return (_as_in_rss(below, text) if "@astrojs/rss" in text else below), ()
    if PurePosixPath(source).is_relative_to(_PAGES):  # where the page of a post is at the path of its file
        route = PurePosixPath(source).relative_to(_PAGES).as_posix()
        pattern = url_pattern(route, "{path:raw}")
        return (_as_in_rss(pattern, text) if "@astrojs/rss" in text else pattern + ending), ()
    routes = _routes(folder / "src" / "pages")
    likely = [name for name in (*_USUAL_ROUTES, PurePosixPath(source).name) if name in routes]
    if not likely and len(routes) != 1:
        return "", (_GUESSED.format("blog"),)
    route = (likely or routes)[0]
    unknown = (_GUESSED.format(route),) if re.search(r"\blink\s*:", text) else ()
    pattern = url_pattern(route, "{slug}")
    pattern = _as_in_rss(pattern, text) if "@astrojs/rss" in text else pattern + ending
    return (pattern if pattern != "{home_page}blog/{slug}/" else ""), unknown


def _as_in_rss(pattern: str, text: str) -> str:
    """Return a pattern of addresses as `@astrojs/rss` writes them, which ends them with a slash by default."""
    has_slash = not _NO_SLASH.search(text)
    return pattern.rstrip("/") + ("/" if has_slash and "." not in pattern.rpartition("/")[2] else "")


def _routes(pages: Path) -> list[str]:
    """Return the folders with a route for posts, as in `blog/[...slug].astro`."""
    found = [entry.parent for entry in sorted(pages.rglob("[[]*[]].astro"))]
    found += [entry.parent.parent for entry in sorted(pages.rglob("[[]*[]]/index.astro"))]
    names = dict.fromkeys(entry.relative_to(pages).as_posix().removeprefix(".") for entry in found)
    return [name for name in names if "[" not in name and not _NO_POSTS.search(name)]


def _likely_posts(root: Path, folder: Path) -> str:
    """Return the folder below a root with the most front matter, relative to another."""
    found = likely_source(root) if root.is_dir() else likely_source(folder)
    return ((root if root.is_dir() else folder) / (found or Path())).relative_to(folder).as_posix()
