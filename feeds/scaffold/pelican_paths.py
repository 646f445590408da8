"""Read what Pelican takes of the names and paths of articles (`FILENAME_METADATA`, `PATH_METADATA`)."""

import re
from collections.abc import Iterator
from typing import Any

from feeds.scaffold.config_values import text_in

_GROUP = re.compile(r"\(\?P<(\w+)>")
_TOKEN = re.compile(r"\{(\w+)")
_WHOLE_NAME = re.compile(r"\^?\(\?P<slug>(?:\.[*+]|\[\^\.\][*+])\)(?:\.\*)?\$?")
_DATED_NAME = re.compile(r"\^?\(\?P<date>(?:[^()]|\\.)*\)[^()A-Za-z]*(?:\.\*|\(\?P<slug>(?:[^()]|\\.)*\).*)?\$?")
_WHOLE_PATH = re.compile(r"\^?\(\?P<(\w+)>\.[*+]\)\\\.(?:\.[*+]|\[\^\.\][*+]|\w+)\$?")
_OF_ADDRESSES = {"slug", "date", "category", "status", "url", "save_as", "lang"}


def slug_of_name(data: dict[str, Any], above: str) -> tuple[str, ...]:
    """Return the sources of slugs in names and paths of files; `above` are the folders above all articles."""
    pattern = text_in(data, "FILENAME_METADATA")
    if _WHOLE_NAME.fullmatch(pattern):
        return ("{name:raw}",)
    if "?P<slug>" in pattern:
        return (":filename",)
    return (f"{above}{{file}}",) if whole_path(data) == "slug" else ()


def whole_path(data: dict[str, Any]) -> str:
    """Return the name that `PATH_METADATA` gives to the path of an article without its suffix, or nothing."""
    found = _WHOLE_PATH.fullmatch(text_in(data, "PATH_METADATA"))
    return found[1] if found else ""


def unread_names(data: dict[str, Any]) -> Iterator[str]:
    """Yield a note on each of the two settings that is not read and changes what is published, or its address."""
    names = _OF_ADDRESSES | {*_TOKEN.findall(text_in(data, "ARTICLE_URL"))}
    of_name, of_path = text_in(data, "FILENAME_METADATA"), text_in(data, "PATH_METADATA")
    is_read = _WHOLE_NAME.fullmatch(of_name) or _DATED_NAME.fullmatch(of_name)
    for name, pattern in (("FILENAME_METADATA", "" if is_read else of_name), ("PATH_METADATA", of_path)):
        if names & {*_GROUP.findall(pattern)} and not (pattern == of_path and whole_path(data)):
            yield f"{name}; write into posts what it takes of their paths"
