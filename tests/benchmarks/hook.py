"""Time one record's check by `feeds validate` and by check-jsonschema, and the shortest other runs.

Run `python tests/benchmarks/hook.py`.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from time import sleep

from measure import Command, seconds

SCHEMA = Path(__file__).resolve().parents[2] / "schema" / "record.schema.json"
FLOOR, OURS, THEIRS = "python -c pass", "feeds validate", "check-jsonschema"
VERSION, UNCHANGED = "feeds --version", "feeds build, unchanged"
SETTLED = 2.1  # seconds: what was written less than two ago may still change without looking otherwise
TOPICS = ("Seafaring", "Museums", "Weather", "Bridges", "Fish", "Ropes")


def front_matter(images: int = 3, related: int = 8) -> str:
    """Return the front matter of a made-up record, of the size that records usually have."""
    lines = [
        'title: "Lighthouse reopens after nine years of repairs"',
        'excerpt: "From Saturday visitors can climb all 214 steps again, and see the new lamp."',
        "publishedDateTime: 2024-05-01T08:30:00Z",
        "webUrl: https://example.org/news/lighthouse",
        "type: article",
        "quality: 62",
        "heat: 7",
        "published: true",
        f"topics: [{', '.join(TOPICS)}]",
        "provider: {name: Harbour Gazette, domain: example.org}",
        "images:",
        *(f"  - {{url: https://example.org/tower-{i}.jpg, width: 1200, height: 800}}" for i in range(images)),
        "related:",
    ]
    for number in range(related):
        lines += [
            f'  - title: "The lamp of the year {1900 + number}"',
            f"    publishedDateTime: 2023-01-0{1 + number % 9}T12:00:00Z",
            f"    webUrl: https://example.org/news/lamp-{number}",
        ]
    return "\n".join(lines) + "\n"


def commands(folder: Path, programs: Mapping[str, str | Path]) -> dict[str, Command]:
    """Write the record to a folder, once for each program, and return what to run there, by name."""
    yaml = front_matter()
    (folder / "one.yaml").write_text(yaml, encoding="utf-8")
    (folder / "one.md").write_text(f"---\n{yaml}---\n", encoding="utf-8")
    (folder / "site" / "seeds").mkdir(parents=True)
    (folder / "site" / "seeds" / "one.md").write_text(f"---\n{yaml}---\n", encoding="utf-8")
    return {
        FLOOR: Command([sys.executable, "-c", "pass"], folder),
        VERSION: Command([programs["feeds"], "--version"], folder),
        UNCHANGED: Command([programs["feeds"], "build"], folder / "site"),
        OURS: Command([programs["feeds"], "validate", "one.md"], folder),
        THEIRS: Command([programs["check-jsonschema"], "--schemafile", SCHEMA, "one.yaml"], folder),
    }


def program(name: str) -> str:
    """Return the program of the environment in which this script runs, so that all use the same Python."""
    path = shutil.which(name, path=sysconfig.get_path("scripts"))
    if not path:
        sys.exit(f"{name} is missing; install it with: {sys.executable} -m pip install {name}")
    return path


def measure(runs: int, programs: Mapping[str, str | Path]) -> dict[str, list[float]]:
    """Return the times of each command; they take turns, so that a busy moment of the machine hits all alike."""
    with tempfile.TemporaryDirectory() as name:
        todo = commands(Path(name), programs)
        for _ in range(2):
            for command in todo.values():
                seconds(command)
            sleep(SETTLED)
        rounds = [{key: seconds(command) for key, command in todo.items()} for _ in range(runs)]
    return {key: [times[key] for times in rounds] for key in todo}


def table(times: Mapping[str, list[float]]) -> Iterable[str]:
    """Yield the report: minimum and median in milliseconds, the minimum above bare Python, the ratio, the machine."""
    floor = min(times[FLOOR])
    yield f"{'':23}{'min':>12}{'median':>12}{'above bare':>14}"
    for name, values in times.items():
        least = min(values)
        yield f"{name:23}{least * 1000:9.0f} ms{median(values) * 1000:9.0f} ms{(least - floor) * 1000:11.0f} ms"
    ratios = [f"{pick(times[OURS]) / pick(times[THEIRS]):12.2f}" for pick in (min, median)]
    yield f"{'ratio':23}{''.join(ratios)}   ({OURS} / {THEIRS})"
    runs = len(times[OURS])
    yield f"{runs} runs, Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.platform(terse=True)}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20, help="how often each program runs (default: 20)")
    runs = parser.parse_args().runs
    for line in table(measure(runs, {name: program(name) for name in ("feeds", "check-jsonschema")})):
        print(line)  # noqa: T201 - a script talks


if __name__ == "__main__":
    main()
