"""Read the configuration of Zola."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import read_data, read_front_matter
from feeds.scaffold.config_values import count_in, name_in, table_in, tables_in, text_in, texts_in
from feeds.scaffold.site_config import SiteConfig, site_url


def read_zola(path: Path, folder: Path) -> SiteConfig | None:
    """Return the settings in `config.toml` of Zola, or None if it is not of Zola."""
    data = read_data(path)
    if "base_url" not in data:
        return None
    extra = table_in(data, "extra")
    # Once a list of tables.
    codes = [text_in(entry, "code") for entry in tables_in(data, "languages")] or [*table_in(data, "languages")]
    slugify = table_in(data, "slugify")
    has_raw = text_in(slugify, "paths") in {"off", "safe"}
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
        web_url=("{home_page}{folder}/{slug:raw}/",) if has_raw else (),
        output=text_in(data, "output_dir") or "public",
        static="static",
        has_emoji=table_in(data, "markdown").get("render_emoji") is True,
        exclude=(*texts_in(data, "ignored_content"), *others, *_draft_sections(folder / "content")),
        fields=_fields(data) | ({"slug": ("slug", ":name")} if slugify.get("paths_keep_dates") is True else {}),
    )


def _fields(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return where topics and authors are, if the site has taxonomies of its own."""
    names = [text_in(entry, "name") for entry in tables_in(data, "taxonomies")]
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
