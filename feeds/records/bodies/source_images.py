"""Resolve images that lie beside a post, as the generator does that puts them somewhere else than its page."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from posixpath import basename, dirname, join, normpath, splitext
from posixpath import split as split_path
from urllib.parse import quote

from feeds.lazy_pattern import lazy_pattern
from feeds.markup.source_links import is_page_too, source_path
from feeds.media_types import DOCUMENTS, IMAGES, PLAYABLE
from feeds.records.bodies.replacements import BEFORE_ADDRESS, CODE
from feeds.records.posts.slugs import SLUGS
from feeds.urls import split

_RELATIVE = r"(?!/|#|@|[a-z][a-z0-9+.-]*:)[^\s()<>\"'{}]+"
_BEFORE = r"(?P<before>!\[[^\]\n]{0,1000}\]\(\s*<?|<img\b[^<>]*?\ssrc\s*=\s*[\"']?)"
_IMAGE = lazy_pattern(rf"{CODE.pattern}|{_BEFORE}(?P<address>{_RELATIVE})", CODE.flags | re.IGNORECASE)
_FILE = lazy_pattern(
    rf"{CODE.pattern}|(?P<before>{BEFORE_ADDRESS})"
    r"(?P<address>(?!/|@|[a-z][a-z0-9+.-]*:)[^\s()<>\"'{}#?]+\.\w{2,5})(?=[\s)>#?]|\Z)",
    CODE.flags,
)
# Also those in the folder of sources, by its path or an alias: `/src/a.png`, `@/a.png`, `@assets/a.png`, `~/a.png`.
_OF_SOURCE = lazy_pattern(
    rf"{CODE.pattern}|{_BEFORE}(?P<address>{_RELATIVE}|(?:/src/|~/|@(?!site/)[\w-]*/)[^\s()<>\"'{{}}]+)",
    CODE.flags | re.IGNORECASE,
)
_ROOTED = lazy_pattern(rf"{CODE.pattern}|(?P<before>{BEFORE_ADDRESS})(?P<address>/(?!/)[^\s()<>\"']*)", CODE.flags)
_EMBED = lazy_pattern(
    rf"{CODE.pattern}|!\[\[(?P<target>[^\[\]|#\n]+)(?:\#[^\[\]|\n]*)?(?:\|(?P<label>[^\[\]\n]*))?\]\]", CODE.flags
)
EMBED_ALONE = re.compile(r"\s*!?\[\[(?P<target>[^\[\]|#\n]+)[^\[\]\n]*\]\]\s*")
_SIZE = re.compile(r"\d+(?:x\d+)?")
_PICTURES = {*IMAGES, ".bmp"}
ATTACHMENTS = {*_PICTURES, *PLAYABLE, *DOCUMENTS}


def resolve_images(body: str, path: str, home_page: str) -> str:
    """Return a body whose relative images have the addresses of their files; `path` is that of the post."""
    site, folder = home_page.rstrip("/"), join("/", dirname(path))
    return _resolved(_IMAGE, body, lambda address: site + normpath(join(folder, address)))


def resolve_files(body: str, path: str, home_page: str, moved: tuple[str, str], ending: str) -> str:
    """Return a body whose images and links to files and pages have their addresses on the site, as in MkDocs.

    `path` is that of the post among all sources; files in the first folder of `moved` are on the site in the second.
    Links to sources in that folder, which are posts, and those in HTML, stay as they are. `ending` is that of pages.
    """
    folder, place = moved

    def resolve(address: str) -> str:
        file = normpath(join("/", dirname(path), address)).lstrip("/")
        if source_path(address):
            if file.startswith(folder) or is_page_too(file):
                return address
            file = _page_of(file, ending)
        elif file.startswith(folder):
            file = place + file.removeprefix(folder)
        return f"{home_page.rstrip('/')}/{file}"

    return _resolved(_FILE, body, resolve)


def _page_of(file: str, ending: str) -> str:
    """Return the path of the page of a source of MkDocs."""
    folder, name = split_path(splitext(file)[0])
    if name in {"index", "README"}:
        return f"{folder}/".lstrip("/") + ("" if ending == "/" else f"index{ending}")
    return join(folder, name) + ending


def of_static_folder(body: str, folder: str, home_page: str) -> str:
    """Return a body whose images and links to files of the static folder have their addresses on the site."""
    if not folder or f"{folder}/" not in body:
        return body
    before = r"(?P<before>\]\(\s*<?|\b(?:src|href|poster)\s*=\s*[\"']|\brequire\(\s*[\"'])"
    pattern = re.compile(rf"{CODE.pattern}|{before}(?P<address>{static_path(folder)})", CODE.flags)
    return _resolved(pattern, body, lambda _: f"{home_page.rstrip('/')}/")


def below_home_page(body: str, home_page: str) -> str:
    """Return a body whose links and images that begin with a slash are below the home page, whatever its path is."""
    root = split(home_page).path.rstrip("/")
    if not root or "/" not in body:
        return body

    def resolve(address: str) -> str:
        is_below = f"{address}/".startswith(f"{root}/") or source_path(address)
        return address if is_below else f"{root}{address}"

    return _resolved(_ROOTED, body, resolve)


def _resolved(pattern: re.Pattern[str], body: str, resolve: Callable[[str], str]) -> str:
    """Return a body with other addresses, where a pattern finds them and not code."""
    return pattern.sub(lambda match: match["before"] + resolve(match["address"]) if match["before"] else match[0], body)


def static_path(folder: str) -> str:
    """Return a pattern of the start of addresses of files in the static folder."""
    return rf"(?:@site/|(?:\.\./)+){re.escape(folder)}/" if folder else r"(?!)"


def first_relative_image(body: str, static_folder: str) -> tuple[int, str] | None:
    """Return the offset and the address of the first image that lies beside the post, or among the sources."""
    is_known = re.compile(static_path(static_folder)).match
    images = (match for match in _OF_SOURCE.finditer(body) if match["before"] and not is_known(match["address"]))
    return next(((match.start("address"), match["address"]) for match in images), None)


def undo_embeds(body: str, attachments: tuple[str, ...], home_page: str) -> str:
    """Return a body with images and links in place of Obsidian's embeds; one of an unknown file stays as it is.

    `attachments` are the paths of the files that are no notes, below the vault; a name is enough to embed one.
    """
    if "![[" not in body:
        return body
    by_name = _by_name(attachments)

    def undo(match: re.Match[str]) -> str:
        target, label = (match["target"] or "").strip(), (match["label"] or "").strip()
        suffix = splitext(target)[1].lower()
        if not target or suffix not in ATTACHMENTS:
            return f"[{label or target}](@/{quote(target)})" if target else match[0]
        address = _address(target, by_name, home_page)
        if not address:
            return match[0]
        label = "" if _SIZE.fullmatch(label) else label
        return f"![{label}]({address})" if suffix in _PICTURES else f"[{label or target}]({address})"

    return _EMBED.sub(undo, body)


def embedded_address(text: str, attachments: tuple[str, ...], home_page: str) -> str:
    """Return the address of the file that a property of Obsidian names: `[[lamp.png]]`; nothing if it is unknown."""
    embed = EMBED_ALONE.fullmatch(text)
    return _address(embed["target"].strip(), _by_name(attachments), home_page) if embed else ""


@lru_cache(maxsize=2)  # all posts of a vault have the same
def _by_name(attachments: tuple[str, ...]) -> Mapping[str, list[str]]:
    """Return the paths of files by name; those nearest to the root come first."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in sorted(attachments, key=lambda path: (path.count("/"), path)):
        by_name[basename(path).casefold()].append(path)
    return by_name


def _address(target: str, by_name: Mapping[str, list[str]], home_page: str) -> str:
    """Return the address of a file that is named by the end of its path, or nothing."""
    wanted = f"/{target.strip('/')}".casefold()
    paths = by_name.get(basename(target).casefold(), ())
    found = next((path for path in paths if f"/{path}".casefold().endswith(wanted)), None)
    return f"{home_page.rstrip('/')}/{quote(SLUGS['quartz'](found))}" if found else ""
