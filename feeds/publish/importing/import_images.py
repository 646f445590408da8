"""Fetch the images of records, to store copies and to determine their sizes."""

from io import BytesIO
from pathlib import Path
from typing import Any

from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.installation import install_command
from feeds.media_types import IMAGES
from feeds.publish.conversion.conversion_rules import conversion_problem
from feeds.publish.files.atomic_write import replace_file
from feeds.publish.importing.import_entry import short_digest
from feeds.sources.addresses import Limits
from feeds.sources.time_budget import TimeBudget
from feeds.sources.visit import shown_url
from feeds.urls import is_web_address

FOLDER = "images"
_LIMITS = Limits(total=30, max_bytes=16 * 1024 * 1024)
_SUFFIXES = {media_type: suffix for suffix, media_type in IMAGES.items()}  # of two, the last one
_FROM_AFAR = "https://feed.invalid/"  # local feeds are trusted no more than remote ones


class ImageStore:
    """The images of an import, in a folder beside its records; `problems` are about those that could not be fetched."""

    def __init__(self, folder: Path, feed: str) -> None:
        self._folder, self._feed = folder / FOLDER, feed
        self._named_by = feed if is_web_address(feed) else _FROM_AFAR
        self._time_budget = TimeBudget()
        self.problems: list[Problem] = []

    def complete(self, images: list[dict[str, Any]]) -> None:
        """Store a copy of each image, and fill in its size."""
        for image in images:
            try:
                image |= self._stored(image["url"])  # noqa: PLW2901 - changed in place
            except CouldNotRunError as error:
                self.problems.append(conversion_problem(self._feed, "image-not-fetched", str(error)))

    def _stored(self, url: str) -> dict[str, Any]:
        response = self._time_budget.fetch(url, named_by=self._named_by, limits=_LIMITS)
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        suffix = _SUFFIXES.get(media_type)
        if not suffix:
            raise CouldNotRunError(f"{shown_url(url)}: not kept: it is {media_type or 'of no type'}, which is no image")
        replace_file(self._folder / f"{short_digest(url.encode())}{suffix}", [response.content])
        return {**_size(response.content), "isCached": True}


def _size(content: bytes) -> dict[str, int]:
    try:
        import imagesize  # noqa: PLC0415 - few imports fetch images
    except ModuleNotFoundError:
        raise CouldNotRunError(f"to measure images needs another package: {install_command('web')}") from None
    try:
        width, height = imagesize.get(BytesIO(content))
    except ValueError:
        return {}
    return {"width": int(width), "height": int(height)} if width > 0 and height > 0 else {}
