"""Find web addresses that are complete but implausible."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from feeds.hostname import LOCAL_NAMES, ascii_host, is_local
from feeds.text import code_point

# Characters, and ranges of them, that readers show no sign for.
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
# Joiners belong to words of some scripts, and to emoji: only beside ASCII are they there by mistake.
INVISIBLE = f"[{UNSEEN}]|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
_ESCAPED = r"(?i)(?:&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6})|%26amp)(?:;|%3B)"
_SCHEME_AS_HOST = r"(?i)(?:[\w.-]+\.)?https?"
_RESERVED = "|".join(map(re.escape, LOCAL_NAMES))
# One search tells whether an address may be odd, also where it stands in JSON: its host is no plain name of a domain,
# or something in it is escaped.
_LOCAL_NAME = rf"(?:{_RESERVED}|https?)"
LOCAL_END = rf"{_LOCAL_NAME}(?:[/?#]|$)"  # of a host that nobody can have meant
_END = r'(?:[/?#"]|\Z)'
_NO_LOCAL = rf"(?!{_LOCAL_NAME}{_END})"
_DOMAIN = rf"(?:{_NO_LOCAL}[a-z0-9-]++\.)++{_NO_LOCAL}(?:xn--[a-z0-9-]+|[a-z]{{2,}}){_END}"
ODD_ESCAPES = r"&(?:amp|lt|gt|quot|apos|nbsp|#)|%(?:26|[Cc]2%[Aa][Dd]|[Ee]2%8|[Ee][Ff]%[Bb][Bb])"
_STRAY_PERCENT = r"%(?![0-9A-Fa-f]{2})"
MAY_BE_ODD = rf"//(?!{_DOMAIN})|{_STRAY_PERCENT}|{ODD_ESCAPES}"


class Oddity(NamedTuple):
    """What is odd about an address, in words that follow its name; one that is local may be meant."""

    message: str
    remedy: str
    is_local: bool = False


def oddities(url: str) -> Iterator[Oddity]:
    """Yield what is odd about an absolute http or https address."""
    if url.isascii() and not re.search(MAY_BE_ODD, url):
        return
    if invisible := re.search(INVISIBLE, unquote(url)):
        yield Oddity(
            f"holds the invisible character {code_point(invisible[0])}", "write it anew, without the character"
        )
    if escaped := re.search(_ESCAPED, url):
        yield Oddity(f"is escaped for HTML: it holds {escaped[0]}", "write & itself, or whatever character is meant")
    if percent := re.search(f"{_STRAY_PERCENT}.{{0,2}}", url):
        yield Oddity(f"holds {percent[0]}, which encodes no character", "write a percent sign as %25")
    parts = urlsplit(url)
    host = _published(parts.hostname or "")
    if "\\" in parts.netloc:
        yield Oddity("holds a backslash, for which browsers read a slash: its host is another", "write / in its place")
    if parts.password:
        yield Oddity("holds a password, which subscribers would see", "remove it, and the user before it")
    if ".." in host:
        yield Oddity(f'has the host "{host}", which no domain name can be', "correct it")
    elif re.fullmatch(_SCHEME_AS_HOST, host):
        yield Oddity(f'has the host "{host}": its beginning is there twice', "write http:// or https:// once")
    elif is_local(host):
        message = f'has the host "{host}", which subscribers cannot reach'
        yield Oddity(message, "write the address at which the page is public", is_local=True)


def _published(host: str) -> str:
    """Return a host as feeds name it, which has no letters and dots of other widths."""
    try:
        return host if host.isascii() else ascii_host(host)
    except ValueError:
        return host
