"""A file that belongs to an item, as the sound of an episode."""

from typing import NamedTuple


class Enclosure(NamedTuple):
    """A file of an item; its length is in bytes, its duration in seconds, None if unknown."""

    url: str
    type: str = ""
    length: int | None = None
    duration: int | float | None = None  # a union, so that an index gives a whole number back as one
    title: str = ""
