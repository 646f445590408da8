"""Parts that records and items have in common: images, and related articles."""

from datetime import datetime
from typing import NamedTuple

from feeds.model.person import Person


class Image(NamedTuple):
    """A picture; width and height in pixels, None when unknown. `caption` is the credit as its author wrote it."""

    url: str
    width: int | None = None
    height: int | None = None
    title: str = ""
    credit: str = ""
    caption: str = ""
    link: str = ""
    description: str = ""


class Related(NamedTuple):
    """Another article on the same subject."""

    url: str
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    author: Person | None = None
    type: str = ""
    language: str = ""
