"""The front matter of other generators and its meaning, one preset each.

A field has sources, of which the first with a value wins, as in Hugo's `[frontmatter]`; `records.field_sources` defines
their syntax. The presets follow the generators' documentation and their own feeds.
"""

from collections.abc import Mapping
from typing import Any

from feeds.frontmatter.dialect import POSTS
from feeds.records.posts import cover_keys, permalinks
from feeds.records.posts.preset import Preset
from feeds.records.posts.preset_keys import ADDRESS_KEY

_COMMON: dict[str, tuple[str, ...]] = {
    "title": ("title", ":h1", ":stem"),
    "excerpt": ("description", "summary", "excerpt", ":more", ":paragraph"),
    "publishedDateTime": ("date", ":filename"),
    "updatedDateTime": ("updated", "lastmod", "modified"),
    "expires": ("expires",),
    "topics": ("tags + categories + filetags",),
    "authors": ("authors", "author"),
    "images": cover_keys.COMMON,
    "enclosures": ("enclosure", "enclosures", "audio"),
    "published": ("!draft",),
    "language": ("lang", "language", "locale"),
    "slug": ("slug", ":stem"),
    "originalUrl": ("bookmark-of", "repost-of", "like-of"),
    "id": ("{webUrl}",),
}
_BUILT = tuple(f"{a}.{b}" for a in ("build", "_build") for b in ("list=always|true", "render=always|true|link"))
# As the plugins Linter and Digital Garden of Obsidian write them.
_CREATED = ("created", "dg-created", "date created", "date-created", "date_created")
_UPDATED = ("dg-updated", "date modified", "date-modified", "date_modified")
# Jekyll and Hexo read no files and folders whose names begin with an underscore but those of posts.
_POSTS: Any = {"posts_folder": "_posts", "others": ("_*", "!_posts/", "**/_posts/**/_*"), "days_are_in_zone": True}
_LAYOUT = "layout template type weight aliases comments toc math mermaid sidebar nav_order options startup property"


def _preset(fields: Mapping[str, tuple[str, ...]], keys: str, **others: object) -> Preset:
    known = frozenset(f"{_LAYOUT} in-reply-to syndication {ADDRESS_KEY} {keys}".split())
    conventions: Any = {"needs_date": True, **others}
    return Preset({**_COMMON, **fields}, keys=known, **conventions)


