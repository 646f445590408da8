"""Read the configurations of Jekyll, Hexo and Zola."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from feeds.records.posts import permalinks
from feeds.records.posts.permalinks import permalink_patterns
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import read_data, read_front_matter, read_yaml
from feeds.scaffold.folder_defaults import given_fields, held_keys, held_posts, in_folder
from feeds.scaffold.site_config import (
    SiteConfig,
    count_in,
    first_folder,
    name_in,
    pattern_below,
    site_url,
    table_in,
    text_in,
    texts_in,
    untaken,
)


def read_jekyll(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `_config.yml` of Jekyll, or of Hexo, which has a file of that name too."""
    data = read_yaml(path)
    if "source_dir" in data or _is_hexo(folder):
        return read_hexo(path, folder)
    defaults = [*_jekyll_defaults(data, folder)]
    permalink = text_in(table_in(data, "collections", "posts"), "permalink") or text_in(data, "permalink")
    permalink = next(
        (found for path, values in defaults if not path and (found := text_in(values, "permalink"))), permalink
    )
    patterns = _jekyll_patterns(permalink)
    return SiteConfig(
        "jekyll",
        source=(Path(text_in(data, "source")) / text_in(data, "collections_dir").strip("/")).as_posix(),
        home_page=site_url(text_in(data, "url"), text_in(data, "baseurl")),
        title=text_in(data, "title", "name"),
        description=text_in(data, "description", "tagline"),
        language=text_in(data, "lang", "locale", "language"),
        author=name_in(data, "author"),
        zone=text_in(data, "timezone"),
        limit=count_in(table_in(data, "feed"), "posts_limit", 10),
        web_url=(*_jekyll_addresses(defaults), *patterns),
        fields=given_fields(defaults, "jekyll", "images", "language")
        | _jekyll_fields(defaults)
        | held_posts(defaults, "jekyll"),
        output=text_in(data, "destination") or "_site",
        exclude=(*texts_in(data, "exclude"), *_jekyll_held(defaults)),
        unknown=(
            *untaken("permalink", permalink, patterns),
            *(["future; posts go out when they are due"] if data.get("future") is True else []),
        ),
    )


def _is_hexo(folder: Path) -> bool:
    return (folder / "source" / "_posts").is_dir() or all((folder / name).is_dir() for name in ("themes", "scaffolds"))


def _jekyll_patterns(permalink: str) -> tuple[str, ...]:
    return permalink_patterns(permalinks.STYLES.get(permalink, permalink), permalinks.JEKYLL)


