"""Read with feedsmith and rss-parser, packages for Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from readers.loss import FRACTION_IN_RSS, Loss, milliseconds
from readers.seen import Seen

HERE = Path(__file__).parent
SCRIPT = HERE / "read.mjs"
MODULES = HERE / "node_modules"


def reading_with(package: str) -> Callable[[Path], list[Seen]]:
    """Return the function that reads a file with a package."""

    def read(path: Path) -> list[Seen]:
        done = subprocess.run(["node", SCRIPT, package, path], capture_output=True, check=True, timeout=60)
        return [_seen(item) for item in json.loads(done.stdout)]

    return read


def _seen(item: dict[str, Any]) -> Seen:
    return Seen(
        title=item["title"],
        link=item["link"],
        id=item["id"],
        published=datetime.fromisoformat(item["published"]),
        author=item["author"],
        categories=tuple(item.get("categories", [])),
        image=item.get("image", ""),
    )


LOSSES = (
    FRACTION_IN_RSS,
    Loss("published", ("atom", "json"), "a Date of JavaScript is precise to the millisecond", milliseconds),
)
