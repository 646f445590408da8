"""What the configurations of Jekyll, Hexo, Hugo, Zola and Pelican say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from feeds.scaffold.config_readers import read_constants, read_data, read_yaml
from feeds.scaffold.permalinks import permalink_pattern
from feeds.scaffold.site_config import (
    SiteConfig,
    count_in,
    first_folder,
    name_in,
    site_url,
    table_in,
    text_in,
    texts_in,
)

_HUGO_FILES = ("hugo", "config")
_PELICAN_TOKENS = {"slug": "{slug}", "category": "{category}", "lang": "{language}"}


def read_jekyll(path: Path, folder: Path) -> SiteConfig:
    """Return what `_config.yml` says; Hexo has a file of that name too."""
    data = read_yaml(path)
    if "source_dir" in data or _is_hexo(folder):
        return read_hexo(path, folder)
    permalink = _jekyll_permalink(data)
    pattern = permalink_pattern(permalink)
    return SiteConfig(
        "jekyll",
        source=text_in(data, "source") or ".",
        home_page=site_url(text_in(data, "url"), text_in(data, "baseurl")),
        title=text_in(data, "title", "name"),
        description=text_in(data, "description", "tagline"),
        language=text_in(data, "lang", "locale", "language"),
        author=name_in(data, "author"),
        zone=text_in(data, "timezone"),
        limit=count_in(table_in(data, "feed"), "posts_limit", 10),
        web_url=pattern if permalink else "",
        output=text_in(data, "destination") or "_site",
        exclude=texts_in(data, "exclude"),
        unknown=_untaken("permalink", permalink, pattern),
    )


def _is_hexo(folder: Path) -> bool:
    return (folder / "source" / "_posts").is_dir() or all((folder / name).is_dir() for name in ("themes", "scaffolds"))


def _jekyll_permalink(data: dict[str, Any]) -> str:
    """Return the permalink of posts: that of their collection, of their defaults, or of all pages."""
    defaults = data.get("defaults")
    for entry in defaults if isinstance(defaults, list) else ():
        scope = table_in(entry, "scope")
        permalink = text_in(table_in(entry, "values"), "permalink")
        if permalink and scope.get("type") == "posts" and not scope.get("path"):
            return permalink
    return text_in(table_in(data, "collections", "posts"), "permalink") or text_in(data, "permalink")


def _untaken(name: str, value: str, pattern: str) -> tuple[str, ...]:
    return (f"{name} {value}; write webUrl under [fields]",) if value and not pattern else ()


def read_hexo(path: Path, folder: Path) -> SiteConfig:
    """Return what `_config.yml` of Hexo says."""
    data = read_yaml(path)
    permalink = text_in(data, "permalink")
    pattern = permalink_pattern(permalink)
    languages = texts_in(data, "language")
    source = text_in(data, "source_dir") or "source"
    return SiteConfig(
        "hexo",
        source=first_folder(folder, f"{source}/_posts", source),
        home_page=site_url(text_in(data, "url")),
        title=text_in(data, "title"),
        description=text_in(data, "description", "subtitle"),
        language=languages[0] if languages else "",
        author=text_in(data, "author"),
        zone=text_in(data, "timezone"),
        limit=count_in(table_in(data, "feed"), "limit", 20),
        web_url=pattern if permalink else "",
        output=text_in(data, "public_dir") or "public",
        unknown=_untaken("permalink", permalink, pattern),
    )


def read_hugo(path: Path, folder: Path) -> SiteConfig | None:
    """Return what `hugo.toml` and the files of `config/_default` say, in the default language."""
    data = _hugo_data(path, folder)
    if not data.keys() & {"baseurl", "languagecode", "locale", "defaultcontentlanguage", "permalinks", "params"}:
        return None
    languages = table_in(data, "languages")
    tag = text_in(data, "defaultcontentlanguage") or "en"
    own = _lowered(table_in(languages, tag))
    params = {**_lowered(table_in(data, "params")), **_lowered(table_in(own, "params"))}
    both = {**data, **own}
    source = text_in(both, "contentdir") or "content"
    permalink, unknown = _hugo_permalink(table_in(data, "permalinks"), folder / source)
    if data.get("uglyurls") is True and not permalink:
        permalink = "/:sections/:slug.html"
    if data.get("defaultcontentlanguageinsubdir") is True and languages:
        permalink = f"/{tag}{permalink or '/:sections/:slug/'}"
    others = [language for language in languages if language != tag]
    return SiteConfig(
        "hugo",
        source=source,
        home_page=site_url(text_in(both, "baseurl")),
        title=text_in(both, "title"),
        description=text_in(params, "description") or text_in(both, "description"),
        language=text_in(both, "languagecode", "locale") or (tag if "defaultcontentlanguage" in data else ""),
        author=name_in(params, "author", "authors") or name_in(both, "author"),
        zone=text_in(both, "timezone"),
        limit=count_in(table_in(_lowered(table_in(data, "services")), "rss"), "limit") or count_in(data, "rsslimit"),
        web_url=permalink_pattern(permalink),
        output=text_in(data, "publishdir") or "public",
        static="static",
        exclude=tuple(f"*.{language}.*" for language in others),
        unknown=(*unknown, *(["ignoreFiles; write exclude"] if data.get("ignorefiles") else [])),
    )


def _hugo_data(path: Path, folder: Path) -> dict[str, Any]:
    """Return all settings with keys in small letters: those of the file, and over them those of `config/_default`.

    There a file is called after its table, as in `params.toml` or `params.de.toml`.
    """
    data = {} if path.is_dir() else _lowered(read_data(path))
    default = folder / "config" / "_default"
    for file in sorted(default.iterdir()) if default.is_dir() else ():
        if file.suffix not in {".toml", ".yaml", ".yml", ".json"}:
            continue
        name, _, language = file.stem.lower().partition(".")
        read = _lowered(read_data(file))
        if name in _HUGO_FILES:
            data = {**read, **data}
        elif language:
            languages = data.setdefault("languages", {})
            own = languages.setdefault(language, {}) if isinstance(languages, dict) else {}
            own.update(read if name == "languages" else {name: read})
        else:
            data[name] = {**read, **{key: _merged(read.get(key), own) for key, own in table_in(data, name).items()}}
    production = next(iter(sorted((folder / "config" / "production").glob("*.*"))), None)
    if production and production.stem in _HUGO_FILES:
        data |= _lowered(read_data(production))
    return data


def _merged(first: Any, over: Any) -> Any:
    return {**first, **over} if isinstance(first, dict) and isinstance(over, dict) else over


def _lowered(data: dict[str, Any]) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in data.items()}


def _hugo_permalink(permalinks: dict[str, Any], content: Path) -> tuple[str, list[str]]:
    """Return the permalink that holds for every section with posts, else nothing and what that leaves open."""
    pages = permalinks.get("page") if isinstance(permalinks.get("page"), dict) else permalinks
    by_section = {name: value for name, value in (pages or {}).items() if isinstance(value, str)}
    if not by_section:
        return "", []
    sections = {entry.name for entry in content.iterdir() if entry.is_dir()} if content.is_dir() else set()
    used = {section: by_section.get(section, "") for section in sections or by_section}
    values = set(used.values())
    if len(values) == 1 and permalink_pattern(*values):
        return values.pop(), []
    return "", ["permalinks, which differ by section; write webUrl under [fields]"] if any(values) else []


def read_zola(path: Path, _: Path) -> SiteConfig | None:
    """Return what `config.toml` of Zola says."""
    data = read_data(path)
    if "base_url" not in data:
        return None
    extra = table_in(data, "extra")
    others = tuple(f"*.{language}.md" for language in table_in(data, "languages"))
    return SiteConfig(
        "zola",
        source="content",
        home_page=site_url(text_in(data, "base_url")),
        title=text_in(data, "title"),
        description=text_in(data, "description"),
        language=text_in(data, "default_language"),
        author=text_in(data, "author") or name_in(extra, "author"),
        limit=count_in(data, "feed_limit"),
        output=text_in(data, "output_dir") or "public",
        static="static",
        exclude=(*texts_in(data, "ignored_content"), *others),
    )


def read_pelican(path: Path, folder: Path) -> SiteConfig:
    """Return what `pelicanconf.py` says, and over it `publishconf.py`, as the site is published with."""
    data = read_constants(path)
    published = folder / "publishconf.py"
    if published.is_file():
        data |= {key: value for key, value in read_constants(published).items() if value not in (None, "")}
    article = text_in(data, "ARTICLE_URL")
    pattern = _pelican_pattern(article)
    paths = texts_in(data, "ARTICLE_PATHS")
    root = (text_in(data, "PATH") or "content").rstrip("/")
    return SiteConfig(
        "pelican",
        source=f"{root}/{paths[0].strip('/')}" if len(paths) == 1 else root,
        home_page=site_url(text_in(data, "SITEURL")),
        title=text_in(data, "SITENAME"),
        description=text_in(data, "SITEDESCRIPTION", "SITESUBTITLE"),
        language=text_in(data, "DEFAULT_LANG"),
        author=text_in(data, "AUTHOR"),
        zone=text_in(data, "TIMEZONE"),
        limit=count_in(data, "FEED_MAX_ITEMS", 100),
        web_url=pattern,
        output=text_in(data, "OUTPUT_PATH") or "output",
        exclude=tuple(f"{name.strip('/')}/**" for name in texts_in(data, "PAGE_PATHS") if name.strip("/") != "pages"),
        unknown=_untaken("ARTICLE_URL", article, pattern),
    )


def _pelican_pattern(article: str) -> str:
    names = re.findall(r"\{(\w+)", article)
    if not article or set(names) - {*_PELICAN_TOKENS, "date"}:
        return ""
    filled = re.sub(r"\{(slug|category|lang)\}", lambda match: _PELICAN_TOKENS[match[1]], article)
    return "{home_page}" + filled.lstrip("/")
