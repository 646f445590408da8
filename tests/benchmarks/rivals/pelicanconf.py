"""Set Pelican up for the feeds of everything and of each topic, in RSS, of what is not `published: false`; no pages.

Pelican's own reader of Markdown takes no YAML, so that a reader of front matter stands here, on PyYAML's fast parser.
"""

from pathlib import Path
from types import SimpleNamespace

import yaml
from pelican import signals
from pelican.readers import BaseReader
from pelican.urlwrappers import Author, Category, Tag


class FrontMatterReader(BaseReader):
    """Read records."""

    enabled = True
    file_extensions = ("md",)

    def read(self, source_path):
        """Return the body and the metadata of a file."""
        _, front_matter, body = Path(source_path).read_text(encoding="utf-8").split("---\n", 2)
        data = yaml.load(front_matter, yaml.CSafeLoader)
        is_published = data.get("published", True) and not data.get("removed")
        return body, {
            "title": data["title"],
            "summary": data.get("excerpt") or "",
            "date": data["publishedDateTime"],
            "slug": Path(source_path).stem,
            "status": "published" if is_published else "skip",
            "authors": [Author(data["provider"]["name"], self.settings)],
            "category": Category(data["category"], self.settings),
            "tags": [Tag(topic, self.settings) for topic in data["topics"]],
        }


def _add_reader(readers):
    readers.reader_classes["md"] = FrontMatterReader


def _register():
    signals.readers_init.connect(_add_reader)


SITENAME = "Harbour news"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
PATH = "records"
OUTPUT_PATH = "out/pelican"
PLUGINS = [SimpleNamespace(__name__="front_matter", register=_register)]
FEED_DOMAIN = SITEURL
FEED_ALL_RSS = "all.rss"
TAG_FEED_RSS = "{slug}.rss"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = True
DIRECT_TEMPLATES = []
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = DRAFT_SAVE_AS = TAG_SAVE_AS = CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
CACHE_CONTENT = LOAD_CONTENT_CACHE = False
STATIC_PATHS = []
