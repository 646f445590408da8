"""Drive a headless Chromium by its DevTools protocol, over a pipe: one page, looked at as a person would see it."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
_READS, _WRITES = 3, 4  # the descriptors at which Chromium expects its pipe
_CONNECT = (
    "import os, sys; reads, writes, *command = sys.argv[1:]; "
    f"os.dup2(int(reads), {_READS}); os.dup2(int(writes), {_WRITES}); os.execv(command[0], command)"
)
_PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="12" height="6"><rect width="12" height="6" fill="navy"/></svg>'
)
_TOLD = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Audits.issueAdded"}


def _high(descriptor: int) -> int:
    """Move a descriptor out of the way of those that Chromium expects."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return moved


class Browser:
    """Show one page after the other; what it asks https for is answered with a picture, and nothing leaves."""

    def __init__(self, profile: Path) -> None:
        (reads, to_browser), (from_browser, writes) = os.pipe(), os.pipe()
        reads, writes = _high(reads), _high(writes)
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run"]
        command = [sys.executable, "-c", _CONNECT, str(reads), str(writes), str(PROGRAM), *options]
        command += ["--disable-background-networking", f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(command, pass_fds=(reads, writes), stderr=subprocess.DEVNULL)
        os.close(reads)
        os.close(writes)
        self._to, self._from = os.fdopen(to_browser, "wb", buffering=0), os.fdopen(from_browser, "rb", buffering=0)
        self._rest, self._count, self._session = b"", 0, ""
        self.told: list[str] = []
        self.requests: list[str] = []
        self._is_loaded = False
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.call(f"{domain}.enable")
        self.call("Fetch.enable", patterns=[{"urlPattern": "https://*"}])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._to.close()
        self._from.close()
        self._process.terminate()
        self._process.wait(timeout=20)

    def call(self, method: str, **parameters: Any) -> Any:
        """Ask the browser for something, and return what it answers."""
        number = self._send(method, parameters)
        while True:
            message = self._receive()
            if message.get("id") == number:
                assert "error" not in message, (method, message)
                return message["result"]
            self._note(message)

    def open(self, url: str, *, width: int = 1280, dark: bool = False) -> None:
        """Show a page in a window of some width; below 500 pixels it is a phone."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500}
        self.call("Emulation.setDeviceMetricsOverride", **size, screenWidth=width, screenHeight=844)
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.told, self.requests, self._is_loaded = [], [], False
        self.call("Page.navigate", url=url)
        self.wait_for_load()

    def wait_for_load(self) -> None:
        """Wait until the page is loaded, or loads itself anew."""
        while not self._is_loaded:
            self._note(self._receive())
        self._is_loaded = False

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page, as if the user had just done something."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key."""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=9)

    def allow_scripts(self, *, allowed: bool) -> None:
        """Let pages that are opened from now on run scripts, or not."""
        self.call("Emulation.setScriptExecutionDisabled", value=not allowed)

    def _send(self, method: str, parameters: dict[str, Any]) -> int:
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        return self._count

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            assert select.select([self._from], [], [], 60)[0], "the browser has said nothing for a minute"
            piece = self._from.read(65536)
            assert piece, "the browser has ended"
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        received: dict[str, Any] = json.loads(message)
        return received

    def _note(self, message: dict[str, Any]) -> None:
        method, told = message.get("method", ""), message.get("params", {})
        if method in _TOLD:
            self.told.append(json.dumps(told))
        elif method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method == "Page.loadEventFired":
            self._is_loaded = True
        elif method == "Fetch.requestPaused":
            picture = {"responseHeaders": [{"name": "Content-Type", "value": "image/svg+xml"}]}
            body = base64.b64encode(_PICTURE).decode()
            self._send(
                "Fetch.fulfillRequest", {"requestId": told["requestId"], "responseCode": 200, "body": body} | picture
            )
