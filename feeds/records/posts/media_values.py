"""Convert the images of posts, and the files attached to them, such as episodes of podcasts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urljoin

from feeds.dates import parse_clock
from feeds.media_types import image_type, is_media_type, playable_type
from feeds.records.bodies.source_images import EMBED_ALONE, embedded_address, static_path
from feeds.records.posts.field_values import url_value
from feeds.records.posts.post import Post
from feeds.records.posts.preset import Preset
from feeds.urls import is_absolute

_IMAGE_ADDRESSES = ("url", "path", "src", "image", "feature")
_FILE_ADDRESSES = ("url", "src", "href", "file", "path")
_NO_ADDRESS = re.compile(r"#[0-9a-fA-F]{3,8}|[^./\[\]]*\s[^./\[\]]*")
_COVERS = (re.compile("feature", re.IGNORECASE), re.compile("cover|thumbnail", re.IGNORECASE))
_GLOB = re.compile(r"[*?\[{]")
_MARKDOWN = re.compile(r"""\s*!?\[[^\[\]\n]*\]\(\s*(?:<([^<>\n]+)>|([^\s()<>]+))(?:\s+["'(][^\n]*)?\)\s*""")
_LENGTHS = ("length", "size", "bytes")


def media_folder(data: Mapping[str, Any], preset: Preset) -> str:
    """Return the folder on the site that the relative images of a post are in, or nothing."""
    return _first_text(data, preset.media_folder).strip("/")


def images_value(value: Any, post: Post) -> Any:
    """Return a list of images from an address, a mapping with one, or a list of those."""
    return [image for item in (value if isinstance(value, list) else [value]) if (image := _image(item, post))]


def has_image(value: Any) -> bool:
    """Return whether a value has the address of an image; a colour, or a few words, is none."""
    if isinstance(value, list):
        return any(has_image(each) for each in value)
    text = image_address(value) if isinstance(value, Mapping) else value
    return isinstance(text, str) and bool(text.strip()) and not _NO_ADDRESS.fullmatch(text.strip())


def cover_resource(resources: Any) -> Mapping[str, Any] | None:
    """Return the resource of Hugo that its own templates take for the image of a post."""
    listed = [each for each in resources if isinstance(each, Mapping)] if isinstance(resources, list) else []
    images = [each for each in listed if isinstance(each.get("src"), str) and image_type(each["src"])]
    for pattern in _COVERS:
        for each in images:
            if pattern.search(str(each.get("name") or each["src"])) and not _GLOB.search(each["src"]):
                return {"url": each["src"], "title": each.get("title")}
    return None


def _image(value: Any, post: Post) -> dict[str, Any] | None:
    if isinstance(value, Mapping):
        url = image_address(value)
        title = value.get("alt") or value.get("caption") or value.get("title")
        image = {
            "url": _asset_url(url, post, is_relative=value.get("relative") is True),
            "title": title if isinstance(title, str) else "",
        }
        sizes = {key: value[key] for key in ("width", "height") if isinstance(value.get(key), int) and value[key] > 0}
        return {**image, **sizes} if url else None
    return {"url": _asset_url(value, post)} if isinstance(value, str) and value.strip() else None


def enclosures_value(value: Any, post: Post) -> Any:
    """Return a list of files from an address, a mapping with one, or a list of those; None without any.

    Only files whose media type is known are certain to be meant for players.
    """
    listed = value if isinstance(value, list) else [value]
    return [file for each in listed for file in _files(each, post)] or None


def _files(value: Any, post: Post) -> Iterator[dict[str, Any]]:
    written = _of_lines(value) if isinstance(value, str) else value if isinstance(value, Mapping) else {}
    url = _first_text(written, _FILE_ADDRESSES).strip()
    media_type = written.get("type") or written.get("mime_type")
    is_known = isinstance(media_type, str) and is_media_type(media_type)
    if not url or not (is_known or playable_type(url)):
        return
    length, title = _whole(next((written[key] for key in _LENGTHS if key in written), None)), written.get("title")
    values = {
        "url": _asset_url(url, post),
        "type": media_type if is_known else playable_type(url),
        "length": length,
        "duration": parse_clock(str(written.get("duration"))),
        "title": title if isinstance(title, str) else "",
    }
    yield {key: each for key, each in values.items() if each not in ("", None)}


def _of_lines(text: str) -> dict[str, str]:
    """Return the parts of the three lines that WordPress keeps: address, length, media type."""
    return dict(zip(("url", "length", "type"), text.split(), strict=False))


def _whole(value: Any) -> int | None:
    text = str(value).strip()
    text = text.replace(",", "") if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+", text) else text
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


def _asset_url(url: str, post: Post, *, is_relative: bool = False) -> str:
    """Return an address relative to the site if it begins with a slash, or all do, else to the page."""
    url = _unwrapped(url, post)
    if EMBED_ALONE.fullmatch(url):  # of an unknown file
        return url
    url = re.sub(f"^{static_path(post.static_folder)}", "/", url)
    if url.startswith("/") and not url.startswith("//"):
        return str(url_value(url, post))
    page, is_path = post.values.get("webUrl"), not (is_absolute(url) or url.startswith("//"))
    if is_path and post.media_folder:
        return str(url_value(f"{post.media_folder}/{url}", post))
    if is_path and post.has_rooted_images and not is_relative:
        return str(url_value(url, post))
    try:
        return urljoin(page, url) if isinstance(page, str) else url
    except ValueError:  # invalid brackets, which the schema reports
        return url


def _unwrapped(text: str, post: Post) -> str:
    """Return the address in an image of Markdown or an embed of Obsidian; any other text unchanged."""
    image = _MARKDOWN.fullmatch(text)
    url = image[1] or image[2] if image else text
    embed = f"[[{unquote(url)}]]" if image else text
    return embedded_address(embed, post.attachments, post.home_page) or url


def image_address(image: Mapping[str, Any]) -> str:
    """Return the address in a mapping that describes an image, or nothing."""
    return _first_text(image, _IMAGE_ADDRESSES)


def _first_text(data: Mapping[str, Any], keys: Iterable[str]) -> str:
    """Return the first text under one of the keys, or nothing."""
    return next((data[key] for key in keys if isinstance(data.get(key), str)), "")
