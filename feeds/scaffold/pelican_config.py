"""Read the configuration of Pelican, which is Python, without executing it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import lenient_text, read_constants
from feeds.scaffold.config_values import count_in, table_in, text_in, texts_in
from feeds.scaffold.folder_defaults import literal_source
from feeds.scaffold.pelican_paths import slug_of_name, unread_names, whole_path
from feeds.scaffold.site_config import SiteConfig, site_url, unsupported_link

_HOLDING = ("ARTICLE_EXCLUDES", "IGNORE_FILES", "EXTRA_PATH_METADATA", "DEFAULT_METADATA", "READERS")
_OF_SLUGS = ("SLUG", "CATEGORY", "AUTHOR")
_TOKENS = {
    "file": "file",
    "slug": "slug",
    "category": "category",
    "author": "author",
    "lang": "language",
    "date": "date",
}


def read_pelican(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `pelicanconf.py`, overridden by `publishconf.py`."""
    data = read_constants(path)
    published = folder / "publishconf.py"
    if published.is_file():
        data |= {key: value for key, value in read_constants(published).items() if value not in (None, "")}
    paths = texts_in(data, "ARTICLE_PATHS")
    root = (text_in(data, "PATH") or "content").rstrip("/")
    above = f"{paths[0].strip('/')}/" if len(paths) == 1 and paths[0].strip("/.") else ""
    patterns, unknown = _addresses(data, folder / root, above)
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
        web_url=patterns,
        fields=_fields(data, above),
        output=text_in(data, "OUTPUT_PATH") or "output",
        exclude=tuple(_excluded(data, paths, folder / root, above)),
        unknown=(
            *unknown,
            *unread_names(data),
            *(f"{name}, which is computed" for name in _HOLDING if data.get(name, "") is None),
            *(f"{name}; write slug into posts whose addresses it changes" for name in _slug_settings(data)),
            *(["times of files (DEFAULT_DATE); their first commit is taken"] if _is_of_files(data) else []),
        ),
    )


def _addresses(data: dict[str, Any], root: Path, above: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the patterns of the URLs of articles and translations, and what is not supported."""
    article, own = text_in(data, "ARTICLE_URL"), text_in(data, "DEFAULT_LANG") or "en"
    article = article.replace(f"{{{whole_path(data) or None}}}", f"{above}{{file}}")
    patterns = _patterns(article)
    unknown = unsupported_link("ARTICLE_URL", article, patterns)
    if not unknown and _has_languages(root):
        translated = _patterns(text_in(data, "ARTICLE_LANG_URL") or "{slug}-{lang}.html")
        normal = patterns or PRESETS["pelican"].fields["webUrl"][-1:]
        patterns = (*(f"lang={own} => {each}" for each in normal), *(f"lang => {each}" for each in translated), *normal)
    return patterns, unknown


def _patterns(article: str) -> tuple[str, ...]:
    """Return the pattern of `ARTICLE_URL`; an unknown token is a key of the front matter."""
    if not article or set(re.findall(r"\{(\w+)[.!\[]", article)):
        return ()
    filled = re.sub(r"\{(\w+)(?=[}:])", lambda match: "{" + _TOKENS.get(match[1], f"data.{match[1]}"), article)
    return ("{home_page}" + filled.lstrip("/"),)


def _has_languages(root: Path) -> bool:
    """Return whether any article names its language."""
    heads = (lenient_text(path)[:1000] for suffix in ("md", "rst") for path in root.rglob(f"*.{suffix}"))
    return any(re.search(r"^:?lang:", head, re.IGNORECASE | re.MULTILINE) for head in heads)


def _excluded(data: dict[str, Any], paths: tuple[str, ...], root: Path, above: str) -> Iterator[str]:
    """Yield patterns of the folders of pages, and of folders that are not among several ones of articles."""
    pages = {name.strip("/") for name in texts_in(data, "PAGE_PATHS")} - {"pages"}
    chosen = {path.strip("/").partition("/")[0] for path in paths}
    if len(paths) > 1 and chosen != {""} and root.is_dir():
        pages |= {entry.name for entry in root.iterdir() if entry.is_dir()} - chosen - {"pages"}
    yield from (f"{name}/**" for name in sorted(pages))
    yield from (f"/{name.strip('/').removeprefix(above)}/**" for name in texts_in(data, "ARTICLE_EXCLUDES"))
    yield from texts_in(data, "IGNORE_FILES")
    yield from (f"*.{suffix}" for suffix, reader in table_in(data, "READERS").items() if reader is None)
    held = (path for path, values in table_in(data, "EXTRA_PATH_METADATA").items() if _is_held(values))
    yield from (f"/{path.strip('/').removeprefix(above)}" for path in held)


def _is_held(values: Any) -> bool:
    """Return whether some metadata says that an article is not published."""
    return isinstance(values, dict) and text_in(values, "status") not in {"", "published"}


def _fields(data: dict[str, Any], above: str) -> dict[str, tuple[str, ...]]:
    """Return the sources of slugs, categories and status where settings change them."""
    fields: dict[str, tuple[str, ...]] = {}
    is_of_name = text_in(data, "SLUGIFY_SOURCE") == "basename"
    of_file = slug_of_name(data, above)
    if is_of_name or of_file:
        fields["slug"] = ("slug", *of_file, ":name" if is_of_name else ":title")
    paths = texts_in(data, "ARTICLE_PATHS")
    top = paths[0].strip("/").rpartition("/")[2] if len(paths) == 1 else ""
    has_folders = data.get("USE_FOLDER_AS_CATEGORY") is not False
    default = (has_folders and top) or text_in(data, "DEFAULT_CATEGORY") or "misc"
    categories = ("category", *([":folder"] if has_folders else []), f"'{default}'")
    if categories != PRESETS["pelican"].fields["categories"]:
        fields["categories"] = categories
    if date := _default_date(data):
        fields["publishedDateTime"] = (*PRESETS["pelican"].fields["publishedDateTime"], date)
    if "{author" in text_in(data, "ARTICLE_URL") and (author := literal_source([text_in(data, "AUTHOR")])) != "''":
        fields["authors"] = (*PRESETS["pelican"].fields["authors"], author)
    if _is_held(data.get("DEFAULT_METADATA")):
        fields["published"] = (*PRESETS["pelican"].fields["published"], "!status => 'false'")
    return fields


def _default_date(data: dict[str, Any]) -> str:
    """Return the source of dates of articles that have none, or nothing."""
    date = data.get("DEFAULT_DATE")
    if isinstance(date, tuple) and len(date) >= len(("year", "month", "day")):
        return literal_source([f"{'-'.join(map(str, date[:3]))} {':'.join(map(str, (*date[3:6], 0, 0)[:3]))}"])
    return ":git" if _is_of_files(data) else literal_source([date]) if isinstance(date, str) and date else ""


def _is_of_files(data: dict[str, Any]) -> bool:
    return data.get("DEFAULT_DATE") == "fs"


def _slug_settings(data: dict[str, Any]) -> Iterator[str]:
    """Yield the settings that change slugs of titles, categories or authors."""
    names = (*(f"{of}{rest}_SUBSTITUTIONS" for of in _OF_SLUGS for rest in ("", "_REGEX")),)
    yield from (
        name for name in (*names, "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE") if data.get(name, False) is not False
    )
