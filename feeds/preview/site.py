"""Serve the files of a folder with Starlette, with media types and headers for feeds."""

import os
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from feeds.preview.host import HostGuard
from feeds.preview.media import Media, media_of
from feeds.preview.reloading import ADDRESS, Reloading, as_it_is, with_reloading

_METHODS = "GET, HEAD, OPTIONS"
# Pages contain their own policies, which cannot include this directive.
_PAGE_POLICY = "frame-ancestors 'none'"
# Feeds and images may contain markup, which browsers open as a page of this origin.
_FILE_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' https: data:; frame-ancestors 'none'"
)
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
_READABLE_BY_ALL = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Cache-Control, Range",
    "Access-Control-Max-Age": "86400",
}
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
_ERRORS = {
    404: ("Not found", "There is no such file."),
    405: ("Method not allowed", "Files can only be read."),
    500: ("Internal error", "The file could not be served."),
}

Alter = Callable[[bytes], bytes]


class ServedFiles(StaticFiles):
    """The regular files below a folder that are not hidden; links out of it are not followed.

    `cache_control` is the header of feeds; `alter` changes pages before they are sent.
    """

    def __init__(self, folder: Path, cache_control: str, alter: Alter) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._folder, self._cache_control, self._alter = folder, cache_control, alter

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or for OPTIONS the allowed methods."""
        if scope["method"] != "OPTIONS":
            return await super().get_response(path, scope)
        if not self.lookup_path(path)[1]:
            raise HTTPException(404)
        shared = _READABLE_BY_ALL | _PREFLIGHT if media_of(path).is_feed else {}
        return Response(status_code=204, headers={"Allow": _METHODS, **shared})

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Return the path and status of a file; neither if it is hidden or unreadable."""
        try:
            found, status = super().lookup_path(path)
            within = PurePath(found).relative_to(os.path.realpath(self._folder)) if status else PurePath()
        except (OSError, ValueError):
            return "", None
        is_hidden = any(part.startswith(".") for part in (*within.parts, *PurePath(path).parts) if part != ".")
        return ("", None) if is_hidden else (found, status)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return the file, or 304 Not Modified."""
        name = os.path.basename(full_path)  # noqa: PTH119 - it may be text
        if scope["path"].endswith("/") and name != "index.html":
            raise HTTPException(404)
        media = media_of(name)
        headers = self._headers(media)
        response = FileResponse(full_path, status_code, headers, media.content_type, stat_result=stat_result)
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            unchanged = NotModifiedResponse(response.headers)
            unchanged.headers.update({**headers, "Vary": "Accept-Encoding"})
            return unchanged
        if not media.is_page:
            return response
        validators = {key: response.headers[key] for key in ("etag", "last-modified")}
        return HTMLResponse(self._alter(Path(full_path).read_bytes()), status_code, {**headers, **validators})

    def _headers(self, media: Media) -> dict[str, str]:
        policy = _PAGE_POLICY if media.is_page else _FILE_POLICY
        headers = {
            "Cache-Control": self._cache_control if media.is_feed else "no-cache",
            "Content-Security-Policy": policy,
        }
        return _SAFE | headers | (_READABLE_BY_ALL if media.is_feed else {})


def site(
    folder: Path,
    cache_control: str,
    is_ours: Callable[[str], bool],
    report: Callable[[Exception], None],
    reloading: Reloading | None = None,
) -> Starlette:
    """Return an application that serves a folder to requests that pass `is_ours`; `reloading` reloads open pages.

    `report` gets internal errors; clients get no details.
    """
    alter = with_reloading if reloading else as_it_is

    async def events(_: Request) -> Response:
        if not reloading:
            raise HTTPException(404)
        return StreamingResponse(reloading.events(), 200, {"Cache-Control": "no-store"}, "text/event-stream")

    async def refused(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status not in {404, 405}:
            report(error)
        headers = {"Allow": _METHODS} if status == 405 else {}  # noqa: PLR2004 - Method Not Allowed
        return _error_page(status, alter, headers)

    routes: list[BaseRoute] = [Route(ADDRESS, events), Mount("/", ServedFiles(folder, cache_control, alter))]
    handlers: dict[Any, Any] = {HTTPException: refused, Exception: refused}
    guard, gzip = Middleware(HostGuard, is_ours=is_ours), Middleware(GZipMiddleware)
    return Starlette(routes=routes, middleware=[guard, gzip], exception_handlers=handlers)


def _error_page(status: int, alter: Alter, headers: dict[str, str]) -> Response:
    """Return an error page with a status."""
    title, sentence = _ERRORS.get(status, _ERRORS[500])
    page = _PAGE.format(title=title, sentence=sentence).encode()
    all_headers = {**_SAFE, "Cache-Control": "no-store", "Content-Security-Policy": _PAGE_POLICY, **headers}
    return HTMLResponse(alter(page), status, all_headers)
