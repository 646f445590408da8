"""Quote paths for crontabs, systemd units, .gitignore and web servers."""

import json
import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from feeds.diagnostics.problem import CouldNotRunError

_PLAIN_WORD = re.compile(r"[\w@%+=:,./-]+", re.ASCII)
_PATTERN_SIGNS = re.compile(r"([\\*?\[])")


def cron_words(words: Iterable[str | Path]) -> str:
    r"""Return the words of a command for a crontab: quoted for the shell, with `\%` for `%` (crontab(5)).

    Raises CouldNotRunError for a word that a crontab cannot contain.
    """
    return " ".join(shlex.quote(_fit(word, "a crontab", "\\")).replace("%", r"\%") for word in words)


def unit_text(text: str | Path) -> str:
    """Return text for a setting with a single value: percent signs doubled (systemd.unit(5), specifiers).

    Raises CouldNotRunError for text that a unit cannot contain.
    """
    return _fit(text, "a unit of systemd").replace("%", "%%")


def unit_words(words: Iterable[str | Path]) -> str:
    """Return words for a setting with several values, in quotes where needed (systemd.syntax(7)).

    Raises CouldNotRunError for a word that a unit cannot contain.
    """
    return " ".join(text if _PLAIN_WORD.fullmatch(text) else _in_quotes(text) for text in map(unit_text, words))


def unit_command(words: Sequence[str | Path]) -> str:
    """Return a command for a unit.

    Raises CouldNotRunError for a word that a unit cannot contain; the program must have no quotes or backslashes.
    """
    _fit(words[0], "a command of systemd", "\"'\\")
    return unit_words(words)


def nginx_text(text: str | Path) -> str:
    """Return text as a quoted parameter of nginx, where `$` cannot be escaped.

    Raises CouldNotRunError for text that a parameter cannot contain.
    """
    return _in_quotes(_fit(text, "a file of nginx", "$"))


def apache_text(text: str | Path) -> str:
    """Return text as a quoted argument of Apache, where `*`, `?` and `[` are wildcards in paths of sections.

    Raises CouldNotRunError for text that an argument cannot contain.
    """
    return _in_quotes(_fit(text, "a file of Apache", "$*?["))


def caddy_text(text: str | Path) -> str:
    """Return text as a token of a Caddyfile, in backquotes, where only braces are special.

    Raises CouldNotRunError for text that a token cannot contain.
    """
    return f"`{_fit(text, 'a Caddyfile', '`{}')}`"


def toml_text(text: str) -> str:
    """Return text in quotes that are valid in TOML and YAML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def ignore_line(path: Path) -> str:
    """Return the line of a `.gitignore` for a folder, given relative to the file (gitignore(5))."""
    name = _PATTERN_SIGNS.sub(r"\\\1", path.as_posix())
    return f"/{name}/"


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _fit(text: str | Path, kind: str, refused: str = "") -> str:
    text = str(text)
    if not text.isprintable() or set(refused) & set(text):
        raise CouldNotRunError(f"{text!r}: {kind} cannot name this path; give it one without such characters")
    return text
