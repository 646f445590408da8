"""Keep the benchmarks running."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOOK = Path(__file__).parent / "benchmarks" / "hook.py"


def test_the_benchmark_of_the_hook_tells_times_ratio_and_machine() -> None:
    if not importlib.util.find_spec("check_jsonschema"):
        pytest.skip("the Python package check-jsonschema is missing")
    program = [sys.executable, "-W", "error", str(HOOK), "--runs", "1"]
    done = subprocess.run(program, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^feeds validate +\d+ ms +\d+ ms$", done.stdout, re.MULTILINE)
    assert re.search(r"^check-jsonschema +\d+ ms +\d+ ms$", done.stdout, re.MULTILINE)
    assert re.search(r"^ratio +\d\.\d\d +\d\.\d\d ", done.stdout, re.MULTILINE)
    assert re.search(r"^1 runs, Python 3\.", done.stdout, re.MULTILINE)
