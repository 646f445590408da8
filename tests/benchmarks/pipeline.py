"""Time each stage of feeds on a folder of records: run `python tests/benchmarks/pipeline.py FOLDER`.

One process does one stage after the other, record by record, without what a build saves itself by remembering.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import ParamSpec, TypeVar

import feeds
from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem
from feeds.formats import FORMATS
from feeds.formats.channel_feed import feed_of_items
from feeds.frontmatter.document import Document, parse_document
from feeds.model.selection import EVERYTHING_PUBLISHED
from feeds.planning.feeds import load_items, plan_feeds
from feeds.publish.input_digest import inputs_of_feed
from feeds.publish.render_files import table_content
from feeds.records.item_of_record import items_of_records
from feeds.records.parse_record import make_record
from feeds.sources.files import find_files, read_bytes
from feeds.store.csv_line import csv_line
from feeds.store.open_store import open_store
from feeds.store.serialize import pack_record
from feeds.validation.context import ValidationContext, context_for
from feeds.validation.rules.document_rules import rule_problems

NOW = datetime(2030, 1, 1, tzinfo=UTC)
WHOLE = "build, all of it"

P = ParamSpec("P")
T = TypeVar("T")


class Stopwatch:
    """Add up the seconds of stages."""

    def __init__(self) -> None:
        self.times: dict[str, float] = defaultdict(float)

    def time(self, stage: str, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Return what some work returns, and note how long it took."""
        start = perf_counter()
        result = work(*arguments, **options)
        self.times[stage] += perf_counter() - start
        return result


def check_file(config: Config, watch: Stopwatch) -> None:
    """Make the records of a folder, whose files must be without errors."""
    context = context_for(config)
    for path in watch.time("find", lambda: list(find_files([config.source]))):
        assert isinstance(path, str), path
        content = watch.time("read", read_bytes, path)
        assert isinstance(content, bytes), content
        document = watch.time("parse", parse_document, path, content)
        assert isinstance(document, Document), document
        watch.time("schema", context.schema.problems, document)
        watch.time("rules", _rules, document, context)
        record = watch.time("make", make_record, document, config)
        watch.time("pack", pack_record, record)
        watch.time("csv line", csv_line, record)


def _rules(document: Document, context: ValidationContext) -> list[Problem]:
    return list(rule_problems(document, context))


def publish(config: Config, watch: Stopwatch) -> None:
    """Plan all feeds and render each in each format, out of an index that is filled first."""
    with open_store(config, NOW) as store:
        plans = watch.time("plan", plan_feeds, store, config, EVERYTHING_PUBLISHED, NOW)
        for plan in plans:
            watch.time("inputs", inputs_of_feed, plan, b"")
        for name, kind in FORMATS.items():
            for plan in plans:
                if kind.role == "table":
                    watch.time(f"render {name}", list, table_content(plan, config))
                else:
                    channel = watch.time("load", load_items, plan)
                    items = watch.time(f"render {name}", items_of_records, channel)
                    made = watch.time(f"render {name}", feed_of_items, channel, kind, items)
                    watch.time(f"render {name}", list, kind.render(made))


def measure(source: Path) -> Mapping[str, float]:
    """Return the seconds of each stage, and of a build."""
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as output:
        config = Config(source=source, output=Path(output))
        check_file(config, watch)
        publish(config, watch)
        watch.time(WHOLE, feeds.build, config, NOW)
    return watch.times


def table(runs: list[Mapping[str, float]], records: int) -> Iterator[str]:
    """Yield the lines of the report: of each stage the least seconds of all runs, and microseconds for each record."""
    for stage in runs[0]:
        least = min(times[stage] for times in runs)
        yield f"{stage:18}{least:9.3f} s{least / records * 1e6:9.1f} µs"
    yield f"{records} records, {len(runs)} runs"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the records, such as corpus.py writes them")
    parser.add_argument("--runs", type=int, default=3, help="how often each stage runs (default: 3)")
    wanted = parser.parse_args()
    runs = [measure(wanted.folder) for _ in range(wanted.runs)]
    for line in table(runs, sum(1 for _ in find_files([wanted.folder]))):
        print(line)  # noqa: T201 - a script talks


if __name__ == "__main__":
    main()
