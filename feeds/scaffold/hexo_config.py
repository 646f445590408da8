"""Read the configuration of Hexo."""

from pathlib import Path
from typing import Any

from feeds.records.posts import permalinks
from feeds.records.posts.permalinks import permalink_patterns
from feeds.scaffold.config_readers import read_yaml
from feeds.scaffold.config_values import count_in, table_in, text_in, texts_in
from feeds.scaffold.globs import patterns_below
from feeds.scaffold.site_config import SiteConfig, first_folder, site_url, unsupported_link


def read_hexo(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `_config.yml` of Hexo."""
    data = read_yaml(path)
    permalink = text_in(data, "permalink")
    patterns = _addresses(permalink, data)
    languages = texts_in(data, "language")
    root = text_in(data, "source_dir") or "source"
    source = first_folder(folder, f"{root}/_posts", root)
    ignored = (*(f"/{root}/{path}" for path in texts_in(data, "skip_render")), *texts_in(data, "ignore"))
    is_changed = data.get("filename_case") and ":category" in permalink
    return SiteConfig(
        "hexo",
        source=source,
        home_page=site_url(text_in(data, "url")),
        title=text_in(data, "title"),
        description=text_in(data, "description", "subtitle"),
        language=languages[0] if languages else "",
        author=text_in(data, "author"),
        zone=text_in(data, "timezone"),
        limit=count_in(table_in(data, "feed"), "limit", 20),
        web_url=patterns,
        fields=_fields(data),
        output=text_in(data, "public_dir") or "public",
        exclude=patterns_below(ignored, source),
        unknown=(
            *unsupported_link("permalink", permalink, patterns),
            *(["filename_case; write webUrl under [fields]"] if is_changed else []),
        ),
    )


def _addresses(permalink: str, data: dict[str, Any]) -> tuple[str, ...]:
    """Return the patterns of URLs for a permalink, as other settings modify them."""
    patterns = permalink_patterns(permalink, permalinks.HEXO, has_keys=True)
    for key, value in table_in(data, "permalink_defaults").items():
        token = "{language}" if key == "lang" else f"{{data.{key}}}"
        patterns += tuple(pattern.replace(token, str(value)) for pattern in patterns if token in pattern)
    if data.get("post_asset_folder") is True:
        patterns = tuple(each if each.endswith(("/", ".html")) else f"{each}/" for each in patterns)
    if table_in(data, "pretty_urls").get("trailing_html") is False:
        patterns = tuple(pattern.removesuffix(".html") for pattern in patterns)
    if table_in(data, "pretty_urls").get("trailing_index") is False:
        patterns = tuple(pattern.removesuffix("index.html") for pattern in patterns)
    return patterns


def _fields(data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the sources of slugs if file names begin with a date, and of the default category."""
    fields: dict[str, tuple[str, ...]] = {}
    if text_in(data, "new_post_name").rpartition("/")[2].startswith(":year-:month-:day-:title"):
        fields["slug"] = (":filename", "{file:flat}")
    category = text_in(data, "default_category") or "uncategorized"
    words = {category: category, **table_in(data, "category_map")}
    fit = {name: word for name, word in words.items() if not set(f"{name}{word}") & set("'|={}")}
    mapped = [f"categories={name} => '{word}'" for name, word in fit.items() if name != category]
    if mapped or category != "uncategorized":
        fields["categories"] = (*mapped, "categories", *([f"'{fit[category]}'"] if category in fit else []))
    return fields
