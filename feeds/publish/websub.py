"""Notify a WebSub hub of changed feeds (W3C Recommendation of 23 January 2018, section 6)."""

from collections.abc import Sequence
from http import HTTPStatus
from http.client import HTTPMessage, responses
from threading import Event, Thread
from typing import IO, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from feeds.text import counted, quoted, shortened
from feeds.urls import ascii_url, without_password

_PAUSES = (0, 1, 2)  # seconds before each attempt
_LONGEST_WAIT = 5  # seconds that a hub may ask for


class _Outcome(NamedTuple):
    """The error of a notification, whether it is final, and how long to wait before the next attempt."""

    obstacle: str
    is_final: bool = False
    wait: float = 0


def notify(hub: str, topics: Sequence[str], *, timeout: float = 5, limit: float = 20) -> list[str]:
    """Notify a hub that the feeds at these addresses have changed; return errors as sentences.

    `timeout` limits each request and `limit` all of them, in seconds, so the most important feeds come first. Nothing
    is raised, whatever the hub does. Each feed is sent in a request of its own, as both `hub.url` and `hub.topic`: the
    Recommendation leaves this open, Google's hub and Superfeedr document the former, Switchboard the latter, and their
    syntaxes for several feeds differ; WebSubHub would notice only the last one.
    """
    outcomes, is_over = dict.fromkeys(topics, _Outcome(f"there was no time within {limit:g} seconds")), Event()
    # The timeout of a request covers neither the DNS lookup nor a response that trickles in.
    thread = Thread(target=_notify_all, args=(hub, outcomes, timeout, is_over), daemon=True)
    thread.start()
    thread.join(limit)
    is_over.set()
    groups: dict[str, list[str]] = {}
    for topic, outcome in outcomes.items():
        groups.setdefault(outcome.obstacle, []).append(topic)
    hub = without_password(hub)
    return [
        f"the hub {hub} was not told of {counted(len(group), 'feed')} ({shortened(', '.join(group), 120)}): {obstacle}"
        for obstacle, group in groups.items()
        if obstacle
    ]


def _notify_all(hub: str, outcomes: dict[str, _Outcome], timeout: float, is_over: Event) -> None:
    """Notify the hub of each topic; temporary failures are retried after all others."""
    wait = 0.0
    for pause in _PAUSES:
        wait = max(wait, pause)
        for topic in [topic for topic, outcome in outcomes.items() if not outcome.is_final]:
            if wait > _LONGEST_WAIT or is_over.wait(wait):
                return
            outcomes[topic] = _notify_one(hub, topic, timeout)
            wait = outcomes[topic].wait


def _notify_one(hub: str, topic: str, timeout: float) -> _Outcome:
    form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode()
    try:
        request = Request(ascii_url(hub), form, {"User-Agent": "feeds"})  # noqa: S310 - it is http or https
        try:
            build_opener(_Redirects).open(request, timeout=timeout).close()
        except HTTPError as answer:
            with answer:
                return _refusal(answer)
    except Exception as error:  # noqa: BLE001 - nothing that a hub does may fail a build
        cause = error.reason if isinstance(error, URLError) else error
        if isinstance(cause, TimeoutError):
            return _Outcome(f"no answer within {timeout:g} seconds")
        return _Outcome(f"no usable answer, {quoted(getattr(cause, 'strerror', None) or str(cause), 200)}")
    return _Outcome("", is_final=True)


class _Redirects(HTTPRedirectHandler):
    """Follow redirects of a hub with the same form, never from https to http; urllib would turn a POST into a GET."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request:
        if code in {307, 308} and urlsplit(newurl).scheme in {"https", req.type}:
            return Request(newurl, req.data, dict(req.headers))  # noqa: S310 - it is http or https
        raise HTTPError(newurl, code, msg, headers, fp)


def _refusal(answer: HTTPError) -> _Outcome:
    is_busy, after = answer.code == HTTPStatus.TOO_MANY_REQUESTS, answer.headers.get("Retry-After", "")
    wait = float(after) if after.isdecimal() else float(is_busy)  # dates are ignored
    is_plain = answer.headers.get_content_type() == "text/plain"
    words = answer.headers.get("Location") or (answer.read(500).decode(errors="replace").strip() if is_plain else "")
    obstacle = f"it answered {answer.code} {responses.get(answer.code, '')}" + f", {quoted(words, 200)}" * bool(words)
    return _Outcome(obstacle, is_final=answer.code < HTTPStatus.INTERNAL_SERVER_ERROR and not is_busy, wait=wait)
