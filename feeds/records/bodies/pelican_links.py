"""Resolve Pelican's links with a prefix, such as `{filename}other.md` and `{static}/images/lamp.png`."""

import re
from posixpath import basename, dirname, join, normpath, relpath

from feeds.markup.source_links import source_path
from feeds.records.bodies.replacements import BEFORE_ADDRESS, CODE

_LINK = re.compile(
    rf"{CODE.pattern}|"
    rf"(?P<before>{BEFORE_ADDRESS}|\s(?:href|src|poster)=[\"']?)"
    r"(?:\{(?P<kind>\w+)\}|\|(?P<old_kind>\w+)\|)(?P<path>(?:[^\s()<>\"']|[ ]++(?![\s()<>\"']))*)",
    CODE.flags,
)


def undo_pelican_links(body: str, path: str, home_page: str) -> str:
    """Return a body with plain links; `path` is that of the post below the content folder."""
    folder, site = dirname(path), home_page.rstrip("/")

    def undo(match: re.Match[str]) -> str:
        kind, target = match["kind"] or match["old_kind"], match["path"]
        if not kind:
            return match[0]
        from_root = normpath(join("/", folder, target))
        if kind == "filename" and source_path(target):
            address = f"@{target}" if target.startswith("/") else target
        elif kind in {"static", "filename"}:
            address = site + from_root
        elif kind == "attach":
            beside = relpath(from_root, join("/", folder))
            address = basename(beside) if beside.startswith("..") else beside
        elif kind == "index":
            address = f"{site}/"
        else:  # only Pelican knows the address of a topic's or an author's page
            address = f"@/{kind}/{target}"
        return match["before"] + address

    return _LINK.sub(undo, body)
