"""Read the configurations of Astro, Docusaurus, Eleventy and Quartz, which are scripts, without executing them."""

import re
from collections.abc import Iterator
from glob import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

from feeds.records.posts.permalinks import ELEVENTY, link_pattern
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import lenient_text, read_data
from feeds.scaffold.folder_defaults import Given, given_fields, held_folders, held_keys, held_posts, in_folder
from feeds.scaffold.script_reader import Script, imported, read_script
from feeds.scaffold.site_config import (
    SiteConfig,
    first_file,
    first_folder,
    name_in,
    pattern_below,
    patterns_in,
    site_url,
    text_in,
    texts_in,
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
_LINK = re.compile(r"\b(?:link|url|guid)\s*[:=]\s*(`[^`]*`|\{`[^`]*`\})")
_ASTRO_NAMES = {
    f"{post}.{name}": "{slug}"
    for post in ("post", "entry", "p", "item", "article", "blog")
    for name in ("id", "slug", "data.slug", "frontmatter.slug")
}
_ASTRO_ROUTES = ("blog", "posts", "post", "articles", "writing")
_NO_POSTS = re.compile(r"tag|categor|author|series|page|project|archive|api|og\b")
_SITE_KEYS = ("title", "name", "url", "description", "language", "lang")
_ELEVENTY_POSTS = (
    *("blog", "posts", "post", "articles"),
    *("content/blog", "content/posts", "src/posts", "src/blog"),
)
_BLOG_PLUGIN = re.compile(r"plugin-content-blog['\"]\)?,\s*(?:/\*.*?\*/\s*)?\(?\{(.*?)\n\s*\}", re.DOTALL)
_DATA_FILES = ("metadata", "site", "meta", "config", "global", "siteConfig")


def read_astro(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `astro.config.mjs`, in files of constants, and in the page that renders the feed."""
    feed = first_file(folder, *_ASTRO_FEEDS)
    constants = dict.fromkeys((*imported(path, folder), *(folder / name for name in _ASTRO_CONSTANTS)))
    script = read_script(path, *constants)
    own = read_script(feed, *dict.fromkeys((*imported(feed, folder), *constants)))
    usual = (name for name in _ASTRO_POSTS if (folder / name).is_dir())
    source = _astro_base(folder) or next(usual, None) or _likely_posts(folder / "src", folder)
    link, unknown = _astro_link(feed, folder, source)
    return SiteConfig(
        "astro",
        source=source,
        home_page=site_url(script.find("site") or script.find("SITE", "website"), script.find("base")),
        title=own.find("title") or script.find("SITE_TITLE") or script.find("siteTitle"),
        description=own.find("description") or script.find("SITE_DESCRIPTION") or script.find("desc"),
        language=script.find("defaultLocale") or script.find("lang") or script.find("locale"),
        author=script.find("author") or script.find("AUTHOR"),
        zone=script.find("timezone"),
        web_url=(link,) if link else (),
        output=script.find("outDir").removeprefix("./") or "dist",
        static=script.find("publicDir").removeprefix("./") or "public",
        unknown=unknown,
    )


def _astro_base(folder: Path) -> str:
    """Return the folder of the collection of posts, the `base` of `glob()`."""
    files = ("src/content.config.ts", "src/content.config.mjs", "src/content.config.js", "src/content/config.ts")
    script = read_script(first_file(folder, *files))
    found = (path for path, _ in script.entries if path[-2:] == ("loader", "base"))
    bases = {path: script.find(*path).removeprefix("./").strip("/") for path in found}
    likely = (base for path, base in bases.items() if re.search("blog|post|article|writing", f"{path} {base}".lower()))
    return next((base for base in likely if base and (folder / base).is_dir()), "")


def _astro_link(feed: Path | None, folder: Path, source: str) -> tuple[str, tuple[str, ...]]:
    """Return the pattern of links in the site's own feed, else that of the route of posts, and what is not known."""
    for written in _LINK.findall(lenient_text(feed)):
        pattern = link_pattern(written.strip("{}`") if written[0] == "{" else written.strip("`"), _ASTRO_NAMES)
        if pattern:
            return pattern, ()
    routes = _astro_routes(folder / "src" / "pages")
    likely = [name for name in (*_ASTRO_ROUTES, PurePosixPath(source).name) if name in routes]
    if not likely and len(routes) != 1:
        return "", ("the addresses of posts, which are taken to be blog/SLUG/",)
    route = (likely or routes)[0]
    pattern = "{home_page}" + (f"{route}/" if route else "") + "{slug}/"
    return (pattern if route != "blog" else ""), ()


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
        limit=_number(script.find("blog", "feedOptions", "limit")) or 20,
        web_url=ways,
        output="build",
        static=script.find("staticDirectories") or "static",
    )


def read_eleventy(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in the configuration of Eleventy and in its data files."""
    script = read_script(path)
    called = re.search(r"setInputDirectory\(\s*['\"]([^'\"]+)", lenient_text(path))
    source = (called[1] if called else script.find("dir", "input") or script.find("input")).strip("./")
    root = folder / source
    site = _eleventy_data(root / (script.find("dir", "data") or "_data"), script)
    names = [name for name in _ELEVENTY_POSTS if (root / name).is_dir()]
    posts = names[0] if names else (likely_source(root) or Path()).as_posix()
    given = [*_eleventy_data_of_folders(root / posts)]
    prefix = script.find("pathPrefix").strip("/")
    return site._replace(
        home_page=urljoin(site.home_page, f"/{prefix}/") if prefix and site.home_page else site.home_page,
        source=(Path(source) / posts).as_posix(),
        limit=_number(script.find("collection", "limit")),
        web_url=(*_eleventy_folders(root / posts), *filter(None, [_eleventy_link(root / posts, posts)])),
        fields=given_fields(given, "eleventy", "authors", "images", "language")
        | _eleventy_topics(given)
        | held_posts(given, "eleventy"),
        exclude=(
            *held_folders(given),
            *_held_by_data(root / posts),
            *_eleventy_ignored(path, folder, source, (Path(source) / posts).as_posix()),
        ),
        output=(script.find("dir", "output") or "_site").removeprefix("./"),
    )


def _eleventy_data(folder: Path, script: Script) -> SiteConfig:
    """Return title, URL and author of the site from a data file, or else from the options of the feed plugin."""
    for name in _DATA_FILES:
        file = first_file(folder, *(f"{name}.{suffix}" for suffix in ("json", "yaml", "yml", "js", "mjs", "cjs", "ts")))
        if file and file.suffix in {".json", ".yaml", ".yml"}:
            data = read_data(file)
            return _eleventy_site({key: text_in(data, key) for key in _SITE_KEYS}, name_in(data, "author"))
        if file:
            own = read_script(file)
            author = own.find("author", "name") or own.find("author")
            return _eleventy_site({key: own.find(key) for key in _SITE_KEYS}, author)
    keys = {"title": "title", "url": "base", "description": "subtitle", "language": "language"}
    found = {key: script.find("metadata", name) for key, name in keys.items()}
    return _eleventy_site(found, script.find("metadata", "author", "name"))


def _eleventy_site(texts: dict[str, str], author: str) -> SiteConfig:
    return SiteConfig(
        "eleventy",
        home_page=site_url(texts.get("url", "")),
        title=texts.get("title", "") or texts.get("name", ""),
        description=texts.get("description", ""),
        language=texts.get("language", "") or texts.get("lang", ""),
        author=author,
    )


def _eleventy_folders(posts: Path) -> Iterator[str]:
    """Yield the patterns of folders of posts that have a permalink in a data file."""
    for file in sorted((*posts.rglob("*.json"), *posts.rglob("*.11tydata.js"))):
        folder = file.parent
        if folder != posts and file.name.partition(".")[0] == folder.name:
            written = text_in(read_data(file), "permalink") if file.suffix == ".json" else ""
            pattern = link_pattern(written or read_script(file).find("permalink"), ELEVENTY)
            yield from [f"{folder.relative_to(posts).as_posix()}/ => {pattern}"] if pattern else []


def _eleventy_data_of_folders(posts: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield folders of posts with the data in the file that is named after the folder."""
    for file in sorted((*posts.rglob("*.json"), *posts.rglob("*.11tydata.*js"))):
        if file.name.partition(".")[0] == file.parent.name:
            yield file.parent.relative_to(posts).as_posix().removeprefix("."), _data_of(file)


def _held_by_data(posts: Path) -> Iterator[str]:
    """Yield patterns of the posts that are not published by a data file that is named after them."""
    for file in sorted((*posts.rglob("*.json"), *posts.rglob("*.11tydata.*js"))):
        name = file.name.removesuffix(file.suffix).removesuffix(".11tydata")
        if any(file.parent.glob(f"{escape(name)}.m*")) and held_keys(_data_of(file)):
            yield f"/{(file.parent / name).relative_to(posts).as_posix()}.*"


def _eleventy_ignored(path: Path, folder: Path, root: str, posts: str) -> Iterator[str]:
    """Yield patterns of the posts that the configuration or a file of patterns ignores."""
    found = re.findall(r"\bignores\.add\(\s*['\"`]([^'\"`]+)", lenient_text(path))
    for place in dict.fromkeys(("", root)):
        lines = patterns_in(lenient_text(first_file(folder / place, ".eleventyignore")))
        found += [f"{place}/{line.lstrip('/')}" if place else line for line in lines]
    for pattern in found:
        plain = pattern.removeprefix("./").lstrip("/")
        if below := pattern_below(plain if plain.startswith("**/") else f"/{plain}", posts):
            yield below


def _data_of(file: Path) -> dict[str, Any]:
    return read_data(file) if file.suffix == ".json" else _script_data(file)


def _eleventy_topics(given: Given) -> dict[str, tuple[str, ...]]:
    """Return the sources of topics, which are those of a post and of all folders that it is in."""
    preset = PRESETS["eleventy"]
    usual, sources = preset.fields["topics"], list[str]()
    for folder, _ in sorted(given, key=lambda entry: -len(entry[0])):
        above = (values for other, values in given if not other or f"{folder}/".startswith(f"{other}/"))
        tags = dict.fromkeys(tag for values in above for tag in texts_in(values, "tags") if tag not in preset.no_topics)
        if tags:
            sources.append(in_folder(folder, " + ".join([*usual, *(f"'{tag}'" for tag in tags)])))
    return {"topics": (*sources, *usual)} if sources else {}


def _script_data(file: Path) -> dict[str, Any]:
    """Return what a program says of posts as plain values: a text or a truth value each."""
    text, script = lenient_text(file), read_script(file)
    switches = re.findall(r"^\s*(draft|permalink|eleventyExcludeFromCollections):\s*(true|false)\b", text, re.MULTILINE)
    return {"author": script.find("author"), "lang": script.find("lang")} | {
        key: say == "true" for key, say in switches
    }


def _eleventy_link(posts: Path, name: str) -> str:
    """Return the pattern of links: the permalink in the folder's data file, else the path."""
    for file in (f"{posts.name}.json", f"{posts.name}.11tydata.json"):
        if (posts / file).is_file():
            written = text_in(read_data(posts / file), "permalink")
            if pattern := link_pattern(written, ELEVENTY):
                return pattern
    script = read_script(*(posts / f"{posts.name}.11tydata.{suffix}" for suffix in ("js", "cjs", "mjs")))
    pattern = link_pattern(script.find("permalink"), ELEVENTY)
    return pattern or ("{home_page}" + f"{name}/{{path:raw}}/" if name != "." else "")


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
        limit=_number(script.find("rssLimit")) or (10 if text else None),
        output="public" if text else "",
        exclude=tuple(re.findall(r"['\"]([^'\"]+)['\"]", ignored[1])) if ignored else (),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and int(text) > 0 else None
