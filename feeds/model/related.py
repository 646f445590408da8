"""Another article on the same subject."""

from datetime import datetime
from typing import NamedTuple

from feeds.model.person import Person


class Related(NamedTuple):
    """An article that a record or an item refers to."""

    url: str
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    author: Person | None = None
    type: str = ""
    language: str = ""
