"""Find the pages behind players of known video hosts."""

import re
from urllib.parse import parse_qs, quote, urlsplit

from feeds.lazy_pattern import lazy_pattern

_YOUTUBE_HOST = lazy_pattern(r"(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com|youtu\.be")
# These two have the length of a video id.
_VIDEO_ID = lazy_pattern(r"(?!videoseries|live_stream)[\w-]{11}", re.ASCII)
_YOUTUBE_PATH = lazy_pattern(r"/(?:embed|v|e|shorts|live)/([^/]+)/?")
_VIMEO_HOST = lazy_pattern(r"(?:player\.|www\.)?vimeo\.com")
_VIMEO_VIDEO = lazy_pattern(r"(?:/video)?/(\d{1,20})(?:/([0-9a-f]{6,20}))?/?", re.ASCII)
_VIMEO_GROUP = lazy_pattern(r"/(showcase|album|event)/(\d{1,20})(?:/.*)?", re.ASCII)


def embedded_video(url: str) -> tuple[str, str] | None:
    """Return the page and the poster image of a player URL, or None for any other.

    The page may be a playlist. The poster is empty if it cannot be derived from the URL.
    """
    parts = urlsplit(url)
    host, query = parts.hostname or "", {name: values[0] for name, values in parse_qs(parts.query).items()}
    if _YOUTUBE_HOST.fullmatch(host):
        return _on_youtube(parts.path, query, is_short=host == "youtu.be")
    return _on_vimeo(parts.path, query) if _VIMEO_HOST.fullmatch(host) else None


def _on_youtube(path: str, query: dict[str, str], *, is_short: bool) -> tuple[str, str] | None:
    player = _YOUTUBE_PATH.fullmatch(path)
    identity = path.strip("/") if is_short else player[1] if player else query.get("v", "")
    if _VIDEO_ID.fullmatch(identity):
        return f"https://www.youtube.com/watch?v={identity}", f"https://i.ytimg.com/vi/{identity}/hqdefault.jpg"
    if "list" in query and query.get("listType", "playlist") == "playlist":
        return f"https://www.youtube.com/playlist?list={quote(query['list'])}", ""
    if "channel" in query:
        return f"https://www.youtube.com/channel/{quote(query['channel'])}/live", ""
    return None


def _on_vimeo(path: str, query: dict[str, str]) -> tuple[str, str] | None:
    video, group = _VIMEO_VIDEO.fullmatch(path), _VIMEO_GROUP.fullmatch(path)
    if video:  # an unlisted one has a second part, which is required for access
        key = video[2] or query.get("h", "")
        return f"https://vimeo.com/{video[1]}{f'/{quote(key)}' if key else ''}", ""
    return (f"https://vimeo.com/{group[1]}/{group[2]}", "") if group else None
