"""The conventions of one generator, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Words = Literal["commas", "blanks", "commas or semicolons", "one"]
Given = Literal["as it is", "a slash behind folders", "a slash at the end", "no index at the end"]


class Preset(NamedTuple):
    """The conventions of one generator.

    `posts` are globs for the files that are posts, of which the first that any file has counts, and all files where
    none does; `others` are globs for files that are none. `fields` are the sources of each field. Text for several
    topics is divided at `words`, but that of the keys `single`; `no_topics` are the generator's own collections. `keys`
    have a meaning to the generator, and are of no use here. `slug` names how texts become parts of addresses,
    `path_slug` how names of files do, unless the slug is given and `keeps_slugs`. `templates` is the language that
    bodies may hold. Front matter may be `Key: value` lines without a fence where it has `headers`, and have a fence at
    its end alone where it `has_late_fence`. A file without a date is a page and no post where it `needs_date`; files
    beside an index belong to it where it `has_bundles`. Links begin with what they lead to, as in `{filename}`, where
    it `has_typed_links`.

    Times without an offset are of UTC where `has_utc_times`, else of the site's zone. The day in an address is that of
    the zone where `days_are_in_zone`, else that of the date as it is written. 1/2/2024 is a date, one of January, where
    the generator `has_month_first`. `given` says what becomes of an address that front matter has; tokens in one mean
    what `permalinks` says, and it may be a template where the generator `has_template_links`. Addresses that are made
    of patterns are in lower case where it `has_lower_links`; the place of the folder `posts_folder` is no part of them.
    """

    fields: Mapping[str, tuple[str, ...]]
    posts: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    words: Words = "commas"
    single: frozenset[str] = frozenset()
    no_topics: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    slug: str = "as it is"
    path_slug: str = ""
    keeps_slugs: bool = False
    has_utc_times: bool = False
    days_are_in_zone: bool = False
    given: Given = "as it is"
    permalinks: Mapping[str, tuple[str, ...]] = {}
    posts_folder: str = ""
    has_lower_links: bool = False
    has_template_links: bool = False
    templates: str = ""
    headers: bool = False
    has_late_fence: bool = False
    has_month_first: bool = False
    has_any_case: bool = False
    needs_date: bool = False
    has_bundles: bool = False
    has_typed_links: bool = False
    authors_file: tuple[str, ...] = ()
    tags_file: tuple[str, ...] = ()
    limit: int | None = None
