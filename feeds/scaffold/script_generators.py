"""Read the configurations of Astro, Docusaurus and Quartz, which are scripts, without executing them."""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from feeds.records.posts.permalinks import link_pattern
from feeds.scaffold.config_readers import lenient_text
from feeds.scaffold.folder_defaults import held_posts
from feeds.scaffold.script_reader import imported, number_in, read_script
from feeds.scaffold.site_config import (
    SiteConfig,
    alternatives,
    first_file,
    first_folder,
    site_url,
)
from feeds.sources.detect import likely_source

_ASTRO_FEEDS = tuple(
    f"src/pages/{name}.{suffix}" for name in ("rss.xml", "feed.xml", "rss", "feed") for suffix in ("js", "ts")
)
_ASTRO_CONSTANTS = tuple(
    f"src/{name}.{suffix}"
    for name in ("consts", "constants", "config", "site.config", "site-config", "config/site", "data/site")
    for suffix in ("ts", "js", "mjs")
)
_ASTRO_POSTS = tuple(
    f"src/{root}/{name}"
    for root in ("content", "data", "pages")
    for name in ("blog", "posts", "post", "articles", "writing")
)
_ASTRO_COLLECTIONS = tuple(
    f"src/{name}" for name in ("content.config.ts", "content.config.mjs", "content.config.js", "content/config.ts")
)
_ASTRO_DEFAULT = re.compile(
    r"\b(draft|published)\s*:\s*z\s*\.boolean\(\)(?:\s*\.\w+\(\))*\s*\.default\(\s*(true|false)\s*\)"
)
_ASTRO_PAGES = "src/pages"
_NO_SLASH = re.compile(r"\btrailingSlash\s*:\s*false\b")
_LINK = re.compile(r"\b(?:link|url|guid)\s*[:=]\s*(`[^`]*`|\{`[^`]*`\})")
_ASTRO_NAMES = {
    f"{post}.{name}": "{slug}"
    for post in ("post", "entry", "p", "item", "article", "blog")
    for name in ("id", "slug", "data.slug", "frontmatter.slug")
}
_ASTRO_ROUTES = ("blog", "posts", "post", "articles", "writing")
_NO_POSTS = re.compile(r"tag|categor|author|series|page|project|archive|api|og\b")
_BLOG_EXCLUDE = re.compile(r"\bblog\s*:\s*\{(?:[^{}]|\{[^{}]*\})*?\bexclude\s*:\s*\[([^\]]*)\]")
_BLOG_LIMIT = ("blog", "feedOptions", "limit")  # null is no limit
_BLOG_PLUGIN = re.compile(r"plugin-content-blog['\"]\)?,\s*(?:/\*.*?\*/\s*)?\(?\{(.*?)\n\s*\}", re.DOTALL)