PRESETS: dict[str, Preset] = {
    "jekyll": _preset(
        {
            "title": ("title", ":h1", ":titlecase"),
            "excerpt": ("description", "excerpt", ":more", ":paragraph"),
            "updatedDateTime": ("last_modified_at",),
            "categories": (":folders + categories + category",),
            "topics": (":categories + tag + tags",),
            "images": cover_keys.JEKYLL,
            "published": ("published", "!draft"),
            "slug": ("slug", ":stem"),
            "webUrl": ("permalink", "{home_page}{categories:raw}/{date:%Y/%m/%d}/{slug}.html"),
            "id": ("{webUrl:folder}/{slug:raw}",),
        },
        keys="permalink redirect_from sitemap excerpt_separator render_with_liquid version author_profile pin "
        "media_subpath img_path",
        media_folder=("media_subpath", "img_path"),
        posts=("**/_posts/**/[0-9]*-[0-9]*-[0-9]*-*", "**/_posts/**", "/_*/**", "[12][0-9][0-9][0-9]-*"),
        **_POSTS,
        permalinks=permalinks.JEKYLL,
        words="blanks",
        single=frozenset({"category", "tag"}),
        slug="jekyll",
        has_utc_timestamps=True,
        first_number="day",
        dialect=POSTS._replace(may_repeat_keys=True),
        markdown="kramdown",
        templates="liquid",
        has_rooted_images=True,
        authors_file=("_data/authors.yml", "_data/authors.yaml"),
        limit=10,
    ),
    "hugo": _preset(
        {
            "excerpt": ("summary", ":more", ":70-words", "description"),
            "publishedDateTime": ("publishdate", "date", "pubdate", "published", ":filename"),
            "updatedDateTime": ("lastmod", "modified"),
            "expires": ("expirydate", "unpublishdate", "expires"),
            "authors": ("params.author", "params.authors", "authors", "author"),
            "enclosures": ("params.enclosure", "enclosure", "params.audio", "audio"),
            "images": cover_keys.HUGO,
            "published": ("!draft", "!headless", *_BUILT),
            "slug": ("slug", "{name}"),
            "webUrl": ("url", "{home_page}{folder}/{slug:plus}/"),
        },
        keys="url slug expirydate publishdate menu menus build _build cascade headless iscjklanguage keywords "
        "linktitle markup outputs params resources sitemap translationkey series params.toc showtoc",
        others=("**/_index.*",),
        slug="hugo",
        path_slug="hugo path",
        given="a slash behind folders",
        permalinks=permalinks.HUGO,
        has_lower_links=True,
        has_bundles=True,
        has_rooted_images=True,
        templates="go",
        has_any_case=True,
    ),
    "eleventy": _preset(
        {
            "title": ("title", "eleventyComputed.title", ":h1", ":stem"),
            "topics": ("tags + categories + category",),
            "excerpt": ("description", "eleventyComputed.description", "summary", "excerpt", ":more", ":paragraph"),
            "publishedDateTime": ("date", ":filename", ":git"),
            "published": ("!draft", "permalink", "permalink.build", "!eleventyExcludeFromCollections"),
            "webUrl": ("permalink", "permalink.build", "{home_page}{path:raw}/"),
        },
        keys="permalink pagination eleventyNavigation eleventyExcludeFromCollections eleventyComputed "
        "templateEngineOverride tags external_url",
        no_topics=frozenset({"post", "posts", "all", "nav"}),
        words="one",
        given="no index at the end",
        has_template_links=True,
        has_links_below_home=True,
        templates="eleventy",
    ),
    "astro": _preset(
        {
            "publishedDateTime": (
                *("pubDate", "pubDatetime", "publishDate", "publishedAt", "published", "publishedDate"),
                *("datePublished", "date", "date_created", "created", "createdAt", ":filename"),
            ),
            "updatedDateTime": ("updatedDate", "modDatetime", "updatedAt", "updated", "lastmod", "dateModified"),
            "images": cover_keys.ASTRO,
            "topics": ("tags + categories + category + tag",),
            "webUrl": ("{home_page}blog/{slug}/",),
            "slug": ("slug", "postSlug", ":file"),
        },
        keys="abbrlink featured slug timezone hideEditPost heroImageAlt imageAlt series pinned",
        others=("**/_*.*",),
        slug="github",
        keeps_slugs=True,
        images="unknown",
        first_number="month",
        templates="components",
    ),
    "zola": _preset(
        {
            "excerpt": ("description", ":more", ":paragraph"),
            "publishedDateTime": ("date", ":filename", ":path"),
            "updatedDateTime": ("updated",),
            "topics": ("taxonomies.tags + taxonomies.categories + taxonomies.tag + taxonomies.category",),
            "images": cover_keys.ZOLA,
            "enclosures": ("extra.enclosure", "extra.audio"),
            "authors": ("authors", "extra.authors", "extra.author"),
            "published": ("!draft", "render"),
            "webUrl": ("path", "{home_page}{folder}/{slug}/"),
        },
        keys="path slug taxonomies extra in_search_index render redirect_to insert_anchor_links",
        others=("**/_index.*",),
        slug="zola",
        path_slug="as it is",
        given="a slash at the end",
        has_bundles=True,
        templates="tera",
    ),
    "hexo": _preset(
        {
            "excerpt": ("description", "excerpt", ":more", ":paragraph"),
            "categories": ("categories", "category", "'uncategorized'"),
            "topics": ("categories + tags", "category + tag"),
            "images": cover_keys.HEXO,
            "publishedDateTime": ("date", ":filename", ":git"),
            "published": ("published", "!draft"),
            "webUrl": ("permalink", "{home_page}{date:%Y/%m/%d}/{slug}/"),
            "slug": ("{file}",),
        },
        keys="permalink slug disableNunjucks abbrlink top sticky index_img mathjax copyright password",
        posts=("**/_posts/**",),
        **_POSTS,
        words="one",
        slug="hexo",
        path_slug="as it is",
        has_rooted_images=True,
        first_number="month",
        dialect=POSTS._replace(has_late_fence=True, has_tabs=True),
        templates="nunjucks",
        needs_date=False,
    ),
    "pelican": _preset(
        {
            "excerpt": ("summary", ":more", ":50-words"),
            "updatedDateTime": ("modified",),
            "categories": ("category", ":folder", "'misc'"),
            "topics": (":categories + tags",),
            "published": ("status=published",),
            "slug": ("slug", ":title"),
            "webUrl": ("url", "{home_page}{slug}.html"),
            "id": ("tag:{host},{date:%Y-%m-%d}:{webUrl:path}",),
        },
        keys="save_as url status translation gittime subtitle keywords number",
        others=("pages/**", "**/*.txt"),
        words="commas or semicolons",
        single=frozenset({"category"}),
        slug="pelican",
        keeps_slugs=True,
        has_typed_links=True,
        has_rooted_images=True,
        first_number="month",
        dialect=POSTS._replace(has_headers=True),
        has_any_case=True,
        markdown="python-markdown",
        templates="python",
    ),
    "mkdocs": _preset(
        {
            "title": ("title", ":h1", ":sentence"),
            "excerpt": ("description", ":more", ":paragraph"),
            "publishedDateTime": ("date.created", "date", ":filename", ":git"),
            "updatedDateTime": ("date.updated", "updated"),
            "categories": ("categories",),
            "slug": ("slug", ":title"),
            "webUrl": ("{home_page}blog/{date:%Y/%m/%d}/{slug}/",),
        },
        keys="readtime links hide search icon status pin slug og_image",
        posts=("**/blog/posts/**", "**/posts/**"),
        others=("/index.md", "/blog/index.md", "**/.authors.yml"),
        slug="mkdocs",
        path_slug="as it is",
        keeps_slugs=True,
        images="source",
        markdown="python-markdown",
        templates="mkdocs",
        authors_file=(".authors.yml", "../.authors.yml", "blog/.authors.yml"),
    ),
    "docusaurus": _preset(
        {
            "excerpt": ("description", ":more", ":paragraph"),
            "publishedDateTime": ("date", ":filename", ":path", ":git"),
            "updatedDateTime": ("last_update.date",),
            "topics": ("tags",),
            "published": ("!draft", "!unlisted"),
            "webUrl": ("{home_page}blog/{slug}", "{home_page}blog/{path:dated}"),
            "slug": ("slug",),
        },
        keys="slug hide_table_of_contents keywords toc_min_heading_level toc_max_heading_level last_update unlisted "
        "authors author_title author_url author_image_url title_meta authorTitle authorURL authorImageURL authorFBID "
        "authorTwitter",
        others=("**/_*",),
        images="unknown",
        has_rooted_images=True,
        has_links_below_home=True,
        static_folder="static",
        first_number="month",
        templates="mdx",
        authors_file=("authors.yml", "authors.json", "blog/authors.yml", "blog/authors.json"),
        tags_file=("tags.yml", "blog/tags.yml"),
        limit=20,
    ),
    "quarto": _preset(
        {
            "excerpt": ("description", ":paragraph"),
            "publishedDateTime": ("date", ":filename", ":git"),
            "updatedDateTime": ("date-modified",),
            "topics": ("categories",),
            "authors": ("author", "authors"),
            "webUrl": ("{home_page}{file}.html",),
        },
        keys="format execute bibliography jupyter engine listing image-alt subtitle csl editor code-fold freeze "
        "date-format number-sections page-layout title-block-banner lightbox citation filters resources about css "
        "params license copyright other-links include-in-header include-after-body doi abstract theme",
        posts=("**/posts/**",),
        others=("/index.qmd", "/about.qmd", "**/_*"),
        has_links_below_home=True,
        templates="quarto",
        first_number="month",
        limit=20,
    ),
    "myst": _preset(
        {
            "topics": ("tags + keywords",),
            "images": ("thumbnail", "banner"),
            "webUrl": ("{home_page}{path}/",),
        },
        keys="kernelspec jupytext license subject subtitle short_title doi venue affiliations exports bibliography",
        images="unknown",
        templates="myst",
    ),
    "obsidian": _preset(
        {
            "title": ("title", "dg-title", ":stem"),
            "publishedDateTime": ("date", "published", "publishDate", *_CREATED, ":filename", ":git"),
            "updatedDateTime": ("modified", "updated", "lastmod", "last-modified", *_UPDATED),
            "topics": ("tags + tag",),
            "images": cover_keys.OBSIDIAN,
            "published": ("publish", "dg-publish", "!draft"),
            "webUrl": ("permalink", "dg-permalink", "{home_page}{path}"),
        },
        keys="permalink cssclasses cssclass publish enableToc socialDescription dg-home dg-path dg-pinned dg-note-icon",
        others=("[Pp]rivate/", "*[Tt]emplates/", "*[Dd]rafts/"),
        slug="quartz",
        first_number="month",
        templates="obsidian",
    ),
}
