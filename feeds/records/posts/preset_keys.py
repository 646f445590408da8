"""Write a record with the keys of a generator: each field under the first key that its preset reads."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from feeds.records.posts.field_values import page_address
from feeds.records.posts.preset import Preset
from feeds.urls import split

# Under this key go fields without a key of the preset, for themes and `[fields]`.
ADDRESS_KEY = "canonicalURL"
_ONE_OR_MORE = frozenset({"author", "enclosure"})
_NESTED = frozenset({"enclosures"})
_FOR_ONE = frozenset({"image", "heroImage", "thumbnail", "path", "cover"})


def preset_data(data: Mapping[str, Any], preset: Preset, site: str) -> dict[str, Any]:
    """Return the content of a record as the front matter of a generator.

    A page of the site keeps its address, if the generator has a key for that.
    """
    written: dict[str, Any] = {}
    for field, value in _fields(data).items():
        key = first_key(preset.fields.get(field, ()))
        if key and value and field not in _not_written(preset):
            _put(written, key, value)
    category = first_key(preset.fields.get("categories", ()))
    if category in preset.single and data.get("topics"):  # without one, the generator makes an address
        written[category] = data["topics"][0]
        written[first_key(preset.fields["topics"])] = data["topics"][1:]
    key, path = first_key(preset.fields["webUrl"]), _path_on(site, data["webUrl"])
    if key and path:
        written[key] = path
        written |= {"save_as": _file_of(path)} if preset.dialect.has_headers else {}
    return written | {ADDRESS_KEY: data["webUrl"]}


def _path_on(site: str, url: str) -> str:
    """Return the path of a page that is on a site, unless its address has a query or a fragment."""
    home, page = split(site), split(url)
    is_there = home.netloc == page.netloc and page.path.startswith(home.path.rpartition("/")[0] + "/")
    return unquote(page.path) if is_there and len(page.path) > 1 and not (page.query or page.fragment) else ""


def _file_of(path: str) -> str:
    """Return the file that a server would send for a path."""
    return f"{path}index.html".lstrip("/") if path.endswith("/") else path.lstrip("/")


def preset_losses(data: Mapping[str, Any], preset: Preset, site: str) -> Iterator[str]:
    """Yield the parts of a record that a generator has no key for."""
    key_of = {field: first_key(preset.fields.get(field, ())) for field in (*_fields(data), "webUrl")}
    path = _path_on(site, data["webUrl"])
    if not (key_of["webUrl"] and path and page_address(path, preset.given) == path):
        yield "address of the page"
    images = data.get("images", [])
    if len(images) > 1 and key_of["images"].rpartition(".")[2] in _FOR_ONE:
        yield "image after the first"
    if any(len(image) > 1 for image in images):
        yield "size, title or credit of an image"
    fields = (field for field in data if field not in {"id", "webUrl", "provider"})
    yield from (field for field in fields if not key_of.get(field) or field in _not_written(preset))
    if any(len(person) > 1 for person in data.get("authors", [])):
        yield "address of an author"


def _not_written(preset: Preset) -> frozenset[str]:
    """Return the fields that lines of keys cannot hold."""
    return _NESTED if preset.dialect.has_headers else frozenset()


def first_key(sources: tuple[str, ...]) -> str:
    """Return the first source of a field that is a key; of several that are combined, the one for tags."""
    for source in sources:
        parts = source.split(" + ")
        key = next((part for part in parts if part.endswith("tags")), parts[0])
        if not (key.startswith((":", "!")) or "{" in key or "=" in key):
            return key
    return ""


def _fields(data: Mapping[str, Any]) -> dict[str, Any]:
    people = [author["name"] for author in data.get("authors", [])] or [data.get("provider", {}).get("name", "")]
    return {
        "title": data["title"],
        "publishedDateTime": data["publishedDateTime"],
        "updatedDateTime": data.get("updatedDateTime"),
        "excerpt": data.get("excerpt"),
        "topics": data.get("topics"),
        "authors": [name for name in people if name],
        "images": [image["url"] for image in data.get("images", [])],
        "enclosures": data.get("enclosures", []),
        "language": data.get("language"),
    }


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    """Set a key, or a dotted path of keys (`params.author`), to a list or, for a key of one value, its first item."""
    *outer, last = key.split(".")
    for step in outer:
        data = data.setdefault(step, {})
    data[last] = value[0] if last in _FOR_ONE or (last in _ONE_OR_MORE and len(value) == 1) else value