def _jekyll_defaults(data: dict[str, Any], folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the defaults of posts by folder, nested folders first."""
    entries = data.get("defaults")
    found = [
        (table_in(entry, "scope"), table_in(entry, "values"))
        for entry in (entries if isinstance(entries, list) else ())
    ]
    collections = text_in(data, "collections_dir").strip("/")
    scoped = [
        (f"{text_in(scope, 'path').strip('/')}/".removeprefix(f"{collections}/").strip("/"), values)
        for scope, values in found
        if (scope.get("type") == "posts") or ("type" not in scope and _has_posts(text_in(scope, "path"), folder))
    ]
    yield from sorted(scoped, key=lambda entry: -entry[0].count("/") - bool(entry[0]))


def _jekyll_held(defaults: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Yield the patterns of files, and of folders by a glob, whose posts are not published by default."""
    yield from (f"/{path}" for path, values in defaults if re.search(r"[*?\[]|\.\w+$", path) and held_keys(values))


def _has_posts(path: str, folder: Path) -> bool:
    return not path.strip("/") or "_posts" in path or any((folder / path.strip("/")).glob("**/_posts"))


def _jekyll_addresses(defaults: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Yield the patterns of folders that have a permalink in the defaults."""
    for path, values in defaults:
        patterns = _jekyll_patterns(text_in(values, "permalink")) if path else ()
        yield from (in_folder(path, pattern) for pattern in patterns)


def _jekyll_fields(defaults: list[tuple[str, dict[str, Any]]]) -> dict[str, tuple[str, ...]]:
    """Return the sources of categories, authors and tags with the defaults for posts that have none."""
    fields = {}
    for name, keys in (("categories", ("category", "categories")), ("authors", ("author",))):
        given = [(path, values.get(key), key) for path, values in defaults for key in keys]
        own = tuple(in_folder(path, found) for path, value, key in given if (found := _quoted(value, key)))
        if own:
            fields[name] = (*PRESETS["jekyll"].fields[name], *own)
    tags = [(path, _quoted(values.get("tags"), "tags")) for path, values in defaults]
    own = tuple(in_folder(path, f":categories + tag + {found}") for path, found in tags if found)
    if own:
        usual = PRESETS["jekyll"].fields["topics"]
        fields["topics"] = (*(f"tags => {source}" for source in usual), *own, *usual)
    return fields


def _quoted(value: Any, key: str) -> str:
    """Return the source of a default, or nothing; several categories or tags are separated by spaces."""
    texts = value.split() if key in {"categories", "tags"} and isinstance(value, str) else texts_in({key: value}, key)
    return "" if any("'" in text for text in texts) else " + ".join(f"'{text}'" for text in texts)


def read_hexo(path: Path, folder: Path) -> SiteConfig:
    """Return the settings in `_config.yml` of Hexo."""
    data = read_yaml(path)
    permalink = text_in(data, "permalink")
    patterns = _hexo_addresses(permalink, data)
    languages = texts_in(data, "language")
    root = text_in(data, "source_dir") or "source"
    source = first_folder(folder, f"{root}/_posts", root)
    ignored = (*(f"/{root}/{path}" for path in texts_in(data, "skip_render")), *texts_in(data, "ignore"))
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
        fields=_hexo_fields(data),
        output=text_in(data, "public_dir") or "public",
        exclude=tuple(filter(None, (pattern_below(pattern, source) for pattern in ignored))),
        unknown=(
            *untaken("permalink", permalink, patterns),
            *(
                ["filename_case; write webUrl under [fields]"]
                if data.get("filename_case") and ":category" in permalink
                else []
            ),
        ),
    )


def _hexo_addresses(permalink: str, data: dict[str, Any]) -> tuple[str, ...]:
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


def _hexo_fields(data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
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


def read_zola(path: Path, folder: Path) -> SiteConfig | None:
    """Return the settings in `config.toml` of Zola, or None if it is not of Zola."""
    data = read_data(path)
    if "base_url" not in data:
        return None
    extra = table_in(data, "extra")
    listed = data.get("languages")  # once a list of tables
    codes = [text_in(entry, "code") for entry in listed] if isinstance(listed, list) else [*table_in(data, "languages")]
    others = tuple(f"*.{code}.md" for code in codes if code)
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
        exclude=(*texts_in(data, "ignored_content"), *others, *_draft_sections(folder / "content")),
        fields=_zola_taxonomies(data),
    )


def _zola_taxonomies(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return where topics and authors are, if the site has taxonomies of its own."""
    listed = data.get("taxonomies")
    names = [text_in(entry, "name") for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    people = tuple(f"taxonomies.{name}" for name in names if name in {"author", "authors"})
    topics = [f"taxonomies.{name}" for name in names if re.fullmatch(r"[\w-]+", name)]
    topics = [topic for topic in topics if topic not in people]
    read = "".join(PRESETS["zola"].fields["topics"])
    fields = {"topics": (" + ".join(topics),)} if any(topic not in read.split(" + ") for topic in topics) else {}
    return {**fields, **({"authors": (*PRESETS["zola"].fields["authors"], *people)} if people else {})}


def _draft_sections(content: Path) -> Iterator[str]:
    """Yield the patterns of sections that are drafts."""
    for page in sorted(content.rglob("_index.md")):
        if page.parent != content and read_front_matter(page).get("draft") is True:
            yield f"/{page.parent.relative_to(content).as_posix()}/**"
