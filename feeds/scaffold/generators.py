"""Find out which site generator a repository is of, and what its configuration says; nothing of it is executed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from feeds.scaffold.config_readers import read_constants, read_data, read_script, read_yaml, text_in
from feeds.scaffold.permalinks import permalink_pattern


class SiteConfig(NamedTuple):
    """What a generator's configuration says of a site: texts are empty where it does not, or not in plain words.

    `web_url` is the pattern of addresses where it is not that of the preset.
    """

    preset: str
    file: str
    source: str
    home_page: str = ""
    title: str = ""
    description: str = ""
    language: str = ""
    author: str = ""
    zone: str = ""
    limit: int | None = None
    web_url: str = ""
    output: str = ""


def find_generator(folder: Path) -> SiteConfig | None:
    """Return what the configuration of a generator in a folder says, or None where there is none."""
    for names, read in _GENERATORS:
        for name in names:
            path = folder / name
            if path.exists() and (found := _read(read, path, folder)):
                return found
    return None


def _read(read: Callable[[Path, Path], SiteConfig | None], path: Path, folder: Path) -> SiteConfig | None:
    try:
        return read(path, folder)
    except (OSError, ValueError, RecursionError, yaml.YAMLError, SyntaxError):
        return None


def _site(url: str, base: str = "") -> str:
    """Return a home page with a slash at its end, or nothing for what is no address."""
    if not re.match(r"https?://", url):
        return ""
    return f"{url.rstrip('/')}/{base.strip('/')}".rstrip("/") + "/"


def _first_folder(folder: Path, *names: str) -> str:
    return next((name for name in names if (folder / name).is_dir()), names[0])


def _jekyll(path: Path, folder: Path) -> SiteConfig | None:
    if (folder / "source" / "_posts").is_dir() or all((folder / name).is_dir() for name in ("themes", "scaffolds")):
        return _hexo(path, folder)
    data = read_yaml(path)
    author = data.get("author")
    permalink = text_in(data, "permalink")
    pattern = permalink_pattern(permalink)
    feed = data.get("feed") if isinstance(data.get("feed"), dict) else {}
    return SiteConfig(
        "jekyll",
        path.name,
        text_in(data, "collections_dir", "source") or ".",
        _site(text_in(data, "url"), text_in(data, "baseurl")),
        text_in(data, "title", "name"),
        text_in(data, "description"),
        text_in(data, "lang", "locale"),
        text_in(author, "name") if isinstance(author, dict) else text_in(data, "author"),
        text_in(data, "timezone"),
        (feed or {}).get("posts_limit", 10),
        pattern if permalink else "",
        text_in(data, "destination"),
    )


def _hexo(path: Path, _: Path) -> SiteConfig | None:
    data = read_yaml(path)
    feed = data.get("feed") if isinstance(data.get("feed"), dict) else {}
    permalink = text_in(data, "permalink")
    return SiteConfig(
        "hexo",
        path.name,
        text_in(data, "source_dir") or "source",
        _site(text_in(data, "url")),
        text_in(data, "title"),
        text_in(data, "description"),
        text_in(data, "language").partition(",")[0],
        text_in(data, "author"),
        text_in(data, "timezone"),
        (feed or {}).get("limit", 20),
        permalink_pattern(permalink) if permalink else "",
    )


def _hugo(path: Path, folder: Path) -> SiteConfig | None:
    data = {key.lower(): value for key, value in read_data(path).items()}
    if "baseurl" not in data and "languagecode" not in data:
        return None
    params = data.get("params") if isinstance(data.get("params"), dict) else {}
    author = (params or {}).get("author")
    limit = data.get("rsslimit") or ((data.get("services") or {}).get("rss") or {}).get("limit")
    permalinks = data.get("permalinks") if isinstance(data.get("permalinks"), dict) else {}
    patterns = {value for value in (permalinks or {}).values() if isinstance(value, str)}
    return SiteConfig(
        "hugo",
        path.relative_to(folder).as_posix(),
        text_in(data, "contentdir") or "content",
        _site(text_in(data, "baseurl")),
        text_in(data, "title"),
        text_in(params or {}, "description"),
        text_in(data, "languagecode", "defaultcontentlanguage"),
        text_in(author, "name") if isinstance(author, dict) else text_in(params or {}, "author"),
        text_in(data, "timezone"),
        limit if isinstance(limit, int) and limit > 0 else None,
        permalink_pattern(patterns.pop()) if len(patterns) == 1 else "",
    )


def _zola(path: Path, _: Path) -> SiteConfig | None:
    data = read_data(path)
    if "base_url" not in data:
        return None
    extra = data.get("extra") if isinstance(data.get("extra"), dict) else {}
    return SiteConfig(
        "zola",
        path.name,
        "content",
        _site(text_in(data, "base_url")),
        text_in(data, "title"),
        text_in(data, "description"),
        text_in(data, "default_language"),
        text_in(data, "author") or text_in(extra or {}, "author"),
        limit=data.get("feed_limit") if isinstance(data.get("feed_limit"), int) else None,
    )


def _pelican(path: Path, _: Path) -> SiteConfig | None:
    data = read_constants(path)
    article = text_in(data, "ARTICLE_URL")
    pattern = re.sub(r"\{date:", "{date:", article) if set(re.findall(r"\{(\w+)", article)) <= {"slug", "date"} else ""
    return SiteConfig(
        "pelican",
        path.name,
        text_in(data, "PATH") or "content",
        _site(text_in(data, "SITEURL")),
        text_in(data, "SITENAME"),
        text_in(data, "SITESUBTITLE"),
        text_in(data, "DEFAULT_LANG"),
        text_in(data, "AUTHOR"),
        text_in(data, "TIMEZONE"),
        data.get("FEED_MAX_ITEMS", 100),
        "{home_page}" + pattern.lstrip("/") if pattern else "",
    )


def _astro(path: Path, folder: Path) -> SiteConfig | None:
    data = read_script(path, "site", "base")
    source = _first_folder(
        folder, "src/content/blog", "src/content/posts", "src/data/blog", "src/content", "src/pages/posts"
    )
    return SiteConfig("astro", path.name, source, _site(data.get("site", ""), data.get("base", "")))


def _mkdocs(path: Path, folder: Path) -> SiteConfig | None:
    data = read_yaml(path)
    docs = text_in(data, "docs_dir") or "docs"
    source = _first_folder(folder, f"{docs}/blog/posts", f"{docs}/posts", docs)
    theme = data.get("theme") if isinstance(data.get("theme"), dict) else {}
    return SiteConfig(
        "mkdocs",
        path.name,
        source,
        _site(text_in(data, "site_url")),
        text_in(data, "site_name"),
        text_in(data, "site_description"),
        text_in(theme or {}, "language"),
        text_in(data, "site_author"),
    )


def _docusaurus(path: Path, folder: Path) -> SiteConfig | None:
    data = read_script(path, "title", "tagline", "url", "baseUrl", "defaultLocale")
    return SiteConfig(
        "docusaurus",
        path.name,
        _first_folder(folder, "blog"),
        _site(data.get("url", ""), data.get("baseUrl", "")),
        data.get("title", ""),
        data.get("tagline", ""),
        data.get("defaultLocale", ""),
    )


def _quarto(path: Path, folder: Path) -> SiteConfig | None:
    data = read_yaml(path)
    website = data.get("website") if isinstance(data.get("website"), dict) else {}
    return SiteConfig(
        "quarto",
        path.name,
        _first_folder(folder, "posts", "."),
        _site(text_in(website or {}, "site-url")),
        text_in(website or {}, "title"),
        text_in(website or {}, "description"),
        text_in(data, "lang"),
    )


def _myst(path: Path, _: Path) -> SiteConfig | None:
    data = read_yaml(path)
    project = data.get("project") if isinstance(data.get("project"), dict) else {}
    return SiteConfig(
        "myst", path.name, ".", "", text_in(project or {}, "title"), text_in(project or {}, "description")
    )


def _eleventy(path: Path, folder: Path) -> SiteConfig | None:
    source = read_script(path, "input").get("input", "")
    root = folder / (source or ".")
    names = ("_data/metadata.json", "_data/site.json", "_data/metadata.js", "_data/site.js", "_data/metadata.yml")
    data: Mapping[str, Any] = {}
    for name in (path for each in names if (path := root / each).is_file()):
        data = (
            read_data(name)
            if name.suffix in {".json", ".yml"}
            else read_script(name, "title", "url", "description", "language")
        )
        break
    posts = _first_folder(root, "blog", "posts", "content/blog", "content", ".")
    author = data.get("author")
    return SiteConfig(
        "eleventy",
        path.name,
        (Path(source or ".") / posts).as_posix(),
        _site(text_in(data, "url")),
        text_in(data, "title"),
        text_in(data, "description"),
        text_in(data, "language", "lang"),
        text_in(author, "name") if isinstance(author, dict) else text_in(data, "author"),
    )


def _obsidian(path: Path, folder: Path) -> SiteConfig | None:
    data = read_script(path, "pageTitle", "baseUrl", "locale") if path.is_file() else {}
    url = data.get("baseUrl", "")
    source = "content" if (folder / "content").is_dir() else "."
    return SiteConfig(
        "obsidian",
        path.name,
        source,
        _site(f"https://{url}" if url else ""),
        data.get("pageTitle", ""),
        "",
        data.get("locale", ""),
    )


# In this order: what more than one generator may have is asked for last.
_GENERATORS: tuple[tuple[tuple[str, ...], Callable[[Path, Path], SiteConfig | None]], ...] = (
    (("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"), _docusaurus),
    (("astro.config.mjs", "astro.config.ts", "astro.config.js"), _astro),
    (("quartz.config.ts", ".obsidian"), _obsidian),
    (("mkdocs.yml", "mkdocs.yaml"), _mkdocs),
    (("_quarto.yml", "_quarto.yaml"), _quarto),
    (("myst.yml",), _myst),
    (("pelicanconf.py",), _pelican),
    (("zola.toml",), _zola),
    (("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"), _hugo),
    (("config/_default/hugo.toml", "config/_default/config.toml", "config/_default/hugo.yaml"), _hugo),
    (("config.toml", "config.yaml", "config.yml", "config.json"), _hugo),
    (("config.toml",), _zola),
    (("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", ".eleventy.js"), _eleventy),
    (("_config.yml", "_config.yaml"), _jekyll),
)
