"""The settings of a run, all with defaults."""

from collections.abc import Mapping
from datetime import timedelta, tzinfo
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urljoin

from feeds.diagnostics.rules import Severity
from feeds.locations import Location

FORMAT_NAMES = ("rss", "atom", "json", "csv", "html")
PREVIEW_URL = "http://127.0.0.1:8000/"


FeedBy = Literal["language", "author", "topic"]
FEEDS_BY: tuple[FeedBy, ...] = ("language", "author", "topic")
BodyMode = Literal["", "html", "summary", "raw", "none"]
BODY_MODES: tuple[BodyMode, ...] = ("html", "summary", "raw", "none")


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

    With `by` there is a feed for each value of the field, or each combination of values, with `min_items` items.
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
    """All settings; paths are relative to the folder of the configuration file.

    `cache` is the folder in which a build remembers what it has read, `ledger` the file of ids, `max_drop` how many
    percent of its items a feed may lose at once, `zone` where times without an offset were written; `rules` gives
    rules another severity, or switches them off.
    Files and folders of the source that match `exclude`, patterns as in a .gitignore, are no records.
    `keep` is how long an item stays in a feed however many there are.
    Subscribers get at most `limit` items and `max_bytes` at once (whole items, one at least), and with `archives` all
    older ones from archive documents.
    `cache_control` is the header with which an output at an address is served (RFC 9111, section 5.2).
    What stands under a `secret` key, at any depth of a record, never leaves.
    With a `preset`, or with `fields` that say what stands where, files are posts of another generator; `body` says
    what of their text goes out, and `site` is what they were found to have in common.
    """

    source: Location = Path("seeds")
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
    site: SiteFacts | None = None
    topics: TopicConfig = TopicConfig()
    feeds: tuple[FeedConfig, ...] = ()

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
