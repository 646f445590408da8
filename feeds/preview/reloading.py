"""Reload open pages when their files have changed."""

import asyncio
import html
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser

from feeds.formats.pages.page import policy_hash

ADDRESS = "/.feeds/reload"  # hidden files are never served, so there is no conflict
# Hidden tabs close their connections, as browsers allow six for all tabs together.
_SCRIPT = f"""\
(() => {{
  let seen, source;
  const listen = () => {{
    source?.close();
    source = document.hidden ? undefined : new EventSource("{ADDRESS}");
    if (source) source.onmessage = ({{ data }}) => {{
      if (seen && seen !== data) location.reload();
      seen = data;
    }};
  }};
  document.addEventListener("visibilitychange", listen);
  listen();
}})();
"""
_ELEMENT = f"<script>{_SCRIPT}</script>".encode()
_HASH = policy_hash(_SCRIPT)
_META = re.compile(rb"<meta\b[^>]*>", re.IGNORECASE)
_END = re.compile(rb"</body\s*>", re.IGNORECASE)
# The sources we need, with the directives that may allow them; the first directive in a policy counts.
_NEEDED = (
    (("script-src-elem", "script-src", "default-src"), _HASH),
    (("connect-src", "default-src"), "'self'"),
)


class Reloading:
    """Server-sent events with the state of the files; `name` identifies the server process."""

    def __init__(self, name: str) -> None:
        self._name, self._number = name, 0
        self._turn, self._is_over = asyncio.Event(), False

    def announce(self) -> None:
        """Notify every page that files have changed; only call it in the event loop."""
        self._number += 1
        self._turn.set()
        self._turn = asyncio.Event()

    def end(self) -> None:
        """End the connections of all pages."""
        self._is_over = True
        self._turn.set()

    async def events(self) -> AsyncIterator[bytes]:
        """Yield the state as a server-sent event, now and whenever it changes (HTML Standard, section 9.2)."""
        while not self._is_over:
            turn = self._turn
            yield f"retry: 500\ndata: {self._name}-{self._number}\n\n".encode()
            await turn.wait()


def as_it_is(page: bytes) -> bytes:
    """Return a page as it is, without reloading."""
    return page


def with_reloading(page: bytes) -> bytes:
    """Return a page that reloads itself, with its own policies relaxed to allow it."""
    page = _META.sub(lambda match: _relaxed(match[0]), page)
    ends = [*_END.finditer(page)]
    at = ends[-1].start() if ends else len(page)
    return page[:at] + _ELEMENT + page[at:]


def _relaxed(element: bytes) -> bytes:
    text = element.decode(errors="surrogateescape")
    parser = _Attributes()
    parser.feed(text)
    if parser.found.get("http-equiv", "").lower() != "content-security-policy":
        return element
    policy = relaxed_policy(parser.found.get("content", ""))
    made = f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">'
    return made.encode(errors="surrogateescape")


def relaxed_policy(policy: str) -> str:
    """Return a policy that also allows our script and its connection (Content Security Policy Level 3, section 6)."""
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split() or [""]
        if name:
            directives.setdefault(name.lower(), sources)  # browsers ignore repeated ones
    for names, ours in _NEEDED:
        ruling = next((name for name in names if name in directives), None)
        if ruling and not (ours == _HASH and _allows_inline(directives[ruling])):
            sources = [source for source in directives[ruling] if source.lower() != "'none'"]
            directives[names[-2] if ruling == "default-src" else ruling] = [*sources, ours]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def _allows_inline(sources: list[str]) -> bool:
    """Return whether all inline scripts are allowed, which adding a hash would end."""
    lower = [source.lower() for source in sources]
    return "'unsafe-inline'" in lower and not any(source.startswith(("'sha", "'nonce-")) for source in lower)


class _Attributes(HTMLParser):
    """A parser of one element's attributes; the first of each name counts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - shape of a parser
        for name, value in reversed(attrs):
            self.found[name] = value or ""
