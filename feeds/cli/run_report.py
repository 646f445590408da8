"""Write the report of a run as JSON, by schema/report.schema.json: `feeds build --report FILE`."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from feeds.dates import format_rfc3339
from feeds.diagnostics.json_report import entry_of
from feeds.publish.build import BuildResult
from feeds.publish.files.atomic_write import write_file

_VERSION = 1


def write_run_report(path: Path, built: BuildResult, started: datetime, seconds: float, *, is_dry_run: bool) -> None:
    """Write counts, duration, problems, changed feeds and the next due date as JSON.

    Raises CouldNotRunError when the file cannot be written.
    """
    content = json.dumps(_content(built, started, seconds, is_dry_run=is_dry_run), ensure_ascii=False, indent=1)
    write_file(path, [content.encode(errors="replace") + b"\n"])


def _content(built: BuildResult, started: datetime, seconds: float, *, is_dry_run: bool) -> dict[str, Any]:
    changed = [file for file in built.files if file.has_changed]
    return {
        "version": _VERSION,
        "started": format_rfc3339(started),
        "seconds": seconds,
        "published": bool(built.files) and not is_dry_run and not built.refusals,
        "refusals": list(built.refusals),
        "read": built.origin.read,
        "changed": [{"path": file.path.as_posix(), "url": file.url, "items": file.items} for file in changed],
        "unchanged": len(built.files) - len(changed),
        "removed": [path.as_posix() for path in built.removed],
        "next_due": format_rfc3339(built.next_due) if built.next_due else None,
        "rules": dict(sorted(Counter(problem.rule for problem in built.problems).items())),
        "problems": [entry_of(problem) for problem in (*built.problems, *built.feed_problems)],
        "warnings": list(built.warnings),
    }
