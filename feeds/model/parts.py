"""Parts that records and items have in common: persons, images, files and related articles."""

from datetime import datetime
from typing import NamedTuple

BANNER = "banner_image"  # of JSON Feed: an image of the item too, and kept besides, as nothing else says which it is


class Person(NamedTuple):
    """An author or contributor."""

    name: str = ""
    url: str = ""
    email: str = ""
    avatar: str = ""

    @property
    def label(self) -> str:
        """Return what stands for the person in a text: the name, else the e-mail address, else the URL."""
        return self.name or self.email or self.url


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


class Enclosure(NamedTuple):
    """A file, such as the sound of an episode; its length is in bytes, its duration in seconds, None if unknown."""

    url: str
    type: str = ""
    length: int | None = None
    duration: int | float | None = None  # a union, so that an index gives a whole number back as one
    title: str = ""


class Related(NamedTuple):
    """Another article on the same subject."""

    url: str
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    author: Person | None = None
    type: str = ""
    language: str = ""
