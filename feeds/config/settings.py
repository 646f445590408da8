"""The settings of a run, all with defaults."""

from collections.abc import Mapping
from datetime import timedelta, tzinfo
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import urljoin

from feeds.diagnostics.rules import Severity
from feeds.locations import Location
from feeds.model.podcast import Podcast

FORMAT_NAMES = ("rss", "atom", "json", "csv", "html")
PREVIEW_URL = "http://127.0.0.1:8000/"


FeedBy = Literal["language", "author", "topic"]
FEEDS_BY: tuple[FeedBy, ...] = get_args(FeedBy)
BodyMode = Literal["", "html", "summary", "raw", "none"]
BODY_MODES: tuple[BodyMode, ...] = get_args(BodyMode)[1:]


class SiteFacts(NamedTuple):
    """Facts about the posts of a site from other files: authors and tags by key, commit dates by path.

    `attachments` are the paths of files that posts may embed by name. Dates are those of the first and the last commit,
    as RFC 3339 text. `files` are the files that were read, `warnings` say what could not be found.
    """

    authors: Mapping[str, Mapping[str, Any]]
    git: Mapping[str, tuple[str, str]]
    files: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()
    tags: Mapping[str, str] = {}
    attachments: tuple[str, ...] = ()


class TopicConfig(NamedTuple):
    """The topics that get feeds: names or patterns; `min_items` leaves small topics out.

    If `allowed` is set, records may have only these topics and aliases.
    """

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    min_items: int = 1
    aliases: Mapping[str, str] = {}
    allowed: tuple[str, ...] = ()


class FeedConfig(NamedTuple):
    """A feed of the user's own: its file name, its title and its selection.

    With `by` there is a feed for each value of the field, or each combination of values. A feed with fewer than
    `min_items` items is left out.
    """

    name: str
    title: str = ""
    description: str = ""
    topics: tuple[str, ...] = ()
    exclude_topics: tuple[str, ...] = ()
    type: str = ""
    min_quality: int | None = None
    limit: int | None = None
    keep: timedelta | None = None
    by: tuple[FeedBy, ...] = ()
    min_items: int = 1


class Config(NamedTuple):
    """All settings, with their defaults; paths are relative to the folder of the configuration file.

    - `source` and `output` are folders, or URLs in object storage; `exclude` has patterns, as in a .gitignore, of files
      in the source that are not records. If `part` is set, only the records of that folder or file in the source are
      published.
    - `base_url` is the URL of the output, `home_page` that of the site, `hub` that of a WebSub hub;
      `podcast` says what directories of podcasts need of feeds with episodes.
    - A feed has at most `limit` items and `max_bytes` bytes, but at least one item, and all items of the period `keep`.
      With `archives`, older items are in archive documents (RFC 5005).
    - `schema` is the file of a user's JSON Schema, `cache` the folder of the index, `ledger` the file of ids.
    - `cache_control` is the header of the output in object storage (RFC 9111, section 5.2).
    - `max_drop` is the share of its items, in percent, that a feed may lose in one build.
    - `zone` is the time zone of dates without an offset.
    - Values under `secret` keys, at any depth of a record, are never published.
    - `rules` changes the severity of rules, or switches them off.
    - With a `preset`, or with `fields`, files are posts of another generator; `body` says what is published of their
      text, with `emoji` codes such as :tada: in it are emoji, and `site` has the facts of the site.
    - `topics` and `feeds` say which feeds there are besides the feed of everything.
    """

    source: Location = Path("seeds")
    part: Location | None = None
    exclude: tuple[str, ...] = ()
    output: Location = Path("public")
    base_url: str = ""
    home_page: str = ""
    title: str = "Published records"
    description: str = ""
    language: str = "en"
    author: str = ""
    icon: str = ""
    hub: str = ""
    podcast: Podcast | None = None
    formats: tuple[str, ...] = FORMAT_NAMES
    limit: int = 50
    keep: timedelta | None = None
    max_bytes: int = 250_000
    archives: bool = False
    schema: Path | None = None
    cache_control: str = "public, max-age=300"
    csv_defuse: bool = False
    csv_bom: bool = False
    cache: Path | None = None
    ledger: Path | None = None
    max_drop: int = 50
    zone: tzinfo | None = None
    secret: tuple[str, ...] = ("secured",)
    rules: Mapping[str, Severity | Literal["off"]] = {}
    preset: str = ""
    fields: Mapping[str, tuple[str, ...]] = {}
    body: BodyMode = ""
    emoji: bool = False
    site: SiteFacts | None = None
    topics: TopicConfig = TopicConfig()
    feeds: tuple[FeedConfig, ...] = ()

    @property
    def published_source(self) -> Location:
        """Return the folder or file whose records are published: the part of the source, or all of it."""
        return self.part or self.source

    @property
    def has_posts(self) -> bool:
        """Return whether files are posts of another generator, which need a mapping to records."""
        return bool(self.preset or self.fields)

    @property
    def posts_at(self) -> str:
        """Return the URL of the site of posts: the home page, else the root of the output's host."""
        return self.home_page or urljoin(self.served_at, "/")

    @property
    def served_at(self) -> str:
        """Return the absolute URL of the output folder, with a slash at its end."""
        return (self.base_url or PREVIEW_URL).rstrip("/") + "/"
