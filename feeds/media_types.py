"""Judge media types, and tell those of files by their addresses."""

from feeds.lazy_pattern import lazy_pattern
from feeds.urls import suffix_of

UNKNOWN = "application/octet-stream"  # RFC 2046, section 4.5.1
IMAGES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
PLAYABLE = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".webm": "video/webm",
}
DOCUMENTS = {".epub": "application/epub+zip", ".pdf": "application/pdf", ".zip": "application/zip"}
_NAME = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*"
_MEDIA_TYPE = lazy_pattern(rf"{_NAME}/{_NAME}(?: ?;[^<>]*)?")


def is_media_type(text: str) -> bool:
    """Return whether text is a media type (RFC 6838, section 4.2), whatever its parameters are."""
    return bool(_MEDIA_TYPE.fullmatch(text))


def image_type(url: str) -> str:
    """Return the media type of an image that an address gives away, or nothing."""
    return IMAGES.get(suffix_of(url), "")


def playable_type(url: str) -> str:
    """Return the media type of audio or video that an address gives away, or nothing."""
    return PLAYABLE.get(suffix_of(url), "")


def assumed_type(url: str) -> str:
    """Return the media type of a file of which only the address is known, for formats that require one."""
    return playable_type(url) or DOCUMENTS.get(suffix_of(url)) or image_type(url) or UNKNOWN