def read_astro(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `astro.config.mjs`, in files of constants, and in the page that renders the feed."""
    feed = first_file(folder, *_ASTRO_FEEDS)
    constants = dict.fromkeys((*imported(path, folder), *(folder / name for name in _ASTRO_CONSTANTS)))
    script = read_script(path, *constants)
    own = read_script(feed, *dict.fromkeys((*imported(feed, folder), *constants)))
    usual = (name for name in _ASTRO_POSTS if (folder / name).is_dir())
    source = _astro_base(folder) or next(usual, None) or _likely_posts(folder / "src", folder)
    home_page = site_url(script.find("site") or script.find("SITE", "website"), script.find("base"))
    link, unknown = _astro_link(feed, folder, source, home_page)
    fields, exclude = _astro_held(folder, source)
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
        unknown=unknown,
    )


def _astro_held(folder: Path, source: str) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the source of `published` where a collection holds posts back by default, and what its glob leaves out."""
    texts = lenient_text(first_file(folder, *_ASTRO_COLLECTIONS)).split("defineCollection(")
    is_own = re.compile(rf"[/'\"]{re.escape(source)}/?['\"]").search
    own = [text for text in texts[1:] if len(texts[1:]) == 1 or is_own(text)]
    defaults = {key: say == "true" for text in own for key, say in _ASTRO_DEFAULT.findall(text)}
    globs = [glob for text in own for glob in re.findall(r"['\"`]!([^'\"`]+)", text)]
    exclude = (glob if glob.startswith("**") else f"/{glob}" for each in globs for glob in alternatives(each))
    underscored = ("**/_*",) if PurePosixPath(source).is_relative_to(_ASTRO_PAGES) else ()
    return held_posts([("", defaults)], "astro"), (*exclude, *underscored)


def _astro_base(folder: Path) -> str:
    """Return the folder of the collection of posts, the `base` of `glob()`."""
    script = read_script(first_file(folder, *_ASTRO_COLLECTIONS))
    found = (path for path, _ in script.entries if path[-2:] == ("loader", "base"))
    bases = {path: script.find(*path).removeprefix("./").strip("/") for path in found}
    likely = (base for path, base in bases.items() if re.search("blog|post|article|writing", f"{path} {base}".lower()))
    return next((base for base in likely if base and (folder / base).is_dir()), "")


def _astro_link(feed: Path | None, folder: Path, source: str, home_page: str) -> tuple[str, tuple[str, ...]]:
    """Return the pattern of links in the site's own feed, else that of the route of posts, and what is not known."""
    text = lenient_text(feed)
    for written in _LINK.findall(text):
        pattern = link_pattern(written.strip("{}`") if written[0] == "{" else written.strip("`"), _ASTRO_NAMES)
        if pattern:
            below = pattern.replace("{home_page}" + urlsplit(home_page).path.lstrip("/"), "{home_page}")
            return (_as_in_rss(below, text) if "@astrojs/rss" in text else below), ()
    if PurePosixPath(source).is_relative_to(_ASTRO_PAGES):  # where the page of a post is at the path of its file
        route = PurePosixPath(source).relative_to(_ASTRO_PAGES).as_posix()
        return _as_in_rss("{home_page}" + f"{route}/".removeprefix("./") + "{path:raw}", text), ()
    routes = _astro_routes(folder / "src" / "pages")
    likely = [name for name in (*_ASTRO_ROUTES, PurePosixPath(source).name) if name in routes]
    if not likely and len(routes) != 1:
        return "", ("the addresses of posts, which are taken to be blog/SLUG/",)
    route = (likely or routes)[0]
    pattern = "{home_page}" + (f"{route}/" if route else "") + "{slug}/"
    return (pattern if route != "blog" else ""), ()


def _as_in_rss(pattern: str, text: str) -> str:
    """Return a pattern of addresses as `@astrojs/rss` writes them: with a slash at the end, unless told otherwise."""
    has_slash = not _NO_SLASH.search(text)
    return pattern.rstrip("/") + ("/" if has_slash and "." not in pattern.rpartition("/")[2] else "")


def _astro_routes(pages: Path) -> list[str]:
    """Return the folders with a route for posts, as in `blog/[...slug].astro`."""
    found = [entry.parent for entry in sorted(pages.rglob("[[]*[]].astro"))]
    found += [entry.parent.parent for entry in sorted(pages.rglob("[[]*[]]/index.astro"))]
    names = dict.fromkeys(entry.relative_to(pages).as_posix().removeprefix(".") for entry in found)
    return [name for name in names if "[" not in name and not _NO_POSTS.search(name)]


def _likely_posts(root: Path, folder: Path) -> str:
    """Return the folder below a root with the most front matter, relative to another."""
    found = likely_source(root) if root.is_dir() else likely_source(folder)
    return ((root if root.is_dir() else folder) / (found or Path())).relative_to(folder).as_posix()


def read_docusaurus(path: Path, folder: Path) -> SiteConfig:
    """Return the settings of the site and its blog in `docusaurus.config.js`."""
    files = (path, *imported(path, folder))
    script = read_script(*files)
    text = "\n".join(map(lenient_text, files))
    blog = {key: script.find("blog", key) for key in ("path", "routeBasePath")}
    plugin = _BLOG_PLUGIN.search(text)
    if plugin and not (folder / (blog["path"] or "blog")).is_dir():
        blog = {key: next(iter(re.findall(rf"\b{key}:\s*['\"]([^'\"]*)", plugin[1])), "") for key in blog}
    excluded = _BLOG_EXCLUDE.search(text) or re.search(r"\bexclude\s*:\s*\[([^\]]*)\]", plugin[1] if plugin else "")
    globs = re.findall(r"['\"`]([^'\"`]+)", excluded[1]) if excluded else ()
    slash = "/" if re.search(r"\btrailingSlash:\s*true\b", text) else ""
    base = f"{blog['routeBasePath'].strip('/')}/" if blog["routeBasePath"] else "blog/"
    ways = tuple("{home_page}" + f"{base.lstrip('/')}{{{token}}}{slash}" for token in ("slug", "path:dated"))
    return SiteConfig(
        "docusaurus",
        source=blog["path"].removeprefix("./") or first_folder(folder, "blog"),
        home_page=site_url(script.find("url"), script.find("baseUrl")),
        title=script.find("blog", "feedOptions", "title") or script.find("title"),
        description=script.find("blog", "feedOptions", "description") or script.find("tagline"),
        language=script.find("blog", "feedOptions", "language") or script.find("defaultLocale"),
        limit=number_in(script.find(*_BLOG_LIMIT)) if script.has(*_BLOG_LIMIT) else 20,
        web_url=ways,
        output="build",
        exclude=tuple(glob if glob.startswith("**/") else f"/{glob}" for each in globs for glob in alternatives(each)),
        static=script.find("staticDirectories") or "static",
    )


def read_quartz(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `quartz.config.ts`, or those of an Obsidian vault."""
    script, text = read_script(path), lenient_text(path)
    url = script.find("baseUrl")
    ignored = re.search(r"ignorePatterns:\s*\[([^\]]*)\]", text)
    return SiteConfig(
        "obsidian",
        source="content" if (folder / "content").is_dir() else ".",
        home_page=site_url(f"https://{url}" if url and "://" not in url else url),
        title=script.find("pageTitle"),
        language=script.find("locale"),
        limit=number_in(script.find("rssLimit")) or (10 if text else None),
        output="public" if text else "",
        exclude=tuple(re.findall(r"['\"]([^'\"]+)['\"]", ignored[1])) if ignored else (),
    )
