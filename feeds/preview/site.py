"""Answer requests for the files of a folder (RFC 9110), as an application of ASGI."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from feeds.preview.condition import is_unchanged
from feeds.preview.content import Content, Headers
from feeds.preview.folder import Folder
from feeds.preview.header import METHODS, headers_of_error, headers_of_options
from feeds.preview.kind import kind_of
from feeds.preview.reloading import ADDRESS, Reloading, as_it_is, with_reloading
from feeds.preview.target import name_in

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<body>
<h1>{title}</h1>
<p>{sentence}</p>
</body>
</html>
"""
_TITLES = {
    400: ("Bad request", "A request names one host."),
    404: ("Not found", "There is no such file here."),
    405: ("Method not allowed", "Files can only be read."),
    406: ("Not acceptable", "There is no content coding that the request accepts."),
    421: ("Misdirected request", "This preview is only for programs on the machine that it runs on."),
    500: ("Internal error", "The file could not be served."),
}


class Site:
    """Serve a folder to whom the guard lets in; with `reloading`, pages reload themselves.

    `report` is told of mistakes of ours, which no client is told more of than that there was one.
    """

    def __init__(
        self,
        folder: Folder,
        is_ours: Callable[[str], bool],
        report: Callable[[Exception], None],
        reloading: Reloading | None = None,
    ) -> None:
        self._folder, self._is_ours, self._report, self._reloading = folder, is_ours, report, reloading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = self._answer(scope)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others shall be served
            self._report(error)
            answer = self._error(500)
        await answer(scope, receive, send)

    def _answer(self, scope: Scope) -> ASGIApp:
        fields = _fields(scope["headers"])
        host = fields.get(b"host")
        if not self._is_ours(host or ""):
            return self._error(421 if host else 400)
        method = scope["method"]
        if method in {"GET", "HEAD"}:
            return self._read(scope["raw_path"], fields, method)
        return self._error(405, Allow=METHODS) if method != "OPTIONS" else self._options(scope["raw_path"])

    def _read(self, raw_path: bytes, fields: dict[bytes, str], method: str) -> ASGIApp:
        if self._reloading and method == "GET" and raw_path == ADDRESS.encode():
            return StreamingResponse(
                self._reloading.events(), headers={"Cache-Control": "no-store"}, media_type="text/event-stream"
            )
        name = name_in(raw_path)
        content = None if name is None else self._folder.find(name)
        if content:
            return self._file(content, fields, method)
        if name and self._folder.is_folder(name):
            return RedirectResponse(f"/{quote(name)}/", 308, headers=headers_of_error())
        return self._error(404)

    def _file(self, content: Content, fields: dict[bytes, str], method: str) -> ASGIApp:
        coding = content.coding_for(fields.get(b"accept-encoding"))
        if coding is None:
            return self._error(406, Vary="Accept-Encoding")
        variant = content.variant(coding)
        none_match, since = fields.get(b"if-none-match"), fields.get(b"if-modified-since")
        if is_unchanged(none_match, since, variant.etag, content.modified):
            return _Ready(304, variant.headers_of_304)
        return _Ready(200, variant.headers, variant.body if method == "GET" else b"")

    def _options(self, raw_path: bytes) -> ASGIApp:
        name = name_in(raw_path)
        if raw_path != b"*" and (name is None or not self._folder.find(name)):
            return self._error(404)
        return Response(status_code=204, headers=headers_of_options(kind_of(name or "")))

    def _error(self, status: int, **headers: str) -> ASGIApp:
        title, sentence = _TITLES[status]
        page = _PAGE.format(title=title, sentence=sentence).encode()
        alter = with_reloading if self._reloading else as_it_is
        return HTMLResponse(alter(page), status, headers=headers_of_error() | headers)


class _Ready:
    """Be an answer that only has to be sent."""

    def __init__(self, status: int, headers: Headers, body: bytes = b"") -> None:
        self._status, self._headers, self._body = status, headers, body

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body})


def _fields(headers: Headers) -> dict[bytes, str]:
    """Return header fields by their names, those of several lines as one list (RFC 9110, section 5.3)."""
    fields: dict[bytes, str] = {}
    for name, value in headers:
        text = value.decode("latin-1")
        fields[name] = f"{fields[name]}, {text}" if name in fields else text
    return fields
