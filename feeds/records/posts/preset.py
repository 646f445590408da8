"""The conventions of one generator, as data."""

import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Literal, NamedTuple

from feeds.frontmatter.dialect import POSTS, Dialect
from feeds.model.record import MarkdownDialect

Words = Literal["commas", "blanks", "commas or semicolons", "one"]
# Where images beside a post are: below its page, at the path of their file, or where only the generator knows.
Images = Literal["page", "source", "unknown"]
Given = Literal["as it is", "a slash behind folders", "a slash at the end", "no index at the end"]
FirstNumber = Literal["", "day", "month"]
_TIMESTAMP = re.compile(r"\s*\d{4}-\d\d?-\d\d?(?:t|\s+)\d\d?:\d\d:\d\d", re.IGNORECASE | re.ASCII)  # of YAML 1.1


class Preset(NamedTuple):
    """The conventions of one generator, for records and for their addresses."""

    fields: Mapping[str, tuple[str, ...]]  # the sources of each field
    posts: tuple[str, ...] = ()  # globs for posts: the first that matches any file; all files if none does
    others: tuple[str, ...] = ()  # globs for files that are not posts
    words: Words = "commas"  # what separates topics in one text
    single: frozenset[str] = frozenset()  # keys whose text is one topic
    no_topics: frozenset[str] = frozenset()  # the generator's own collections
    keys: frozenset[str] = frozenset()  # keys that mean something to the generator, but not here
    slug: str = "as it is"  # how texts are slugified in addresses
    path_slug: str = ""  # how file names are slugified, if differently
    keeps_slugs: bool = False  # a slug in front matter is used as it is
    has_utc_timestamps: bool = False  # times with seconds and no offset are UTC, not in the site's zone
    days_are_in_zone: bool = False  # the day in an address is that of the zone, not the one that is written
    given: Given = "as it is"  # what becomes of an address in front matter
    permalinks: Mapping[str, tuple[str, ...]] = {}  # our tokens by those of permalinks
    posts_folder: str = ""  # the folder of posts, which is not part of an address
    has_lower_links: bool = False  # addresses made of patterns are in lower case
    has_template_links: bool = False  # an address in front matter may be a template
    markdown: MarkdownDialect = "markdown"  # whose rules bodies follow
    templates: str = ""  # the template language and dialect of bodies
    dialect: Dialect = POSTS  # of front matter
    first_number: FirstNumber = ""  # of a date such as 1/2/2024
    media_folder: tuple[str, ...] = ()  # keys with the folder on the site of a post's relative images
    has_any_case: bool = False  # keys are case-insensitive
    needs_date: bool = False  # a file without a date is a page, not a post
    has_bundles: bool = False  # files beside an index are resources of its page
    has_typed_links: bool = False  # links may have a prefix, as in `{filename}`
    images: Images = "page"
    has_rooted_images: bool = False  # relative images of front matter are on the site, not beside the page
    has_links_below_home: bool = False  # a link that begins with a slash is below the home page, whatever its path is
    static_folder: str = ""  # the folder whose files are on the site as they are
    authors_file: tuple[str, ...] = ()  # paths of the data file of authors
    tags_file: tuple[str, ...] = ()  # paths of the data file of tags
    limit: int | None = None  # how many items the generator's own feed has

    def zone_of(self, date: object, site: tzinfo | None, front_matter: str) -> tzinfo | None:
        """Return the zone of a date without an offset, which nearly always is that of the site."""
        if not (self.has_utc_timestamps and isinstance(date, str) and _TIMESTAMP.match(date)):
            return site
        is_quoted = f'"{date}"' in front_matter or f"'{date}'" in front_matter  # and so no time, but a text
        return site if is_quoted else UTC
