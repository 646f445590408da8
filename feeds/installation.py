"""How this program was installed, so that advice on installing more of it works."""

import json
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


def direct_url() -> Mapping[str, Any]:
    """Return from where pip installed this program, nothing if it was from a package index.

    See https://packaging.python.org/en/latest/specifications/direct-url/, which keeps passwords out of addresses.
    """
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - advice is rare, and this is slow

    try:
        origin: Mapping[str, Any] = json.loads(distribution("feeds").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:  # it runs from a clone
        return {"url": Path(__file__).resolve().parents[1].as_uri(), "dir_info": {}}
    return origin


def install_command(extra: str) -> str:
    """Return the command that installs the packages of an extra, for the Python that runs this program."""
    return f"{shlex.quote(sys.executable)} -m pip install {requirement(extra, direct_url())}"


def requirement(extra: str, origin: Mapping[str, Any]) -> str:
    """Return what pip is asked for, quoted for a shell: this program from where it came, with an extra."""
    named = f"feeds[{extra}]"
    if not origin:
        return shlex.quote(named)
    if urlsplit(origin["url"]).scheme == "file" and "vcs_info" not in origin:
        from urllib.request import url2pathname  # noqa: PLC0415 - the same

        path = url2pathname(urlsplit(origin["url"]).path)
        is_editable = origin.get("dir_info", {}).get("editable")
        return ("-e " if is_editable else "") + shlex.quote(f"{path}[{extra}]")
    vcs = origin.get("vcs_info")
    address = f"{vcs['vcs']}+{origin['url']}@{vcs['commit_id']}" if vcs else origin["url"]
    return shlex.quote(f"{named} @ {address}")
