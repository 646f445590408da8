"""Set figures beside each other, with the ratios that are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Key = tuple[str, str]  # what is measured, and of which program
Figures = Mapping[Key, Sequence[float]]

MEMORY = "peak memory, cold"
HUGO, FLOOR, CHECK_ALL, CHECK_ONE = (
    ("cold build", "Hugo"),
    ("nothing changed", "Python, stat of all"),
    ("validate all", "check-jsonschema"),
    ("validate one", "check-jsonschema"),
)
OURS = ("feeds",)
LARGE = "10 times as many: "
OF_POSTS, ALL_OF_POSTS = "posts, RSS: ", "posts, all: "


@dataclass(frozen=True)
class Row:
    """Name a figure, what it is compared with, and the ratio that is wanted."""

    key: Key
    against: Key | None = None
    target: float | None = None


ROWS = (
    Row(HUGO),
    Row(("cold build", "feeds"), HUGO, 0.5),
    Row(("cold build", "Pelican"), HUGO),
    Row(("cold build", "Eleventy"), HUGO),
    Row(("one changed", "feeds"), HUGO, 0.1),
    Row(("nothing changed", "feeds"), HUGO, 0.05),
    Row(FLOOR),
    Row((MEMORY, "Hugo")),
    Row((MEMORY, "feeds"), (MEMORY, "Hugo"), 0.25),
    Row(CHECK_ALL),
    Row(("validate all", "feeds"), CHECK_ALL, 0.03),
    Row(CHECK_ONE),
    Row(("validate one", "feeds"), CHECK_ONE, 0.22),
    Row(("validate one of all", "feeds")),
)


def _rows_of_posts(kind: str) -> Iterator[Row]:
    hugo, memory = (f"{kind}cold build", "Hugo"), (kind + MEMORY, "Hugo")
    yield from (Row(hugo), Row((f"{kind}cold build", "feeds"), hugo, 0.5))
    yield from (Row((f"{kind}one changed", "feeds"), hugo, 0.1), Row((f"{kind}nothing changed", "feeds"), hugo, 0.05))
    yield from (Row(memory), Row((kind + MEMORY, "feeds"), memory, 0.25))


POSTS_ROWS = (*_rows_of_posts(OF_POSTS), *_rows_of_posts(ALL_OF_POSTS))
GROWTH_ROWS = (
    Row((LARGE + "cold build", "feeds"), ("cold build", "feeds"), 10),
    Row((LARGE + "one changed", "feeds"), ("one changed", "feeds"), 10),
    Row((LARGE + "nothing changed", "feeds"), ("nothing changed", "feeds"), 10),
    Row((LARGE + MEMORY, "feeds"), (MEMORY, "feeds"), 2),
)


def lines(rows: Sequence[Row], figures: Figures) -> Iterator[str]:
    """Yield the table; ratios are of the smallest figures, which a busy machine disturbs least."""
    width = max(len(row.key[0]) for row in rows) + 2
    yield f"{'':{width}}{'':21}{'min':>10}{'median':>10}{'ratio':>8}  target"
    for row in rows:
        what, program = row.key
        values = figures.get(row.key)
        told = _figures(row, values, figures) if values else f"{'missing':>10}"
        yield f"{what:{width}}{program:21}{told}".rstrip()


def _figures(row: Row, values: Sequence[float], figures: Figures) -> str:
    show = _megabytes if MEMORY in row.key[0] else _time
    told = f"{show(min(values)):>10}{show(median(values)):>10}"
    if not row.against:
        return told
    if not figures.get(row.against):
        return f"{told}{'-':>8}  {row.against[1]} is missing"
    ratio = min(values) / min(figures[row.against])
    return f"{told}{ratio:8.2f}" + (_verdict(ratio, row.target) if row.target else "")


def _verdict(ratio: float, target: float) -> str:
    return f"  ≤ {target:<5g} {'reached' if ratio <= target else 'missed'}"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _megabytes(size: float) -> str:
    return f"{size / 1e6:.0f} MB"


def markdown(rows: Sequence[Row], figures: Figures) -> Iterator[str]:
    """Yield the table for a page: the smallest figure of each program, and the ratio to what it is compared with."""
    yield "| | program | time or memory | ratio |"
    yield "|---|---|--:|--:|"
    for row in rows:
        what, program = row.key
        values, others = figures.get(row.key), figures.get(row.against) if row.against else None
        shown = (_megabytes if MEMORY in what else _time)(min(values)) if values else "missing"
        ratio = f"{min(values) / min(others):.2f} of {row.against[1]}" if values and others and row.against else ""
        yield f"| {what} | {program} | {shown} | {ratio} |"
