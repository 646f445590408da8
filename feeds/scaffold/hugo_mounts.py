"""Read which folder Hugo mounts as the content of a language, and which files of it are left out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from feeds.scaffold.config_values import lowered, table_in, tables_in, text_in, texts_in
from feeds.scaffold.globs import alternatives

# An expression that only names what a path contains, or ends with: no sign in it repeats or chooses.
_LITERAL = re.compile(r"(?:\.\*)?(?P<start>/?)(?P<name>(?:[\w-]|\\[.-]|\.(?![*+?]))+)(?P<end>[/$]?)")


class Mount(NamedTuple):
    """The mounted folder, if one is, the patterns of the files that are left out, and what is not supported."""

    source: str = ""
    exclude: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_mount(data: dict[str, Any], language: str) -> Mount:
    """Return the mount of the content of a language."""
    mounts = map(lowered, tables_in(lowered(table_in(data, "module")), "mounts"))
    own = [mount for mount in mounts if text_in(mount, "target") == "content"]
    likely = sorted(own, key=lambda mount: language not in _languages(mount))
    return _mount(likely[0]) if likely else Mount()


def ignored_files(data: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the patterns of files that `ignoreFiles` names by expressions, and what is not supported."""
    patterns = {text: _as_pattern(text) for text in texts_in(data, "ignorefiles")}
    lost = (f"ignoreFiles {text}; write exclude" for text, pattern in patterns.items() if not pattern)
    return tuple(filter(None, patterns.values())), tuple(lost)


def _as_pattern(expression: str) -> str:
    """Return the pattern of the names that end with the text of an expression, or contain it."""
    match = _LITERAL.fullmatch(expression)
    if not match:
        return ""
    name = re.sub(r"\\(.)|\.", lambda sign: sign[1] or "?", match["name"])
    return ("" if match["start"] else "*") + name + {"$": "", "/": "/", "": "*"}[match["end"]]


def _mount(mount: dict[str, Any]) -> Mount:
    """Return a mount; of `files`, those with an exclamation mark are left out, and if others are named, only these."""
    files = texts_in(mount, "files")
    chosen = (*texts_in(mount, "includefiles"), *(glob for glob in files if not glob.startswith("!")))
    left_out = (*texts_in(mount, "excludefiles"), *(glob.lstrip("! ") for glob in files if glob.startswith("!")))
    unknown = (f"files {', '.join(chosen)} of module.mounts; write exclude",) if chosen else ()
    return Mount(text_in(mount, "source").strip("/"), tuple(_patterns(left_out)), unknown)


def _patterns(globs: tuple[str, ...]) -> Iterator[str]:
    # For Hugo, unlike others, ** goes through folders also where no slash follows.
    for glob in (each for written in globs for each in alternatives(written)):
        yield glob if glob.startswith("**") else f"/{glob.lstrip('/')}"


def _languages(mount: dict[str, Any]) -> tuple[str, ...]:
    return (*texts_in(mount, "lang"), *texts_in(table_in(mount, "sites", "matrix"), "languages"))
