"""Paths quoted for crontabs, units of systemd, files of git and of web servers."""

import json
import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from feeds.diagnostics.problem import CouldNotRunError

_PLAIN_WORD = re.compile(r"[\w@%+=:,./-]+", re.ASCII)
_PATTERN_SIGNS = re.compile(r"([\\*?\[])")


def cron_words(words: Iterable[str | Path]) -> str:
    r"""Return words of a command in a crontab: quoted for the shell, each percent sign as `\%` (crontab(5)).

    Raises CouldNotRunError for what no line of a crontab can hold.
    """
    return " ".join(shlex.quote(_fit(word, "a crontab", "\\")).replace("%", r"\%") for word in words)


def unit_text(text: str | Path) -> str:
    """Return text as a setting of a unit that takes it whole: percent signs doubled (systemd.unit(5), specifiers).

    Raises CouldNotRunError for what no line of a unit can hold.
    """
    return _fit(text, "a unit of systemd").replace("%", "%%")


def unit_words(words: Iterable[str | Path]) -> str:
    """Return words as a setting of a unit that takes several, in quotes where needed (systemd.syntax(7)).

    Raises CouldNotRunError for what no line of a unit can hold.
    """
    return " ".join(_unit_word(unit_text(word)) for word in words)


def unit_command(words: Sequence[str | Path]) -> str:
    """Return a command as a setting of a unit.

    Raises CouldNotRunError for what no line of a unit can hold; a program's path may have no quotes or backslashes.
    """
    _fit(words[0], "a command of systemd", "\"'\\")
    return unit_words(words)


def nginx_text(text: str | Path) -> str:
    """Return text as a parameter of nginx, which expands variables also in quotes and knows no other way to write `$`.

    Raises CouldNotRunError for what no parameter can hold.
    """
    return _in_quotes(_fit(text, "a file of nginx", "$"))


def apache_text(text: str | Path) -> str:
    """Return text as an argument of a directive of Apache; in paths of sections it reads `*`, `?` and `[` as patterns.

    Raises CouldNotRunError for what no argument can hold.
    """
    return _in_quotes(_fit(text, "a file of Apache", "$*?["))


def caddy_text(text: str | Path) -> str:
    """Return text as a token of a Caddyfile, in backquotes, in which only braces still mean something.

    Raises CouldNotRunError for what no token can hold.
    """
    return f"`{_fit(text, 'a Caddyfile', '`{}')}`"


def toml_text(text: str) -> str:
    """Return text in quotes as TOML and YAML read them alike."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def ignore_line(path: Path) -> str:
    """Return the line of a `.gitignore` that leaves out one folder, given relative to the file (gitignore(5))."""
    name = _PATTERN_SIGNS.sub(r"\\\1", path.as_posix())
    return f"/{name}/"


def _unit_word(text: str) -> str:
    if _PLAIN_WORD.fullmatch(text):
        return text
    return _in_quotes(text)


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _fit(text: str | Path, kind: str, refused: str = "") -> str:
    text = str(text)
    if not text.isprintable() or set(refused) & set(text):
        raise CouldNotRunError(f"{text!r}: {kind} cannot name this path; give it one without such characters")
    return text
