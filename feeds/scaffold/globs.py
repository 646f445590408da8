"""Turn globs in the configurations of generators into patterns of a .gitignore, as `exclude` has them. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

_BRACES = re.compile(r"\{([^{}]*)\}")


def alternatives(glob: str) -> Iterator[str]:
    """Yield the globs that one with `{a,b}` stands for."""
    match = _BRACES.search(glob)
    if not match:
        yield glob
        return
    for part in match[1].split(","):
        yield from alternatives(glob[: match.start()] + part.strip() + glob[match.end() :])


def rooted_patterns(globs: Iterable[str], folder: str = "") -> Iterator[str]:
    """Yield globs that begin at a folder as patterns of a .gitignore; only those with `**/` apply at any depth."""
    for glob in globs:
        for each in alternatives(glob):
            plain = each.removeprefix("./").lstrip("/")
            yield plain if plain.startswith("**/") else f"/{folder}/{plain}" if folder else f"/{plain}"


def name_patterns(globs: Iterable[str]) -> Iterator[str]:
    """Yield globs for whole paths, in which an asterisk also stands for slashes, as patterns of a .gitignore."""
    for glob in globs:
        plain = re.sub(r"(?<=/)\*$", "**", glob.replace("*/", "**/"))
        yield plain if plain.startswith("*") else f"/{plain}"


def patterns_below(patterns: Iterable[str], folder: str) -> tuple[str, ...]:
    """Return patterns of a .gitignore as those of one in a folder below, without what matches nothing there."""
    return tuple(filter(None, (_pattern_below(pattern, folder) for pattern in patterns)))


def _pattern_below(pattern: str, folder: str) -> str:
    plain = pattern.strip().removeprefix("./")
    rooted = plain.lstrip("/")
    if f"{folder}/".startswith(rooted.rstrip("*").rstrip("/") + "/") or plain.rstrip("/") in folder.split("/"):
        return "/**"
    if folder in {"", "."} or plain.startswith("**/") or "/" not in plain.rstrip("/"):
        return plain
    return rooted.removeprefix(folder) if rooted.startswith(f"{folder}/") else ""


def patterns_in(text: Any) -> tuple[str, ...]:
    """Return the patterns in the lines of a .gitignore or a text like one, without comments."""
    lines = text.splitlines() if isinstance(text, str) else ()
    return tuple(line.strip() for line in lines if line.strip() and not line.strip().startswith("#"))
