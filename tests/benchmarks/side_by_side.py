"""Compare feeds with Hugo, Pelican, Eleventy and check-jsonschema: run `python tests/benchmarks/side_by_side.py`.

All take turns on one corpus: Hugo, Pelican and Eleventy write an RSS feed of everything and one for each topic and
no page; feeds writes each in RSS, Atom, JSON Feed and CSV, and checks every record before. All leave out what is not
published; that `removed: true` means the same, Hugo is not told. Hugo, Pelican and Eleventy build anew what has not
changed, so that one changed record is compared with Hugo's whole build.

The same for posts as Hugo has them, with texts of 4 KB, which feeds reads with `preset = "hugo"`: RSS only on both
sides, then every format of feeds beside all pages of Hugo. The last table is in Markdown, to be pasted into the README.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

import hook
import tools
import workbench
from measure import RunFailed, can_measure_memory, peak_memory, seconds
from table import (
    ALL_OF_POSTS,
    CHECK_ALL,
    CHECK_ONE,
    FLOOR,
    GROWTH_ROWS,
    LARGE,
    MEMORY,
    OF_POSTS,
    OURS,
    POSTS_ROWS,
    ROWS,
    Key,
    Row,
    lines,
    markdown,
)
from workbench import Workbench

ONCE_ABOVE = 60  # seconds: a turn that takes longer is taken once
RUNS_OF_ONE, RUNS_OF_MEMORY = 20, 3

Measured = Iterator[tuple[Key, float]]
Turn = Callable[[], Measured]
Figures = dict[Key, list[float]]


def measure(turns: Iterable[Turn], runs: int) -> Figures:
    """Return what the turns measure, one after the other, so that a busy moment of the machine hits all alike.

    A turn in which a program fails is not taken again.
    """
    figures: Figures = defaultdict(list)
    waiting = list(turns)
    for number in range(runs):
        print(f"round {number + 1} of {runs}", file=sys.stderr)  # noqa: T201 - a script talks
        waiting = [turn for turn in waiting if _take(turn, figures)]
    return figures


def _take(turn: Turn, figures: Figures) -> bool:
    """Add what a turn measures to the figures, and tell whether it can be taken again."""
    start = perf_counter()
    try:
        for key, value in turn():
            figures[key].append(value)
    except RunFailed as error:
        print(error, file=sys.stderr)  # noqa: T201 - a script talks
        return False
    return perf_counter() - start <= ONCE_ABOVE


def time_turns(bench: Workbench, present: Sequence[str]) -> Iterator[Turn]:
    """Yield what to do with each program that is there."""
    for name in present:
        if name == "check-jsonschema":
            yield lambda: iter([(CHECK_ALL, seconds(bench.check_yaml()))])
        else:
            yield partial(_turn_of_feeds if name in OURS else _cold_build, bench, name)
    yield lambda: iter([(FLOOR, seconds(bench.floor()))])


def memory_turns(bench: Workbench, present: Sequence[str]) -> Iterator[Turn]:
    """Yield how to weigh each program whose weight is compared; apart from its time, as weighing slows it down."""
    for name in present if can_measure_memory() else ():
        if name in {*OURS, "Hugo"}:
            yield partial(_weigh, bench, name)


def _cold_build(bench: Workbench, name: str) -> Measured:
    bench.reset(name)
    taken = seconds(bench.build(name))
    bench.expect_items(name)
    yield ("cold build", name), taken


def _turn_of_feeds(bench: Workbench, name: str) -> Measured:
    yield from _builds_of_feeds(bench, name)
    bench.reset(name)
    yield ("validate all", name), seconds(bench.validate(name))
    yield ("validate one of all", name), seconds(bench.validate_newest(name))


def _builds_of_feeds(bench: Workbench, name: str) -> Measured:
    yield from _cold_build(bench, name)
    yield ("nothing changed", name), seconds(bench.build(name))
    bench.change_newest()
    yield ("one changed", name), seconds(bench.build(name))


def _weigh(bench: Workbench, name: str) -> Measured:
    bench.reset(name)
    yield (MEMORY, name), float(peak_memory(bench.build(name)))


def _check_one(ours: Path, theirs: Path, name: str) -> Measured:
    """Time the check of one record, which lies in a folder alone."""
    times = hook.measure(RUNS_OF_ONE, {"feeds": ours, "check-jsonschema": theirs})
    yield from ((("validate one", name), value) for value in times[hook.OURS])
    yield from ((CHECK_ONE, value) for value in times[hook.THEIRS])


def turns_of_one(tool_folder: Path) -> Iterator[Turn]:
    """Yield how to compare the check of one record, in which the start of a program is what counts."""
    theirs = tools.find(tool_folder, "check-jsonschema")
    for name in OURS:
        ours = tools.find(tool_folder, name)
        if ours and theirs:
            yield partial(_check_one, ours, theirs, name)


def posts(bench: Workbench, present: Sequence[str], runs: int) -> Figures:
    """Return the figures of Hugo and feeds on posts of Hugo."""
    both = [name for name in present if name in {"Hugo", *OURS}]
    turns = [partial(_builds_of_feeds if name in OURS else _cold_build, bench, name) for name in both]
    return measure(turns, runs) | measure(memory_turns(bench, both), 1)


def growth(bench: Workbench, present: Sequence[str], runs: int) -> Figures:
    """Return the figures of feeds on a larger corpus."""
    ours = [name for name in OURS if name in present]
    figures = measure([partial(_builds_of_feeds, bench, name) for name in ours], runs)
    weights = measure(memory_turns(bench, ours), 1)
    return {(LARGE + what, name): values for (what, name), values in (figures | weights).items()}


def main() -> None:
    """Measure and print."""
    wanted = _arguments()
    if not wanted.no_install:
        tools.install(wanted.tools)
    present = [name for name in tools.PROGRAMS if tools.find(wanted.tools, name)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warm_up = Workbench(folder / "few", 20, wanted.tools)
        measure([*time_turns(warm_up, present)], 1)
        bench = Workbench(folder / "all", wanted.records, wanted.tools)
        figures = measure(time_turns(bench, present), wanted.runs)
        figures |= measure(memory_turns(bench, present), min(wanted.runs, RUNS_OF_MEMORY))
        figures |= measure(turns_of_one(wanted.tools), 1)
        for kind, material in ((OF_POSTS, workbench.POSTS), (ALL_OF_POSTS, workbench.ALL_OF_POSTS)):
            bench = Workbench(folder / kind.strip(": "), wanted.records, wanted.tools, material)
            found = posts(bench, present, wanted.runs)
            figures |= {(kind + what, name): values for (what, name), values in found.items()}
        if wanted.growth:
            large = Workbench(folder / "large", 10 * wanted.records, wanted.tools)
            figures |= growth(large, present, wanted.runs)
    for line in _report(wanted, figures):
        print(line)  # noqa: T201 - a script talks


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000, help="how many records (default: 10000)")
    parser.add_argument("--runs", type=int, default=5, help="how often each program runs (default: 5)")
    parser.add_argument("--growth", action="store_true", help="also with ten times as many records")
    parser.add_argument("--no-install", action="store_true", help="compare what is installed in the folder of tools")
    default = Path(tempfile.gettempdir(), "feeds-benchmark-tools")
    parser.add_argument("--tools", type=Path, default=default, help=f"where the programs are (default: {default})")
    wanted = parser.parse_args()
    wanted.tools = wanted.tools.absolute()
    return wanted


def _report(wanted: argparse.Namespace, figures: Figures) -> Iterator[str]:
    rows: tuple[Row, ...] = (*ROWS, *POSTS_ROWS, *(GROWTH_ROWS if wanted.growth else ()))
    yield from lines(rows, figures)
    yield f"{wanted.records} records, {wanted.runs} runs, load {os.getloadavg()[1]:.1f}; {tools.versions(wanted.tools)}"
    yield f"Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.platform(terse=True)}"
    yield "memory: the largest sum of PSS of all processes of a run, sampled in /proc/*/smaps_rollup every 10 ms"
    yield from ("", *markdown(rows, figures), "")
    yield f"{wanted.records} records, smallest of {wanted.runs} runs on {datetime.now(UTC):%Y-%m-%d}."
    yield f"{tools.versions(wanted.tools)}; Python {platform.python_version()}, {os.cpu_count()} CPUs."


if __name__ == "__main__":
    main()
