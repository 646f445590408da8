"""A picture."""

from typing import NamedTuple


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
