"""Check posts for images whose address on the site only their generator knows."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from feeds.diagnostics.problem import Problem, Route
from feeds.frontmatter.document import Document
from feeds.records.bodies.source_images import first_relative_image, static_path
from feeds.records.posts.mapped_document import MappedDocument
from feeds.records.posts.media_values import image_address
from feeds.records.posts.preset import Preset
from feeds.validation.route import value_at

_ON_THE_WEB = re.compile(r"/(?!src/)|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Only these are files of the source where others are on the site.
_BESIDE = re.compile(r"\.\.?/|@|/src/")
_MESSAGE = "the image is a file of the source, and only the generator knows its address on the site"
_REMEDY = "write the address that it has on the site"


def image_problems(document: Document, mapped: MappedDocument, preset: Preset) -> Iterator[Problem]:
    """Yield a problem for the first image of the body that lies beside the post, and for that of the front matter."""
    if mapped.document.body and (found := first_relative_image(document.body, preset.static_folder)):
        start, address = found
        yield document.body_problem(start, start + len(address), "source-link", _MESSAGE, _REMEDY)
    route = lost_image(document.data, mapped.origins, preset)
    if route:
        yield document.problem(route, "source-link", f"{_MESSAGE}; image skipped", _REMEDY)


def lost_image(data: Mapping[str, Any], origins: Mapping[str, Route], preset: Preset) -> Route | None:
    """Return the route to the image of a post if that lies beside it."""
    route = origins.get("images")
    address = _address(value_at(data, route)) if route else ""
    if preset.has_rooted_images:
        return route if _BESIDE.match(address) and not re.match(static_path(preset.static_folder), address) else None
    return route if address and not _ON_THE_WEB.match(address) else None


def _address(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    value = image_address(value) if isinstance(value, dict) else value
    return value.strip() if isinstance(value, str) else ""
