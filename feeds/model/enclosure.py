"""A file that belongs to an item, as the sound of an episode."""

from collections.abc import Iterable
from typing import NamedTuple

from feeds.media_types import playable_type


class Enclosure(NamedTuple):
    """A file of an item; its length is in bytes, its duration in seconds, None if unknown."""

    url: str
    type: str = ""
    length: int | None = None
    duration: int | float | None = None  # a union, so that an index gives a whole number back as one
    title: str = ""


def players_first(files: Iterable[Enclosure]) -> tuple[Enclosure, ...]:
    """Return files in their order, but the first with sound or moving pictures before all others."""
    all_files = tuple(files)
    lead = next(filter(_is_playable, all_files), None)
    return (lead, *(each for each in all_files if each is not lead)) if lead else all_files


def _is_playable(file: Enclosure) -> bool:
    return file.type.startswith(("audio/", "video/")) or (not file.type and bool(playable_type(file.url)))
