"""The order of enclosures of which most readers take the first: what players play comes before all others."""

from collections.abc import Iterable

from feeds.media_types import playable_type
from feeds.model.parts import Enclosure


def players_first(files: Iterable[Enclosure]) -> tuple[Enclosure, ...]:
    """Return files in their order, but the first with sound or moving pictures before all others."""
    all_files = tuple(files)
    lead = next(filter(_is_playable, all_files), None)
    return (lead, *(each for each in all_files if each is not lead)) if lead else all_files


def _is_playable(file: Enclosure) -> bool:
    return file.type.startswith(("audio/", "video/")) or (not file.type and bool(playable_type(file.url)))
