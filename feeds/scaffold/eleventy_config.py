"""Read the configuration of Eleventy and its data files, without executing any."""

import re
from pathlib import Path
from urllib.parse import urljoin

from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import lenient_text, read_data
from feeds.scaffold.config_values import name_in, text_in, texts_in
from feeds.scaffold.eleventy_data import given_by, held_by_data, read_folder_data, unclear_exclusions
from feeds.scaffold.eleventy_links import computed_links, folder_links, unclear_links
from feeds.scaffold.folder_defaults import Given, given_fields, held_posts, in_folder
from feeds.scaffold.globs import patterns_below, patterns_in, rooted_patterns
from feeds.scaffold.script_reader import Script, number_in, read_script
from feeds.scaffold.site_config import SiteConfig, first_file, site_url
from feeds.sources.detect import likely_source

_SITE_KEYS = {
    "title": ("title", "siteName", "siteTitle", "name"),
    "url": ("url", "siteUrl", "siteURL", "baseUrl", "baseURL", "domain"),
    "description": ("description", "siteDescription"),
    "language": ("language", "lang"),
}
_POSTS = (
    *("blog", "posts", "post", "articles"),
    *("content/blog", "content/posts", "src/posts", "src/blog"),
)
_DATA_FILES = ("metadata", "site", "meta", "config", "global", "siteConfig")


def read_eleventy(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in the configuration of Eleventy and in its data files."""
    script = read_script(path)
    called = re.search(r"setInputDirectory\(\s*['\"]([^'\"]+)", lenient_text(path))
    source = (called[1] if called else script.find("dir", "input") or script.find("input")).strip("./")
    root = folder / source
    data_folder = root / (script.find("dir", "data") or "_data")
    site = _site_in_data(data_folder, script)
    names = [name for name in _POSTS if (root / name).is_dir()]
    posts = names[0] if names else (likely_source(root) or Path()).as_posix()
    data = read_folder_data(root, root / posts, data_folder)
    given = given_by(data, root / posts)
    prefix = script.find("pathPrefix").strip("/")
    return site._replace(
        home_page=urljoin(site.home_page, f"/{prefix}/") if prefix and site.home_page else site.home_page,
        source=(Path(source) / posts).as_posix(),
        limit=number_in(script.find("collection", "limit")),
        body="raw" if re.search(r"\bmarkdownTemplateEngine\s*:\s*false\b", lenient_text(path)) else "",
        web_url=folder_links(given, posts),
        fields=given_fields(given, "eleventy", "authors", "images", "language")
        | _topics(given)
        | held_posts(given, "eleventy")
        | computed_links(given, posts),
        exclude=(*held_by_data(root / posts), *_ignored(path, folder, source, (Path(source) / posts).as_posix())),
        output=(script.find("dir", "output") or "_site").removeprefix("./"),
        unknown=(*unclear_links(data, path, folder, posts), *unclear_exclusions(data, folder)),
    )


def _site_in_data(folder: Path, script: Script) -> SiteConfig:
    """Return title, URL and author of the site from a data file, or else from the options of the feed plugin."""
    for name in _DATA_FILES:
        file = first_file(folder, *(f"{name}.{suffix}" for suffix in ("json", "yaml", "yml", "js", "mjs", "cjs", "ts")))
        if file and file.suffix in {".json", ".yaml", ".yml"}:
            data = read_data(file)
            return _site_of({key: text_in(data, *names) for key, names in _SITE_KEYS.items()}, name_in(data, "author"))
        if file:
            script, own = read_script(file), read_script(file).surface()
            found = {key: next(filter(None, map(own.find, names)), "") for key, names in _SITE_KEYS.items()}
            return _site_of(found, script.find("author", "name") or script.find("author"))
    keys = {"title": "title", "url": "base", "description": "subtitle", "language": "language"}
    found = {key: script.find("metadata", name) for key, name in keys.items()}
    return _site_of(found, script.find("metadata", "author", "name"))


def _site_of(texts: dict[str, str], author: str) -> SiteConfig:
    return SiteConfig(
        "eleventy",
        home_page=site_url(texts["url"]),
        title=texts["title"],
        description=texts["description"],
        language=texts["language"],
        author=author,
    )


def _ignored(path: Path, folder: Path, root: str, posts: str) -> tuple[str, ...]:
    """Return patterns of the posts that the configuration or a file of patterns ignores."""
    found = re.findall(r"\bignores\.add\(\s*['\"`]([^'\"`]+)", lenient_text(path))
    for place in dict.fromkeys(("", root)):
        lines = patterns_in(lenient_text(first_file(folder / place, ".eleventyignore")))
        found += [f"{place}/{line.lstrip('/')}" if place else line for line in lines]
    return patterns_below(rooted_patterns(found), posts)


def _topics(given: Given) -> dict[str, tuple[str, ...]]:
    """Return the sources of topics, which are those of a post and of all folders that it is in."""
    preset = PRESETS["eleventy"]
    usual, sources = preset.fields["topics"], list[str]()
    for folder, own in sorted(given, key=lambda entry: -len(entry[0])):
        above = (values for other, values in given if not other or f"{folder}/".startswith(f"{other}/"))
        tags = dict.fromkeys(tag for values in above for tag in texts_in(values, "tags") if tag not in preset.no_topics)
        if tags and texts_in(own, "tags"):
            sources.append(in_folder(folder, " + ".join([*usual, *(f"'{tag}'" for tag in tags)])))
    return {"topics": (*sources, *usual)} if sources else {}
