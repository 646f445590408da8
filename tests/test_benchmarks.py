"""Keep the benchmarks running."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from statistics import mean, median
from types import ModuleType

import pytest
from support import tree

import feeds

BENCHMARKS = Path(__file__).parent / "benchmarks"
SHA_256_OF_THIRTY = "83eada86b779990ee9bd32e97b91298616add0d8aad469cde49ae0a369b70c1f"

Corpus = dict[str, bytes]


def run_script(name: str, *arguments: str | Path) -> str:
    command = [sys.executable, "-W", "error", BENCHMARKS / name, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("table")


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("measure")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "records"
    run_script("corpus.py", folder, "--records", "1000")
    return folder


def written(folder: Path, *arguments: str) -> Corpus:
    run_script("corpus.py", folder, *arguments)
    return tree(folder)


def rows_of(output: str, program: str) -> dict[str, str]:
    lines = (line.partition(f" {program}  ") for line in output.splitlines())
    return {what.strip(): told.strip() for what, found, told in lines if found}


def test_a_corpus_is_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    digest = hashlib.sha256()
    for name, content in sorted(written(tmp_path / "records", "--records", "30").items()):
        digest.update(name.encode() + b"\0" + content + b"\0")
    assert digest.hexdigest() == SHA_256_OF_THIRTY


def test_a_larger_corpus_begins_with_the_smaller_one(tmp_path: Path, corpus: Path) -> None:
    assert written(tmp_path / "records", "--records", "12").items() <= tree(corpus).items()


def test_posts_are_what_the_preset_of_hugo_reads_without_problems(tmp_path: Path) -> None:
    run_script("posts.py", tmp_path, "--posts", "30")
    read = feeds.read(tmp_path, config=feeds.Config(source=tmp_path, preset="hugo", home_page="https://example.org/"))
    assert len(read.records) == 30
    assert {problem.rule for problem in read.problems} <= {"short-secret"}
    assert mean(len(content) for content in tree(tmp_path).values()) == pytest.approx(4400, rel=0.1)


def test_another_seed_gives_other_records(tmp_path: Path, corpus: Path) -> None:
    assert not written(tmp_path / "records", "--records", "12", "--seed", "2").keys() & tree(corpus).keys()


def test_a_corpus_has_as_many_topics_as_asked_for(tmp_path: Path) -> None:
    run_script("corpus.py", tmp_path / "records", "--records", "400", "--topics", "25")
    topics = {topic for record in feeds.read(tmp_path / "records").records for topic in record.topics}
    assert len(topics) == 25
    assert {"Harbours", "Harbours 2"} <= topics


def test_the_records_of_a_corpus_have_no_errors(corpus: Path) -> None:
    problems = feeds.validate(corpus)
    assert [problem for problem in problems if problem.is_error] == []
    assert {problem.rule for problem in problems} == {"empty-url", "empty-value"}


def test_the_records_of_a_corpus_are_like_real_ones(corpus: Path) -> None:
    sizes = [len(content) for content in tree(corpus).values()]
    records = feeds.read(corpus).records
    assert median(sizes) == pytest.approx(1476, rel=0.05)
    assert mean(sizes) == pytest.approx(2650, rel=0.05)
    assert mean(bool(record.related) for record in records) == pytest.approx(0.39, abs=0.04)
    assert mean(bool(record.images) for record in records) == pytest.approx(0.92, abs=0.03)
    assert mean(bool(record.player) for record in records) == pytest.approx(0.08, abs=0.03)
    assert mean(record.is_published for record in records) == pytest.approx(0.6, abs=0.04)


def test_each_stage_of_the_pipeline_is_timed(tmp_path: Path) -> None:
    run_script("corpus.py", tmp_path / "records", "--records", "5")
    output = run_script("pipeline.py", tmp_path / "records", "--runs", "1")
    stages = re.findall(r"^(\S.*?) +\d+\.\d{3} s +\d+\.\d µs$", output, re.MULTILINE)
    assert stages[:6] == ["find", "read", "parse", "schema", "rules", "make"]
    formats = ["render rss", "render atom", "render json", "render csv", "render html"]
    assert stages[-6:] == [*formats, "build, all of it"]
    assert output.splitlines()[-1] == "5 records, 1 runs"


def test_programs_that_are_not_installed_are_missing_in_the_comparison(tmp_path: Path) -> None:
    output = run_script("side_by_side.py", "--no-install", "--tools", tmp_path, "--records", "3", "--runs", "1")
    for program in ("Hugo", "Pelican", "Eleventy", "check-jsonschema", "feeds"):
        rows = rows_of(output, program)
        assert rows
        assert all(told.startswith("missing") for told in rows.values()), rows


def test_feeds_is_timed_without_its_rivals(tmp_path: Path) -> None:
    program = shutil.which("feeds", path=sysconfig.get_path("scripts"))
    if not program or os.name == "nt":
        pytest.skip("feeds is not installed as a program that a link can stand for")
    (tmp_path / "feeds" / "bin").mkdir(parents=True)
    (tmp_path / "feeds" / "bin" / "feeds").symlink_to(program)
    output = run_script("side_by_side.py", "--no-install", "--tools", tmp_path, "--records", "3", "--runs", "1")
    rows = rows_of(output, "feeds")
    assert re.fullmatch(r"\d.*s +\d.*s +- +Hugo is missing", rows["cold build"])
    assert re.fullmatch(r"\d.*s +\d.*s +- +Hugo is missing", rows["posts, RSS: cold build"])
    assert re.search(r"^\| posts, all: cold build \| feeds \| \d.*s \|  \|$", output, re.MULTILINE)
    assert rows["validate one"].startswith("missing")
    assert rows_of(output, "Hugo")["cold build"].startswith("missing")


def test_a_row_tells_smallest_median_ratio_and_whether_the_target_is_reached(table: ModuleType) -> None:
    rows = [
        table.Row(("build", "Hugo")),
        table.Row(("build", "feeds"), ("build", "Hugo"), 0.5),
        table.Row(("again", "feeds"), ("build", "Hugo"), 0.5),
        table.Row((table.MEMORY, "feeds")),
    ]
    figures = {
        ("build", "Hugo"): [4.0, 2.0, 9.0],
        ("build", "feeds"): [1.5, 1.0],
        ("again", "feeds"): [1.1],
        (table.MEMORY, "feeds"): [50e6],
    }
    told = [line.split() for line in table.lines(rows, figures)]
    assert told[1:] == [
        ["build", "Hugo", "2.00", "s", "4.00", "s"],
        ["build", "feeds", "1.00", "s", "1.25", "s", "0.50", "≤", "0.5", "reached"],
        ["again", "feeds", "1.10", "s", "1.10", "s", "0.55", "≤", "0.5", "missed"],
        ["peak", "memory,", "cold", "feeds", "50", "MB", "50", "MB"],
    ]


def test_a_program_that_says_much_is_timed_and_weighed_too(measuring: ModuleType, tmp_path: Path) -> None:
    script = "import sys; held = bytearray(b'x' * 50_000_000); sys.stderr.write('much ' * 100_000)"
    command = measuring.Command([sys.executable, "-c", script], tmp_path)
    assert 0 < measuring.seconds(command) < 60
    if not measuring.can_measure_memory():
        pytest.skip("/proc/self/smaps_rollup is missing")
    assert measuring.peak_memory(command) < 200e6


def test_all_processes_of_a_run_are_weighed_together(measuring: ModuleType, tmp_path: Path) -> None:
    if not measuring.can_measure_memory():
        pytest.skip("/proc/self/smaps_rollup is missing")
    hold = "import time; held = b'x' * 50_000_000; time.sleep(1)"
    script = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {hold!r}]); {hold}"
    assert 100e6 < measuring.peak_memory(measuring.Command([sys.executable, "-c", script], tmp_path)) < 200e6


def test_a_program_that_fails_has_no_time(measuring: ModuleType, tmp_path: Path) -> None:
    command = measuring.Command([sys.executable, "-c", "raise SystemExit('the tide is out')"], tmp_path)
    with pytest.raises(measuring.RunFailed, match="the tide is out"):
        measuring.seconds(command)


def test_a_build_without_any_item_is_refused(measuring: ModuleType, tmp_path: Path) -> None:
    bench = importlib.import_module("workbench").Workbench(tmp_path / "bench", 3, tmp_path)
    written = tmp_path / "bench" / "out" / "Hugo" / "index.xml"
    written.parent.mkdir(parents=True)
    written.write_text("<rss><channel></channel></rss>")
    with pytest.raises(measuring.RunFailed, match="no feed of Hugo has an item"):
        bench.expect_items("Hugo")
    written.write_text("<rss><channel><item></item></channel></rss>")
    bench.expect_items("Hugo")


def test_programs_run_without_what_a_developer_sets_for_python(
    measuring: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    command = measuring.Command([sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"], tmp_path)
    assert measuring.seconds(command) > 0


def test_the_benchmark_of_the_hook_tells_times_ratio_and_machine() -> None:
    if not importlib.util.find_spec("check_jsonschema"):
        pytest.skip("the Python package check-jsonschema is missing")
    output = run_script("hook.py", "--runs", "1")
    assert re.search(r"^feeds validate +\d+ ms +\d+ ms +\d+ ms$", output, re.MULTILINE)
    assert re.search(r"^check-jsonschema +\d+ ms +\d+ ms +\d+ ms$", output, re.MULTILINE)
    assert re.search(r"^ratio +\d\.\d\d +\d\.\d\d ", output, re.MULTILINE)
    assert re.search(r"^1 runs, Python 3\.", output, re.MULTILINE)
